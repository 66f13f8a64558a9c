package io.countersign.core.policy;

import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a binding must be like, and what is accepted about one but worth a second look. */
public final class BindingRules {

    private BindingRules() {}

    /** Whether an action that is performed on one level can be gated by a binding to another. */
    public static boolean reachable(ResourceLevel bound, ResourceLevel performed) {
        return switch (bound) {
            case ORGANIZATION -> true;
            case PROJECT -> performed != ResourceLevel.ORGANIZATION;
            case ENVIRONMENT, CLUSTER -> performed == ResourceLevel.ENVIRONMENT || performed == ResourceLevel.CLUSTER;
        };
    }

    /**
     * What is worth a second look.
     *
     * @param known every environment of the organization
     */
    public static List<Finding> warnings(Binding binding, TemplateSpec spec, Collection<EnvironmentFacts> known) {
        List<Finding> found = new ArrayList<>();
        List<EnvironmentFacts> reached = known.stream()
                .filter(environment -> reaches(binding, environment))
                .filter(environment -> spec.conditions().matchesPlace(List.of(environment)))
                .toList();
        if (spec.requesterCanApprove()
                && reached.stream().anyMatch(environment -> environment.tier() == Tier.PRODUCTION)) {
            found.add(new Finding(
                    "self-approval-in-production",
                    "requesterCanApprove",
                    "people could approve their own changes to production with this binding"));
        }
        if (binding.environmentName() != null
                && known.stream().noneMatch(environment -> environment.name().equals(binding.environmentName()))) {
            found.add(new Finding(
                    "unknown-environment-name",
                    "environmentName",
                    "no environment is called `" + binding.environmentName() + "` today; names are compared exactly"));
        } else if (reached.isEmpty()
                && (binding.level() == ResourceLevel.ENVIRONMENT
                        || !spec.conditions().environments().isEmpty())) {
            found.add(new Finding(
                    "never-applies",
                    "conditions.environments",
                    "no environment satisfies binding and conditions today"));
        }
        return found;
    }

    private static boolean reaches(Binding binding, EnvironmentFacts environment) {
        return switch (binding.level()) {
            case ORGANIZATION -> true;
            case PROJECT -> environment.projectId().equals(binding.targetId());
            case CLUSTER -> binding.targetId() != null && binding.targetId().equals(environment.clusterId());
            case ENVIRONMENT ->
                environment.id().equals(binding.targetId())
                        || environment.name().equals(binding.environmentName());
        };
    }
}
