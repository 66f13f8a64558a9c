package io.countersign.client;

import io.countersign.core.action.ResourceLevel;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an action is performed on, as people name it.
 *
 * @param level the kind of thing
 * @param id {@code project/environment}, a project's or cluster's name, or any id; none for the organization
 * @param release id or name of the release that is deployed, or none
 * @param from what runs before, an immutable reference such as a commit id, or none
 * @param to what is to run, or none
 * @param attributes things below a known level, for example {@code namespace}
 */
public record ResourceName(
        ResourceLevel level,
        @Nullable String id,
        @Nullable String release,
        @Nullable String from,
        @Nullable String to,
        SortedMap<String, String> attributes) {

    public ResourceName {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    private static ResourceName of(ResourceLevel level, @Nullable String id) {
        return new ResourceName(level, id, null, null, null, new TreeMap<>());
    }

    /** An environment, such as {@code payments/production}. */
    public static ResourceName environment(String projectAndName) {
        return of(ResourceLevel.ENVIRONMENT, projectAndName);
    }

    /** A project, by name or id. */
    public static ResourceName project(String name) {
        return of(ResourceLevel.PROJECT, name);
    }

    /** A cluster, by name or id. */
    public static ResourceName cluster(String name) {
        return of(ResourceLevel.CLUSTER, name);
    }

    /** The organization that the credential belongs to. */
    public static ResourceName organization() {
        return of(ResourceLevel.ORGANIZATION, null);
    }

    /** The same, deploying this release. */
    public ResourceName release(String idOrName) {
        return new ResourceName(level, id, idOrName, from, to, attributes);
    }

    /** The same, changing from one immutable reference to another. */
    public ResourceName fromTo(String before, String after) {
        return new ResourceName(level, id, release, before, after, attributes);
    }

    /** The same with a further attribute. */
    public ResourceName attribute(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(attributes);
        more.putAll(Map.of(name, value));
        return new ResourceName(level, id, release, from, to, more);
    }
}
