package io.countersign.bench;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.ActionType;
import io.countersign.core.action.Ask;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Subject;
import io.countersign.core.action.Tier;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Circumstances;
import io.countersign.core.approval.OwnChanges;
import io.countersign.core.approval.Parties;
import io.countersign.core.approval.Vote;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Conditions;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Team;
import io.countersign.core.policy.Template;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.core.policy.VoteReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the rules are measured on: twenty bindings of which five match, a request with fifty votes, ten thousand people. */
final class CoreWorld {

    static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    static final ActionType DEPLOY =
            ActionCatalogue.standard().find("release.deploy").orElseThrow();
    static final Resource PRODUCTION = Resource.of(ResourceLevel.ENVIRONMENT, "env_1");

    private CoreWorld() {}

    static Place place() {
        return new Place(
                "org",
                "prj",
                null,
                List.of(new EnvironmentFacts("env_1", "production", "prj", Tier.PRODUCTION, null, false)));
    }

    static Circumstances circumstances() {
        return new Circumstances(people(), OwnChanges.none(), List.of(), Optional.empty(), "grt", NOW);
    }

    static List<BoundTemplate> bindings() {
        List<BoundTemplate> bound = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Binding binding = new Binding(
                    "bnd_" + i, "tpl_" + i, ResourceLevel.ENVIRONMENT, i < 5 ? "env_1" : "env_2", null, Set.of());
            bound.add(new BoundTemplate(binding, new Template("tpl_" + i, 1, spec(i))));
        }
        return bound;
    }

    private static TemplateSpec spec(int number) {
        return new TemplateSpec(
                "Rule " + number,
                "",
                Set.of(ResourceLevel.ENVIRONMENT),
                new Approvers(
                        Set.of(), Set.of("team_" + number % 10, "team_" + (number + 1) % 10), Set.of("developer")),
                new Quorum(5, 3, Set.of(), Set.of("team_" + number % 10), Set.of()),
                Conditions.always(),
                false,
                VoteReason.NEVER,
                TemplateSpec.DEFAULT_EXPIRY,
                TemplateSpec.DEFAULT_GRANT,
                null);
    }

    private static People people() {
        List<Person> persons = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            persons.add(new Person("per_" + i, true, Set.of("team_" + i % 10), Set.of("developer"), null));
        }
        List<Team> teams = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            teams.add(new Team("team_" + i, null, true));
        }
        return new People(persons, teams);
    }

    static ApprovalRequest request() {
        Subject subject = new Subject("rita", PrincipalKind.PERSON);
        PayloadDigest digest = PayloadDigest.of(new byte[] {1});
        Ask ask = new Ask("org", subject, subject, DEPLOY, PRODUCTION, digest, "because", null, Set.of());
        List<Requirement> requirements = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (BoundTemplate rule : bindings().subList(0, 10)) {
            requirements.add(rule.requirement());
            ids.add(rule.requirement().id());
        }
        List<Vote> votes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Set<String> teams = Set.of("team_" + i % 10);
            votes.add(new Vote(
                    "vot_" + i,
                    "per_" + i,
                    Vote.Kind.APPROVE,
                    null,
                    digest,
                    NOW,
                    teams,
                    teams,
                    Set.of("developer"),
                    ids));
        }
        ApprovalRequest opened = ApprovalRequest.open(
                "req", ask, new Parties(subject, subject, Set.of(), null, null, Set.of()), requirements, NOW);
        return new ApprovalRequest(
                opened.id(),
                opened.ask(),
                opened.parties(),
                opened.requirements(),
                votes,
                opened.state(),
                opened.openedAt(),
                opened.firstOpenedAt(),
                opened.deadline());
    }
}
