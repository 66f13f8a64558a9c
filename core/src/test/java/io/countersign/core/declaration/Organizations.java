package io.countersign.core.declaration;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import io.countersign.core.generation.Choices;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Conditions;
import io.countersign.core.policy.Escalation;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.core.policy.VoteReason;
import io.countersign.core.policy.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Generated organizations, each whole: whatever is named in them is in them. */
final class Organizations {

    private static final List<String> WORDS =
            List.of("plain", "no", "0x1f", "  # not a comment", "größe 🦉", "a: b", "- c", "~");

    private final Choices choices;
    private final List<Declared> things = new ArrayList<>();
    private final List<String> people = new ArrayList<>();
    private final List<String> teams = new ArrayList<>();
    private final List<String> roles =
            new ArrayList<>(BuiltIn.ROLES.stream().sorted().toList());
    private final List<String> clusters = new ArrayList<>();
    private final List<String> projects = new ArrayList<>();
    private final List<String> environments = new ArrayList<>();
    private final List<String> templates = new ArrayList<>();

    private Organizations(Choices choices) {
        this.choices = choices;
    }

    static Declaration any(Choices choices) {
        Organizations made = new Organizations(choices);
        made.peopleAndTeams();
        made.places();
        made.policies();
        return Declaration.whole(made.things);
    }

    private void peopleAndTeams() {
        int count = choices.between(1, 6);
        for (int i = 0; i < count; i++) {
            String handle = "p" + i;
            people.add(handle);
            things.add(new Declared.Person(
                    handle,
                    name(),
                    choices.coin() ? handle + "@acme.example" : null,
                    choices.onceIn(5) ? Boolean.FALSE : Boolean.TRUE));
        }
        int groups = choices.between(0, 4);
        for (int i = 0; i < groups; i++) {
            String handle = "t" + i;
            String parent = !teams.isEmpty() && choices.coin() ? choices.oneOf(teams) : null;
            things.add(new Declared.Team(handle, name(), parent, !choices.onceIn(4), some(people)));
            teams.add(handle);
        }
        things.add(new Declared.Role("tech-lead", name(), text(), some(people)));
        for (String role : List.copyOf(roles)) {
            things.add(new Declared.Role(role, null, "", role.equals("admin") ? new TreeSet<>(people) : some(people)));
        }
        roles.add("tech-lead");
        if (choices.coin()) {
            things.add(new Declared.Account("ci", name(), "service", "p0", null, true));
        }
        if (!teams.isEmpty()) {
            things.add(new Declared.Account("bot", name(), "agent", "t0", "p0", choices.coin()));
        }
    }

    private void places() {
        for (int i = 0; i < choices.between(0, 2); i++) {
            clusters.add("eu-" + i);
            things.add(new Declared.Cluster("eu-" + i, text()));
        }
        for (int i = 0; i < choices.between(0, 3); i++) {
            String project = "Shop" + i;
            projects.add(project);
            things.add(new Declared.Project(project, text()));
            for (Tier tier : choices.someOf(List.of(Tier.values()), 2)) {
                String name = TemplateTree.word(tier);
                environments.add(project + "/" + name);
                String cluster = clusters.isEmpty() || choices.coin() ? null : choices.oneOf(clusters);
                things.add(new Declared.Environment(project, name, tier, cluster));
            }
        }
    }

    private void policies() {
        for (int i = 0; i < choices.between(0, 4); i++) {
            String name = "Policy " + i + " " + choices.oneOf(List.of("a", "größe", "no: really", "#1"));
            templates.add(name);
            things.add(new Declared.Policy(spec(name)));
        }
        if (templates.isEmpty()) {
            return;
        }
        for (int i = 0; i < choices.between(0, 5); i++) {
            TreeSet<String> actions = new TreeSet<>(choices.someOf(List.of("release.deploy", "manifest.apply"), 2));
            things.add(bond(choices.oneOf(templates), actions));
        }
    }

    private Declared.Bond bond(String template, SortedSet<String> actions) {
        int level = choices.below(5);
        if (level == 1 && !projects.isEmpty()) {
            return new Declared.Bond(template, ResourceLevel.PROJECT, choices.oneOf(projects), null, actions);
        }
        if (level == 2 && !clusters.isEmpty()) {
            return new Declared.Bond(template, ResourceLevel.CLUSTER, choices.oneOf(clusters), null, actions);
        }
        if (level == 3 && !environments.isEmpty()) {
            return new Declared.Bond(template, ResourceLevel.ENVIRONMENT, choices.oneOf(environments), null, actions);
        }
        return level == 4
                ? new Declared.Bond(template, ResourceLevel.ENVIRONMENT, null, "production", actions)
                : new Declared.Bond(template, ResourceLevel.ORGANIZATION, null, null, actions);
    }

    private TemplateSpec spec(String name) {
        return new TemplateSpec(
                name,
                text(),
                Set.of(ResourceLevel.values()),
                new Approvers(Set.of("p0"), some(teams), some(roles)),
                new Quorum(choices.between(1, 3), choices.below(3), Set.of(), some(teams), Set.of()),
                conditions(),
                choices.onceIn(4),
                choices.oneOf(List.of(VoteReason.values())),
                Duration.ofMinutes(choices.between(5, 90) * 60L),
                Duration.ofMinutes(choices.between(1, 1_440)),
                choices.coin()
                        ? new Escalation(
                                new Approvers(Set.of("p0"), Set.of(), Set.of("admin")),
                                Duration.ofHours(choices.between(1, 48)))
                        : null);
    }

    private Conditions conditions() {
        return new Conditions(
                choices.someOf(List.of("production", "staging"), 3),
                choices.onceIn(4) ? "prod*" : null,
                choices.onceIn(3) ? window() : null,
                choices.onceIn(3) ? List.of(window(), window()) : List.of(),
                choices.onceIn(3) ? ZoneId.of("Europe/Berlin") : null,
                choices.coin());
    }

    private Window window() {
        return new Window(
                choices.someOf(List.of(DayOfWeek.values()), 3), choices.between(0, 23), choices.between(0, 24));
    }

    private SortedSet<String> some(List<String> all) {
        return new TreeSet<>(choices.someOf(all, 2));
    }

    private String name() {
        return choices.oneOf(WORDS).strip();
    }

    private String text() {
        return choices.coin() ? "" : choices.oneOf(WORDS).strip() + "\nand\n\n  more";
    }
}
