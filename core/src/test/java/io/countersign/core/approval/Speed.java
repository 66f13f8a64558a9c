package io.countersign.core.approval;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.ActionType;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import io.countersign.core.gate.Gate;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Conditions;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.RequirementSource;
import io.countersign.core.policy.Template;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.core.policy.VoteReason;
import io.countersign.core.policy.Window;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Measures the two things that every ask and every vote wait for; run by hand and by a campaign, never by the quick tests. */
final class Speed {

    private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Speed() {}

    static void main() {
        System.out.printf("core decision, 20 bindings of which 5 match: %.2f us%n", microseconds(decision()));
        System.out.printf("tally of 50 votes over 10 requirements: %.2f us%n", microseconds(tally()));
        System.out.printf(
                "outlook of 10,000 people, 10 teams and 10 roles required: %.0f us%n", microseconds(outlook()));
    }

    /** The fastest round, in time of this thread on a core, so that a busy machine disturbs it little. */
    static double microseconds(Supplier<?> work) {
        double best = Double.MAX_VALUE;
        int runs = 1;
        for (int round = 0; round < 14; round++) {
            long started = THREADS.getCurrentThreadCpuTime();
            int consumed = 0;
            for (int i = 0; i < runs; i++) {
                consumed += System.identityHashCode(work.get());
            }
            double nanos = THREADS.getCurrentThreadCpuTime() - started;
            if (consumed == 42) {
                System.out.print("");
            }
            best = Math.min(best, nanos / runs);
            runs = (int) Math.clamp(200_000_000L / Math.max(1L, (long) best), 1L, 1_000_000L);
        }
        return best / 1_000;
    }

    static Supplier<?> decision() {
        ActionType deploy = ActionCatalogue.standard().find("release.deploy").orElseThrow();
        EnvironmentFacts production =
                new EnvironmentFacts("env-1", "production", "payments", Tier.PRODUCTION, "cluster-1", false);
        Place place = new Place("org", "payments", "cluster-1", List.of(production));
        Resource resource = Resource.of(ResourceLevel.ENVIRONMENT, "env-1");
        List<BoundTemplate> bound = new ArrayList<>();
        Conditions business = new Conditions(
                Set.of("production"), null, new Window(Set.of(DayOfWeek.MONDAY), 8, 18), List.of(), ZONE, false);
        Conditions night = new Conditions(Set.of(), null, new Window(Set.of(), 22, 6), List.of(), ZONE, true);
        for (int i = 0; i < 5; i++) {
            bound.add(bound(business, i, ResourceLevel.PROJECT, "payments"));
            bound.add(bound(business, i, ResourceLevel.PROJECT, "web"));
            bound.add(bound(night, i, ResourceLevel.ORGANIZATION, null));
            bound.add(bound(business, i, ResourceLevel.ENVIRONMENT, "env-" + (i + 2)));
        }
        return () -> Gate.judge(
                deploy,
                resource,
                place,
                io.countersign.core.policy.Resolution.of(bound, deploy, place, NOW, ZONE),
                "because");
    }

    private static BoundTemplate bound(
            Conditions conditions, int number, ResourceLevel level, @org.jspecify.annotations.Nullable String target) {
        TemplateSpec spec = new TemplateSpec(
                "rule " + number,
                "",
                Set.of(level),
                new Approvers(Set.of(), Set.of("sre"), Set.of()),
                Quorum.of(2),
                conditions,
                false,
                VoteReason.NEVER,
                TemplateSpec.DEFAULT_EXPIRY,
                TemplateSpec.DEFAULT_GRANT,
                null);
        return new BoundTemplate(
                new Binding("binding-" + level + number, "template-" + number, level, target, null, Set.of()),
                new Template("template-" + number, 1, spec));
    }

    static Supplier<?> tally() {
        Staff staff = new Staff();
        for (int team = 0; team < 10; team++) {
            staff.team("team-" + team);
        }
        for (int i = 0; i < 10_000; i++) {
            staff.person("person-" + i, "developer", "role-" + i % 7);
            staff.join("person-" + i, "team-" + i % 10);
            staff.join("person-" + i, "team-" + i / 10 % 10);
        }
        List<Requirement> requirements = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            requirements.add(Demand.by("rule-" + i)
                    .teams("team-" + i, "team-" + (i + 1) % 10, "team-" + (i + 2) % 10)
                    .roles("role-" + i % 7, "developer")
                    .approvals(20)
                    .distinctTeams(3)
                    .requiredTeams("team-" + (i + 3) % 10, "team-" + (i + 4) % 10)
                    .requiredRoles("role-" + (i + 1) % 7)
                    .build());
        }
        Circumstances circumstances =
                new Circumstances(staff.people(), OwnChanges.none(), requirements, Optional.empty(), "grant-1", NOW);
        Parties parties = Story.askedBy(Story.RITA);
        ApprovalRequest request = ApprovalRequest.open("request-1", Story.ask(parties), parties, requirements, NOW);
        List<Vote> votes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Belonging belonging = Belonging.of(
                    circumstances.people().person("person-" + i * 13).orElseThrow(), circumstances.people());
            votes.add(new Vote(
                    "vote-" + i,
                    belonging.personId(),
                    Vote.Kind.APPROVE,
                    null,
                    Story.DIGEST,
                    NOW,
                    belonging.teams(),
                    belonging.allTeams(),
                    belonging.orgRoles(),
                    new HashSet<>(requirements.stream().map(Requirement::id).toList())));
        }
        ApprovalRequest voted = request.withVotes(votes);
        return () -> new Counting(voted, circumstances).tallies();
    }

    static Supplier<?> outlook() {
        Staff staff = new Staff();
        Set<String> teams = new HashSet<>();
        Set<String> roles = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            staff.team("team-" + i);
            teams.add("team-" + i);
            roles.add("role-" + i);
        }
        for (int i = 0; i < 10_000; i++) {
            String person = "person-" + i;
            staff.person(person, "developer").give(person, "role-" + i % 10).give(person, "role-" + i / 10 % 10);
            staff.join(person, "team-" + i / 100 % 10);
            staff.join(person, "team-" + i / 1000 % 10);
        }
        Requirement requirement = new Requirement(
                new RequirementSource(RequirementSource.Kind.TEMPLATE, "rule", 1, "binding"),
                "rule",
                "",
                new Approvers(Set.of(), Set.of(), Set.of("developer")),
                new Quorum(5, 10, Set.of(), teams, roles),
                false,
                VoteReason.NEVER,
                TemplateSpec.DEFAULT_EXPIRY,
                TemplateSpec.DEFAULT_GRANT,
                null);
        io.countersign.core.policy.People people = staff.people();
        return () -> Counting.preview(requirement, people, NOW);
    }
}
