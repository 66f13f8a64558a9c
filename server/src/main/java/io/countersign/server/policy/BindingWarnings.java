package io.countersign.server.policy;

import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.Finding;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.server.directory.DirectoryImage;
import java.util.ArrayList;
import java.util.List;

/** What is accepted but worth a second look, seen against the environments there are. */
final class BindingWarnings {

    private BindingWarnings() {}

    static List<Finding> of(Binding binding, TemplateSpec spec, DirectoryImage image) {
        List<Finding> found = new ArrayList<>();
        List<EnvironmentFacts> reached = image.environments().stream()
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
                && image.environments().stream()
                        .noneMatch(environment -> environment.name().equals(binding.environmentName()))) {
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
