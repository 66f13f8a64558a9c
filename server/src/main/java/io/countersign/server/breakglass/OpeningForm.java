package io.countersign.server.breakglass;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session to be opened.
 *
 * @param incident reference of the incident, for example a ticket or a page
 * @param closureOwner who sees to it that it is closed properly, by id or {@code @handle}; the owner where nobody is named
 * @param duration ISO 8601, within the organization's bounds; the shortest where it is left out
 * @param confirmScope the name that has to be typed when the scope names a project or the organization as a whole
 */
record OpeningForm(
        @Nullable String reason,
        @Nullable String incident,
        @Nullable String closureOwner,
        @Nullable ScopeForm scope,
        @Nullable String duration,
        @Nullable String confirmScope) {

    /**
     * What the session is for.
     *
     * @param actions ids of actions
     * @param resources the things they are performed on
     */
    record ScopeForm(
            @Nullable List<String> actions, @Nullable List<ResourceForm> resources) {}

    /**
     * A thing, as it is named.
     *
     * @param type organization, project, environment or cluster
     * @param id id or name, for an environment {@code project/environment}; not needed for the organization
     */
    record ResourceForm(@Nullable String type, @Nullable String id) {}
}
