package io.countersign.server.approval;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.core.action.Resource;
import io.countersign.core.policy.Requirement;
import io.countersign.server.platform.StrictJson;
import java.util.List;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** How values of the rules are kept in columns: exactly their fields, nothing that is derived. */
final class StoredJson {

    private static final JsonMapper FIELDS = JsonMapper.builder()
            .addModule(StrictJson.records())
            .changeDefaultVisibility(all -> all.withFieldVisibility(Visibility.ANY)
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE))
            .build();
    private static final ObjectReader REQUIREMENTS = FIELDS.readerForListOf(Requirement.class);
    private static final ObjectReader RESOURCE = FIELDS.readerFor(Resource.class);
    private static final ObjectReader VOTES = FIELDS.readerForListOf(StoredVote.class);
    private static final ObjectReader STRINGS = FIELDS.readerForListOf(String.class);

    private StoredJson() {}

    static String write(Object value) {
        return FIELDS.writeValueAsString(value);
    }

    static List<Requirement> requirements(String json) {
        return REQUIREMENTS.readValue(json);
    }

    static Resource resource(String json) {
        return RESOURCE.readValue(json);
    }

    static List<StoredVote> votes(String json) {
        return VOTES.readValue(json);
    }

    static List<String> strings(String json) {
        return STRINGS.readValue(json);
    }
}
