package io.countersign.server.policy;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import io.countersign.core.policy.Applicability;
import io.countersign.core.policy.Applicability.Verdict;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Resolution;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.policy.FoundWeakness.Thing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which production environments the rules in force reach, at whatever time of the week. */
final class ProductionCover {

    private final DirectoryImage image;
    private final Map<String, List<BoundTemplate>> byTarget = new HashMap<>();
    private final List<ActionType> deploying;

    ProductionCover(DirectoryImage image, List<BoundTemplate> rules) {
        this.image = image;
        for (BoundTemplate rule : rules) {
            byTarget.computeIfAbsent(target(rule), any -> new ArrayList<>()).add(rule);
        }
        this.deploying = image.actions().all().stream()
                .filter(action -> action.deploying() && action.level() == ResourceLevel.ENVIRONMENT)
                // Without a policy it is refused.
                .filter(action -> !action.emergency())
                .toList();
    }

    private static String target(BoundTemplate rule) {
        @Nullable String id = rule.binding().targetId();
        @Nullable String name = rule.binding().environmentName();
        return id != null ? id : name != null ? "*/" + name : "";
    }

    /** Production environments on which nothing, or not everything that deploys, is gated. */
    void find(List<FoundWeakness> found) {
        for (EnvironmentFacts environment : image.environments()) {
            if (environment.tier() == Tier.PRODUCTION) {
                find(environment, found);
            }
        }
    }

    private void find(EnvironmentFacts environment, List<FoundWeakness> found) {
        List<String> open = deploying.stream()
                .filter(action -> !gated(action, environment))
                .map(ActionType::id)
                .toList();
        if (open.isEmpty()) {
            return;
        }
        String name = image.nameOf(environment.id()).orElse(environment.name());
        Thing thing = Thing.environment(environment.id(), name);
        found.add(
                open.size() == deploying.size()
                        ? new FoundWeakness(
                                FindingCode.UNCOVERED_PRODUCTION,
                                thing,
                                null,
                                "nothing deployed to production environment `" + name + "` needs an approval")
                        : new FoundWeakness(
                                FindingCode.PARTLY_UNCOVERED_PRODUCTION,
                                thing,
                                null,
                                "on production environment `" + name + "` no policy asks for an approval of "
                                        + open.stream()
                                                .map(id -> "`" + id + "`")
                                                .collect(Collectors.joining(", "))));
    }

    private boolean gated(ActionType action, EnvironmentFacts environment) {
        Place place = new Place(
                image.organizationId(), environment.projectId(), environment.clusterId(), List.of(environment));
        List<BoundTemplate> near = new ArrayList<>(byTarget.getOrDefault("", List.of()));
        for (String target : new String[] {
            environment.id(), environment.projectId(), environment.clusterId(), "*/" + environment.name()
        }) {
            near.addAll(byTarget.getOrDefault(target, List.of()));
        }
        return Resolution.of(
                        near, action, place, Instant.EPOCH, image.settings().zone())
                .rules()
                .stream()
                .map(Applicability::verdict)
                .anyMatch(verdict -> verdict == Verdict.APPLIES || verdict == Verdict.OTHER_TIME);
    }
}
