package io.countersign.core.action;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an action is performed on: one known thing, and how it is to change.
 *
 * @param id the immutable id of the organization, project, environment or cluster
 * @param releaseId the release that is deployed, promoted or rolled back to, where one is known
 * @param from what runs before, an immutable reference such as a commit id; of a promotion, the environment it comes from
 * @param to what is to run, an immutable reference
 * @param attributes things below a known level: a namespace, an object, a tool
 */
public record Resource(
        ResourceLevel level,
        String id,
        @Nullable String releaseId,
        @Nullable String from,
        @Nullable String to,
        SortedMap<String, String> attributes) {

    public Resource {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** A resource that is just the thing itself. */
    public static Resource of(ResourceLevel level, String id) {
        return new Resource(level, id, null, null, null, new TreeMap<>());
    }

    /** Whether both name the same thing, however it is to change. */
    public boolean sameThing(Resource other) {
        return level == other.level && id.equals(other.id) && attributes.equals(other.attributes);
    }

    /**
     * One text for exactly this resource: equal resources have equal keys and no others do, because every part is
     * length-prefixed.
     */
    public String key() {
        StringBuilder key = new StringBuilder();
        part(key, "level", level.name());
        part(key, "id", id);
        part(key, "release", releaseId);
        part(key, "from", from);
        part(key, "to", to);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            part(key, "@" + attribute.getKey(), attribute.getValue());
        }
        return key.toString();
    }

    private static void part(StringBuilder key, String name, @Nullable String value) {
        if (value != null) {
            key.append(name.length()).append(':').append(name);
            key.append(value.length()).append(':').append(value).append(';');
        }
    }
}
