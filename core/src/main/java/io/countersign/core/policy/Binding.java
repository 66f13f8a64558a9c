package io.countersign.core.policy;

import io.countersign.core.action.ResourceLevel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What attaches a template to a part of the organization.
 *
 * @param targetId the project, cluster or environment; none for the organization or when a name is given
 * @param environmentName an environment name across all projects, exact; only at environment level
 * @param actions the actions it is narrowed to; empty = every protected action of that level and below
 */
public record Binding(
        String id,
        String templateId,
        ResourceLevel level,
        @Nullable String targetId,
        @Nullable String environmentName,
        Set<String> actions) {

    public Binding {
        actions = Set.copyOf(actions);
    }
}
