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
import io.countersign.core.approval.Counting;
import io.countersign.core.approval.OwnChanges;
import io.countersign.core.approval.Parties;
import io.countersign.core.approval.Vote;
import io.countersign.core.gate.Gate;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Conditions;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Resolution;
import io.countersign.core.policy.Team;
import io.countersign.core.policy.Template;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.core.policy.VoteReason;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** How long the rules alone take: a decision over twenty bindings, a tally of fifty votes over ten requirements. */
final class CoreFigures {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final ActionType DEPLOY =
            ActionCatalogue.standard().find("release.deploy").orElseThrow();
    private static final Resource PRODUCTION = Resource.of(ResourceLevel.ENVIRONMENT, "env_1");

    private CoreFigures() {}

    static void measure() {
        Place place = new Place(
                "org",
                "prj",
                null,
                List.of(new EnvironmentFacts("env_1", "production", "prj", Tier.PRODUCTION, null, false)));
        List<BoundTemplate> bound = bindings();
        measure(
                "core.decision",
                "20 bindings, 5 matching",
                () -> Gate.judge(
                                DEPLOY,
                                PRODUCTION,
                                place,
                                Resolution.of(bound, DEPLOY, place, NOW, ZoneOffset.UTC),
                                "because")
                        .hashCode());
        ApprovalRequest request = request();
        People people = people();
        Circumstances circumstances =
                new Circumstances(people, OwnChanges.none(), List.of(), Optional.empty(), "grt", NOW);
        measure(
                "core.tally",
                "50 votes, 10 requirements, 10,000 people",
                () -> new Counting(request, circumstances).tallies().size());
    }

    private static void measure(String name, String conditions, Supplier<Integer> work) {
        run(work, 2);
        long begun = System.nanoTime();
        long rounds = run(work, 3);
        double micros = (System.nanoTime() - begun) / 1e3 / rounds;
        Figure.of(name)
                .with("conditions", conditions)
                .with("micros", Math.round(micros * 100) / 100.0)
                .print();
    }

    private static long run(Supplier<Integer> work, int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long rounds = 0;
        long sum = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < 100; i++) {
                sum += work.get();
            }
            rounds += 100;
        }
        if (sum == 1) {
            System.err.println("the results are used, so that nothing is left out");
        }
        return rounds;
    }

    private static List<BoundTemplate> bindings() {
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

    private static ApprovalRequest request() {
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
