package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.json.JsonMapper;

/** Where the bounds of all texts and lists lie, to the character and to the entry. */
class BoundsTest {

    private static final JsonMapper JSON = StrictJson.mapper();

    private record Part(
            String name,

            @JsonDeserialize(using = LongText.class) @Nullable
            String payload) {}

    private record Form(
            @Nullable String text, List<String> texts, Set<String> words, List<Part> parts, Map<String, String> map) {}

    @Test
    void takesTenThousandOfEverything() {
        String text = JSON.writeValueAsString("x".repeat(10_000));
        assertThat(refused("{\"text\": " + text + ", \"texts\": [" + text + "], \"map\": {\"a\": " + text + "}}"))
                .isEmpty();
        assertThat(refused("{\"texts\": " + many(10_000, "\"a\"") + ", \"words\": " + many(10_000, "\"a\"") + "}"))
                .isEmpty();
        assertThat(refused("{\"parts\": " + many(10_000, "{\"name\": \"a\", \"payload\": \"b\"}") + "}"))
                .isEmpty();
    }

    @Test
    void refusesOneMoreByTheNameOfTheField() {
        String text = JSON.writeValueAsString("x".repeat(10_001));
        assertThat(refused("{\"text\": " + text + "}")).isEqualTo("text: too-long");
        assertThat(refused("{\"texts\": [\"a\", " + text + "]}")).isEqualTo("texts[1]: too-long");
        assertThat(refused("{\"map\": {\"a\": " + text + "}}")).isEqualTo("map.a: too-long");
        assertThat(refused("{\"parts\": [{\"name\": " + text + "}]}")).isEqualTo("parts[0].name: too-long");
        assertThat(refused("{\"texts\": " + many(10_001, "\"a\"") + "}")).isEqualTo("texts[10000]: too-many");
        assertThat(refused("{\"words\": " + many(10_001, "\"a\"") + "}")).isEqualTo("words[10000]: too-many");
        assertThat(refused("{\"parts\": " + many(10_001, "{\"name\": \"a\"}") + "}"))
                .isEqualTo("parts[10000]: too-many");
    }

    @Test
    void aTextThatSaysSoMayBeLonger() {
        String text = JSON.writeValueAsString("x".repeat(1_000_000));
        assertThat(refused("{\"parts\": [{\"name\": \"a\", \"payload\": " + text + "}]}"))
                .isEmpty();
    }

    private static String many(int count, String entry) {
        return "[" + String.join(",", Collections.nCopies(count, entry)) + "]";
    }

    /** The field that a body is refused for, and the code; empty when it is taken. */
    private static String refused(String body) {
        try {
            JSON.readValue(body, Form.class);
            return "";
        } catch (JacksonException refused) {
            Fault fault = JsonFaults.problem(refused).violations().getFirst();
            return fault.field() + ": " + fault.code();
        }
    }
}
