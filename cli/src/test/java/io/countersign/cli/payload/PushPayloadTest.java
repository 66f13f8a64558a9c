package io.countersign.cli.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.payload.PushPayload.Change;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushPayloadTest {

    private static final String OLD = "1".repeat(40);
    private static final String NEW = "2".repeat(40);

    private static PushPayload push(byte[] patch) {
        return new PushPayload(
                "acme/payments", "refs/heads/production", Change.UPDATE, OLD, NEW, NEW, PushPayload.lines(patch));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void isWrittenInOneWay() {
        String json = new String(push(utf8("-a\n+b \"quoted\"\n")).bytes(), StandardCharsets.UTF_8);
        assertThat(json)
                .isEqualTo("{\"change\":\"update\",\"diff\":[\"-a\",\"+b \\\"quoted\\\"\"],"
                        + "\"kind\":\"countersign.git-push/v1\",\"newCommit\":\"" + NEW + "\",\"newId\":\"" + NEW
                        + "\",\"oldId\":\"" + OLD
                        + "\",\"ref\":\"refs/heads/production\",\"repository\":\"acme/payments\"}");
    }

    @Test
    void keepsEveryByteOfThePatch() {
        byte[] patch = new byte[1024];
        for (int at = 0; at < patch.length; at++) {
            patch[at] = (byte) at;
        }
        patch[patch.length - 1] = '\n';
        PushPayload read = PushPayload.read(push(patch).bytes()).orElseThrow();
        assertThat(read.patch()).isEqualTo(patch);
        assertThat(read).isEqualTo(push(patch));
    }

    @Test
    void differsWhenTheOldCommitDiffers() {
        PushPayload push = push(utf8("+a\n"));
        PushPayload moved =
                new PushPayload(push.repository(), push.ref(), push.change(), "3".repeat(40), NEW, NEW, push.diff());
        assertThat(moved.bytes()).isNotEqualTo(push.bytes());
    }

    @Test
    void isReadableByAPersonByteByByte() {
        String readable = new String(push(utf8("-a\n+b\n")).readable(), StandardCharsets.UTF_8);
        assertThat(readable).isEqualTo("""
                push to refs/heads/production of acme/payments (update)
                from %s
                to   %s

                -a
                +b
                """.formatted(OLD, NEW));
    }

    @Test
    void isNotReadWhenWrittenInAnyOtherWay() {
        String json = new String(push(utf8("-a\n+b\n")).bytes(), StandardCharsets.UTF_8);
        List<String> others = List.of(
                json.replace("{\"change\"", "{ \"change\""),
                json.replace("\"-a\"", "\"-a\\n+hidden\""),
                json.replace("\"-a\"", "{\"base64\":\"LWE=\"}"),
                json.replace("\"-a\"", "{\"base64\":\"LWE=\",\"more\":\"x\"}"),
                json.replace("\"kind\"", "\"extra\":1,\"kind\""),
                json.replace("update", "something"),
                json.replace("\"-a\"", "7"),
                json + " ",
                "[]",
                "");
        for (String other : others) {
            assertThat(PushPayload.read(utf8(other))).as(other).isEmpty();
        }
    }
}
