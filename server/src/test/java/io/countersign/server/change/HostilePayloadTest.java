package io.countersign.server.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Campaign;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are: something comes out, nothing in it hides, and what is said to be complete is. */
class HostilePayloadTest {

    private static final Pattern HIDING =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}\\x{fe00}-\\x{fe0f}\\x{3164}&&[^\\t]]");

    private static final List<String> TYPES = List.of(
            "text/plain; charset=utf-8",
            "application/json",
            "application/yaml",
            "text/x-diff",
            "message/http",
            "application/octet-stream",
            "application/vnd.countersign.git-push+json",
            "application/vnd.countersign.command+json");

    private static final List<String> NASTY = List.of(
            "\u202e",
            "\u200b",
            "\ufeff",
            "\u2066",
            "\u0000",
            "\u001b[2J",
            "\u00ad",
            "\ue000",
            "\u2028",
            "\ufe0f",
            "\u3164",
            "\\u202e",
            "\\ud800",
            "⟦U+0041⟧",
            "\r",
            "\n",
            "\n---\n",
            "@@ -1 +1 @@\n",
            "diff --git a/x b/x\n",
            "\"",
            "{",
            "[",
            "kind: Secret\n",
            "password: ",
            "<script>",
            "&a ",
            "*a ",
            "`");

    private static final List<byte[]> SEEDS = List.of(
            Rendered.resource("push.json"),
            Rendered.resource("patch.txt"),
            Rendered.resource("command.json"),
            Rendered.resource("terraform.json"),
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ndata:\n  b: YWJj\n---\napiVersion: v1\nkind: A\n"
                    .getBytes(StandardCharsets.UTF_8),
            "PUT /api/v1/templates/t\nIf-Match: 1\n\n{\"a\":[1,2,{\"b\":null}]}".getBytes(StandardCharsets.UTF_8),
            "POST /api/v1/declarations\n\n{\"changes\":[{\"change\":\"add\",\"fields\":[]}]}"
                    .getBytes(StandardCharsets.UTF_8));

    private final Random random = new Random(Campaign.seed());

    @Test
    void nothingHidesInWhatComesOut() {
        byte[] before = SEEDS.getFirst();
        for (int round = 0; round < Campaign.of(500, 40_000); round++) {
            byte[] payload = spoiled(SEEDS.get(random.nextInt(SEEDS.size())));
            String type = TYPES.get(random.nextInt(TYPES.size()));
            ChangeRendering.Source source = Rendered.source(type, payload);
            for (ChangeView view : List.of(
                    ChangeRendering.structured(source, 0),
                    ChangeRendering.raw(source, 0),
                    ChangeRendering.structured(source, random.nextInt(40)),
                    ChangeRendering.compared(source, "AR-1", Rendered.source(type, before), 0))) {
                assertThat(HIDING.matcher(view.toString()).find())
                        .as("round %d, %s: %s", round, type, view)
                        .isFalse();
                assertThat(view.leftOut() == null).isEqualTo(view.complete());
            }
            before = payload;
        }
    }

    @Test
    void whatIsSaidToBeCompleteIs() {
        int complete = 0;
        for (int round = 0; round < Campaign.of(500, 20_000); round++) {
            byte[] seed = SEEDS.get(random.nextInt(3));
            String token = "mark" + random.nextInt(1_000_000_000);
            byte[] payload = with(token, seed);
            ChangeView view = Rendered.of(TYPES.get(random.nextInt(TYPES.size())), payload);
            complete += view.complete() ? 1 : 0;
            String covered = new String(LikelySecrets.cover(payload).bytes(), StandardCharsets.UTF_8);
            boolean encoded = Pattern.compile("\"base64\":\"[^\"]*" + token)
                    .matcher(covered)
                    .find();
            if (view.complete() && covered.contains(token) && !encoded) {
                assertThat(view.toString())
                        .as("round %d: %s", round, new String(payload, StandardCharsets.UTF_8))
                        .contains(token);
            }
        }
        assertThat(complete).isPositive();
    }

    @Test
    void thePartsOfAPayloadAreTheWhole() {
        StringBuilder patch = new StringBuilder();
        List<String> tokens = new ArrayList<>();
        for (int file = 0; file < 40; file++) {
            patch.append("diff --git a/f%d b/f%d\n--- a/f%d\n+++ b/f%d\n@@ -0,0 +1,400 @@\n"
                    .formatted(file, file, file, file));
            for (int line = 0; line < 400; line++) {
                tokens.add("t" + file + "x" + line + "y");
                patch.append('+').append(tokens.getLast()).append('\n');
            }
        }
        ChangeRendering.Source source = Rendered.source("text/x-diff", patch.toString());
        StringBuilder all = new StringBuilder();
        Integer next = 0;
        while (next != null) {
            ChangeView part = ChangeRendering.structured(source, next);
            assertThat(part.complete()).isFalse();
            assertThat(part.rows().shown()).isLessThanOrEqualTo(Sheet.MOST_ROWS);
            all.append(part);
            next = part.rows().nextOffset();
        }
        assertThat(all.toString()).contains(tokens);
    }

    @Test
    void takesNeitherLongNorMuch() {
        List<byte[]> huge = new ArrayList<>();
        for (String unit : List.of(
                "[",
                "{\"a\":",
                "a: &a [*a]\n",
                "\u202e",
                "- - ",
                "\n",
                "diff --git a/x b/x\n",
                "*",
                "\\n",
                "kind: Secret\ndata:\n  a: b\n",
                "://a:b@",
                "-----BEGIN PRIVATE KEY-----",
                "{\"kind\":\"Secret\"},",
                "password=")) {
            byte[] one = unit.getBytes(StandardCharsets.UTF_8);
            byte[] many = new byte[Math.max(1, 400_000 / one.length) * one.length];
            for (int at = 0; at < many.length; at++) {
                many[at] = one[at % one.length];
            }
            huge.add(many);
        }
        for (byte[] payload : huge) {
            for (String type : TYPES.subList(0, 5)) {
                ChangeView view = Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(60),
                        () -> Rendered.of(type, payload),
                        () -> type + " " + new String(payload, 0, 20, StandardCharsets.UTF_8));
                assertThat(view.complete()).isFalse();
            }
        }
    }

    @Test
    void comparesALotInLittleTime() {
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            before.append(",\"k").append(i).append("\":1");
            after.append(",\"k").append(29_999 - i).append("\":2");
        }
        for (int i = 0; i < 200; i++) {
            String lines = "l" + i + "x\\n";
            before.append(",\"t")
                    .append(i)
                    .append("\":\"")
                    .append(lines.repeat(700))
                    .append('"');
            after.append(",\"t")
                    .append(i)
                    .append("\":\"")
                    .append(lines.replace('l', 'm').repeat(700))
                    .append('"');
        }
        String plan =
                "{\"format_version\":\"1\",\"resource_changes\":[{\"address\":\"a\",\"change\":{\"actions\":[\"update\"],\"before\":{"
                        + before.substring(1) + "},\"after\":{" + after.substring(1) + "}}}]}";
        ChangeView view = Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> Rendered.of("application/json", plan));
        assertThat(((TerraformContent) view.content()).resources()).hasSize(1);
        assertThat(view.rows().total()).isGreaterThan(30_000 + 200 * 1_400);
    }

    private byte[] with(String token, byte[] seed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = random.nextInt(seed.length + 1);
        bytes.writeBytes(Arrays.copyOf(seed, at));
        bytes.writeBytes(token.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(Arrays.copyOfRange(seed, at, seed.length));
        return bytes.toByteArray();
    }

    private byte[] spoiled(byte[] seed) {
        byte[] bytes = seed;
        for (int times = random.nextInt(4); times >= 0; times--) {
            int at = random.nextInt(bytes.length + 1);
            ByteArrayOutputStream next = new ByteArrayOutputStream();
            next.writeBytes(Arrays.copyOf(bytes, at));
            switch (random.nextInt(4)) {
                case 0 ->
                    next.writeBytes(NASTY.get(random.nextInt(NASTY.size())).getBytes(StandardCharsets.UTF_8));
                case 1 -> next.write(random.nextInt(256));
                case 2 -> {
                    int from = random.nextInt(bytes.length + 1);
                    next.writeBytes(
                            Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(200))));
                }
                default -> at = Math.min(bytes.length, at + random.nextInt(200));
            }
            next.writeBytes(Arrays.copyOfRange(bytes, at, bytes.length));
            bytes = next.toByteArray();
        }
        return bytes;
    }
}
