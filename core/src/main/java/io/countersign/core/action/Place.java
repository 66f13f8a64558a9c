package io.countersign.core.action;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a resource stands, as the directory knows it and never as the ask claims it.
 *
 * @param projectId the project itself, or the one an environment belongs to
 * @param clusterId the cluster itself, or the one an environment runs on
 * @param environments the environment itself, or for a cluster every environment that names it
 */
public record Place(
        String organizationId,
        @Nullable String projectId,
        @Nullable String clusterId,
        List<EnvironmentFacts> environments) {

    public Place {
        environments = List.copyOf(environments);
    }

    /** One environment as conditions and freezes see it. */
    public record EnvironmentFacts(
            String id,
            String name,
            String projectId,
            Tier tier,
            @Nullable String clusterId,
            boolean frozen) {}
}
