package io.countersign.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.core.generation.Choices;
import io.countersign.core.generation.ForAll;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResourceTest {

    @Test
    void equalResourcesHaveEqualKeysAndNoOthersDo() {
        ForAll.examples(
                20_000,
                choices -> List.of(resource(choices), resource(choices)),
                two -> assertThat(two.get(0).key().equals(two.get(1).key()))
                        .isEqualTo(two.get(0).equals(two.get(1))));
    }

    @Test
    void aValueThatLooksLikeAnotherPartIsStillOnlyAValue() {
        Resource forged = with("id", Map.of("namespace", "a;5:@tool1:b"));
        Resource honest = with("id", Map.of("namespace", "a", "tool", "b"));
        assertThat(forged.key()).isNotEqualTo(honest.key());
    }

    @Test
    void anAttributeNeverStandsForAKnownPart() {
        Resource attribute = with("id", Map.of("release", "r1"));
        Resource release = new Resource(ResourceLevel.CLUSTER, "id", "r1", null, null, new TreeMap<>());
        assertThat(attribute.key()).isNotEqualTo(release.key());
    }

    @Test
    void attributesAreCopiedAndCannotBeChanged() {
        TreeMap<String, String> attributes = new TreeMap<>(Map.of("namespace", "web"));
        Resource resource = new Resource(ResourceLevel.CLUSTER, "id", null, null, null, attributes);
        attributes.put("namespace", "other");
        assertThat(resource.attributes()).containsEntry("namespace", "web");
        assertThatThrownBy(() -> resource.attributes().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void justTheThingItselfHasNoFurtherParts() {
        assertThat(Resource.of(ResourceLevel.PROJECT, "p1"))
                .isEqualTo(new Resource(ResourceLevel.PROJECT, "p1", null, null, null, new TreeMap<>()));
    }

    private static Resource with(String id, Map<String, String> attributes) {
        return new Resource(ResourceLevel.CLUSTER, id, null, null, null, new TreeMap<>(attributes));
    }

    private static Resource resource(Choices choices) {
        List<String> texts = List.of("", "a", "b", "1:a", ";2:id", "@a");
        TreeMap<String, String> attributes = new TreeMap<>();
        if (choices.coin()) {
            attributes.put(choices.oneOf(texts), choices.oneOf(texts));
        }
        return new Resource(
                choices.oneOf(List.of(ResourceLevel.values())),
                choices.oneOf(texts),
                maybe(choices, texts),
                maybe(choices, texts),
                maybe(choices, texts),
                attributes);
    }

    private static @Nullable String maybe(Choices choices, List<String> texts) {
        return choices.coin() ? choices.oneOf(texts) : null;
    }
}
