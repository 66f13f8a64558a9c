package io.countersign.server.breakglass;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.breakglass.SessionScope;
import io.countersign.core.policy.Requirement;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.breakglass.BreakglassViews.Bypass;
import io.countersign.server.breakglass.BreakglassViews.PreviewView;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.platform.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says what a session would bypass before anybody opens it; writes nothing. */
@Service
class BreakglassPreview {

    private static final int MOST_PLACES = 2_000;
    private static final List<String> UNAFFECTED = List.of(
            "A frozen environment stays frozen; unfreezing is an action of its own.",
            "What no approval could let pass stays refused.",
            "Asks that name no session are judged as always.",
            "Policies, bindings, roles, tokens and the audit log cannot be changed by a session.");

    private final Rulebooks rulebooks;
    private final BreakglassStore sessions;

    BreakglassPreview(Rulebooks rulebooks, BreakglassStore sessions) {
        this.rulebooks = rulebooks;
        this.sessions = sessions;
    }

    /** A scope that is thought about. */
    record PreviewForm(OpeningForm.@Nullable ScopeForm scope) {}

    private record Spot(ActionType action, Resource resource, Place place) {}

    /** One rule, and where it would be passed. */
    private record Passed(Requirement requirement, Set<String> actions, Set<String> resources) {}

    PreviewView preview(Caller caller, PreviewForm form) {
        Rulebook rulebook = rulebooks.fresh(caller.organizationId());
        DirectoryImage directory = rulebook.directory();
        OpeningReader reader = new OpeningReader(directory);
        SessionScope scope = reader.scope(form.scope());
        Instant now = sessions.now();
        List<Spot> spots = spots(scope, directory);
        Map<String, Passed> passed = new LinkedHashMap<>();
        spots.stream().limit(MOST_PLACES).forEach(spot -> {
            for (Requirement requirement :
                    rulebook.resolve(spot.action(), spot.place(), now).requirements()) {
                Passed one = passed.computeIfAbsent(
                        requirement.id(), _ -> new Passed(requirement, new TreeSet<>(), new TreeSet<>()));
                one.actions().add(spot.action().id());
                one.resources().add(directory.nameOf(spot.resource().id()).orElse("the organization"));
            }
        });
        List<Bypass> bypasses =
                passed.values().stream().map(BreakglassPreview::view).toList();
        return new PreviewView(
                sentence(bypasses),
                bypasses,
                UNAFFECTED,
                scope.isWide(),
                reader.nameToType(scope),
                directory.settings().breakglass().least(),
                directory.settings().breakglass().most(),
                openingGatedBy(rulebook, now),
                faults(caller, scope, directory),
                spots.size() <= MOST_PLACES);
    }

    private static List<String> openingGatedBy(Rulebook rulebook, Instant now) {
        String orgId = rulebook.directory().organizationId();
        ActionType initiate =
                rulebook.directory().actions().find("breakglass.initiate").orElseThrow();
        return rulebook.resolve(initiate, new Place(orgId, null, null, List.of()), now).requirements().stream()
                .map(requirement -> requirement.name() + " (" + BreakglassPresenter.needed(requirement) + ")")
                .toList();
    }

    private static List<String> faults(Caller caller, SessionScope scope, DirectoryImage directory) {
        return BreakglassSessions.mayOpen(caller.principalId(), scope, directory)
                ? List.of()
                : List.of("You were not given the permission to open a session for all of this scope.");
    }

    private static Bypass view(Passed passed) {
        Requirement requirement = passed.requirement();
        return new Bypass(
                requirement.source().ruleId(),
                requirement.source().version(),
                requirement.name(),
                BreakglassPresenter.needed(requirement),
                List.copyOf(passed.actions()),
                List.copyOf(passed.resources()));
    }

    private static String sentence(List<Bypass> bypasses) {
        return bypasses.isEmpty()
                ? "This will bypass nothing: no rule asks for an approval here, so no session is needed."
                : bypasses.stream()
                        .map(bypass -> bypass.name() + " (" + bypass.needed() + ")")
                        .distinct()
                        .collect(Collectors.joining(", ", "This will bypass: ", "."));
    }

    /** Everything that could be done in the scope: each action on each thing that a target reaches. */
    private static List<Spot> spots(SessionScope scope, DirectoryImage directory) {
        List<Spot> spots = new ArrayList<>();
        for (String id : scope.actions()) {
            ActionType action = directory.actions().find(id).orElseThrow();
            for (Resource resource : reached(scope, action, directory)) {
                directory
                        .place(resource)
                        .filter(place -> scope.covers(action, resource, place))
                        .ifPresent(place -> spots.add(new Spot(action, resource, place)));
            }
        }
        return spots;
    }

    private static Set<Resource> reached(SessionScope scope, ActionType action, DirectoryImage directory) {
        return scope.targets().stream()
                .flatMap(target -> {
                    if (action.isPerformedOn(target.level())) {
                        return List.of(Resource.of(target.level(), target.id())).stream();
                    }
                    boolean everywhere = target.level() == ResourceLevel.ORGANIZATION;
                    return switch (action.level()) {
                        case ENVIRONMENT ->
                            directory.environments().stream()
                                    .filter(one -> everywhere || one.projectId().equals(target.id()))
                                    .map(EnvironmentFacts::id)
                                    .map(found -> Resource.of(ResourceLevel.ENVIRONMENT, found));
                        case CLUSTER ->
                            directory.clusterNames().keySet().stream()
                                    .filter(_ -> everywhere)
                                    .map(found -> Resource.of(ResourceLevel.CLUSTER, found));
                        case PROJECT ->
                            directory.projectNames().keySet().stream()
                                    .filter(_ -> everywhere)
                                    .map(found -> Resource.of(ResourceLevel.PROJECT, found));
                        case ORGANIZATION -> java.util.stream.Stream.<Resource>empty();
                    };
                })
                .collect(Collectors.toSet());
    }
}
