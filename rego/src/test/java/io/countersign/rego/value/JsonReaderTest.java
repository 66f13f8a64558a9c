package io.countersign.rego.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonReaderTest {

    private static String again(String json) {
        return JsonReader.read(json).toJson();
    }

    @Test
    void readsObjectsOneAfterTheOtherWhateverKeysTheyHave() {
        assertThat(
                        again(
                                "[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4},{\"b\":5,\"a\":6},{\"a\":7},{},{\"a\":8,\"b\":9,\"c\":10}]"))
                .isEqualTo(
                        "[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4},{\"a\":6,\"b\":5},{\"a\":7},{},{\"a\":8,\"b\":9,\"c\":10}]");
    }

    @Test
    void takesTheLastOfTwoValuesForOneKey() {
        assertThat(again("[{\"a\":1,\"b\":2},{\"a\":3,\"a\":4},{\"a\":5,\"b\":6,\"a\":7},{\"a\":8,\"b\":9,\"b\":0}]"))
                .isEqualTo("[{\"a\":1,\"b\":2},{\"a\":4},{\"a\":7,\"b\":6},{\"a\":8,\"b\":0}]");
    }

    @Test
    void knowsKeysHoweverTheyAreWritten() {
        RegoObject object = (RegoObject) JsonReader.read("{\"\\u0061\":1,\"ä\":2,\"\":3}");
        assertThat(object.get("a")).isEqualTo(RegoNumber.of(1));
        assertThat(object.get("ä")).isEqualTo(RegoNumber.of(2));
        assertThat(object.get("")).isEqualTo(RegoNumber.of(3));
    }

    @Test
    void refusesInAKeyWhatAStringMustNotHoldEvenIfTheLastObjectHadThatKey() {
        String twice = "[{\"a\\n\":1},{\"a\n\":2}]";
        assertThatThrownBy(() -> JsonReader.read(twice)).isInstanceOf(JsonFault.class);
        assertThat(again("[{\"a\\\"\":1},{\"a\\\"\":2}]")).isEqualTo("[{\"a\\\"\":1},{\"a\\\"\":2}]");
        assertThat(again("[{\"a\\\\\":1},{\"a\\\\\":-0}]")).isEqualTo("[{\"a\\\\\":1},{\"a\\\\\":-0}]");
    }

    @Test
    void readsManyKeysAndFindsEach() {
        StringBuilder json = new StringBuilder("[");
        for (int round = 0; round < 3; round++) {
            json.append(round > 0 ? ",{" : "{");
            for (int i = 0; i < 5000; i++) {
                json.append(i > 0 ? "," : "")
                        .append("\"k")
                        .append(i)
                        .append("\":")
                        .append(i + round);
            }
            json.append('}');
        }
        RegoArray read = (RegoArray) JsonReader.read(json.append(']').toString());
        for (int i = 0; i < 5000; i++) {
            assertThat(((RegoObject) read.get(2)).get("k" + i)).isEqualTo(RegoNumber.of(i + 2));
        }
    }
}
