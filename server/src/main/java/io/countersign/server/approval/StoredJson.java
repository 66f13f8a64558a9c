package io.countersign.server.approval;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.core.action.Resource;
import io.countersign.core.policy.Requirement;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How values of the rules are kept in columns: exactly their fields, nothing that is derived. */
final class StoredJson {

    private static final TypeReference<List<Requirement>> REQUIREMENTS = new TypeReference<>() {};
    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};
    private static final JsonMapper FIELDS = JsonMapper.builder()
            .changeDefaultVisibility(all -> all.withFieldVisibility(Visibility.ANY)
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE))
            .build();

    private StoredJson() {}

    static String write(Object value) {
        return FIELDS.writeValueAsString(value);
    }

    static List<Requirement> requirements(String json) {
        return FIELDS.readValue(json, REQUIREMENTS);
    }

    static Resource resource(String json) {
        return FIELDS.readValue(json, Resource.class);
    }

    static JsonNode tree(String json) {
        return FIELDS.readTree(json);
    }

    static List<String> strings(String json) {
        return FIELDS.readValue(json, STRINGS);
    }
}
