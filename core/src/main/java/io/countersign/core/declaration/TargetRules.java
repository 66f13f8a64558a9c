package io.countersign.core.declaration;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.approval.LockOut;
import io.countersign.core.approval.Outlook;
import io.countersign.core.approval.Prospect;
import io.countersign.core.declaration.Difference.Step;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BindingRules;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Finding;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Team;
import io.countersign.core.policy.TemplateRules;
import io.countersign.core.policy.TemplateSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an organization must be like once a difference has been applied, and what about it is worth a second look. */
public final class TargetRules {

    private final DeclarationText text;
    private final Difference difference;
    private final Declaration present;
    private final Declaration target;
    private final ActionCatalogue actions;
    private final List<DeclarationFault> found = new ArrayList<>();

    /**
     * Rules for one difference.
     *
     * @param present what the difference was made from
     */
    public TargetRules(DeclarationText text, Difference difference, Declaration present, ActionCatalogue actions) {
        this.text = text;
        this.difference = difference;
        this.present = present;
        this.target = difference.applied(present);
        this.actions = actions;
    }

    /** Everything that refuses the application; an empty list accepts. */
    public List<DeclarationFault> problems(Instant now) {
        found.clear();
        sharedHandles();
        cycles();
        owners();
        lastAdmin();
        policies(now);
        bindings();
        lockOuts(now);
        return List.copyOf(found);
    }

    private void sharedHandles() {
        Map<String, Declared> holders = new HashMap<>();
        for (DeclaredKind kind : List.of(DeclaredKind.PERSON, DeclaredKind.TEAM, DeclaredKind.ACCOUNT)) {
            for (Declared thing : target.all(kind)) {
                Declared other = holders.putIfAbsent(thing.key(), thing);
                if (other != null) {
                    Declared declared = present.find(kind, thing.key()).isPresent() ? other : thing;
                    Declared there = declared.equals(thing) ? other : thing;
                    fault(
                            declared,
                            "",
                            "handle-taken",
                            "people, teams and accounts share their handles, and a "
                                    + there.kind().word() + " is called `" + thing.name() + "` already");
                }
            }
        }
        for (Step step : difference.steps()) {
            if (step instanceof Difference.Addition(var thing)) {
                handleGivenUp(thing);
            }
        }
    }

    /** A handle that is given up by the same application is not free yet. */
    private void handleGivenUp(Declared thing) {
        Set<DeclaredKind> named = Set.of(DeclaredKind.PERSON, DeclaredKind.TEAM, DeclaredKind.ACCOUNT);
        if (named.contains(thing.kind())) {
            named.stream()
                    .filter(kind -> kind != thing.kind()
                            && target.find(kind, thing.key()).isEmpty())
                    .filter(kind -> present.find(kind, thing.key()).isPresent())
                    .forEach(kind -> fault(
                            thing,
                            "",
                            "handle-taken",
                            "another " + kind.word() + ", which this removes, is called `" + thing.name()
                                    + "`; remove it first, in an application of its own"));
        }
    }

    private void cycles() {
        for (Step step : difference.steps()) {
            if (step instanceof Difference.Removal) {
                continue;
            }
            if (step.thing() instanceof Declared.Team team
                    && circles(team, thing -> thing instanceof Declared.Team one ? one.parent() : null)) {
                fault(team, "parent", "team-cycle", "the team `" + team.name() + "` would stand below itself");
            }
            if (step.thing() instanceof Declared.Account account
                    && circles(account, thing -> thing instanceof Declared.Account one ? one.owner() : null)) {
                fault(
                        account,
                        "owner",
                        "account-cycle",
                        "the account `" + account.name() + "` would own itself, through others");
            }
        }
    }

    /** Where one of these leads. */
    private interface Upwards {
        @Nullable
        String above(Declared thing);
    }

    private boolean circles(Declared start, Upwards upwards) {
        Set<String> seen = new HashSet<>();
        @Nullable Declared current = start;
        while (current != null) {
            if (!seen.add(current.key())) {
                return true;
            }
            String above = upwards.above(current);
            current = above == null ? null : target.find(start.kind(), above).orElse(null);
        }
        return false;
    }

    private void owners() {
        for (Step step : difference.steps()) {
            if (step instanceof Difference.Removal || !(step.thing() instanceof Declared.Account account)) {
                continue;
            }
            if (step instanceof Difference.Alteration(Declared.Account before, var _)
                    && !before.accountKind().equals(account.accountKind())) {
                fault(
                        account,
                        "kind",
                        "kind-fixed",
                        "an account stays a " + before.accountKind() + " as long as it lives");
            }
            boolean team = target.has(DeclaredKind.TEAM, account.owner());
            if (team && account.accountable() == null) {
                fault(
                        account,
                        "",
                        "missing",
                        "`accountable` is missing: an account of a team needs one person who answers for it");
            }
            if (!team && account.accountable() != null) {
                fault(
                        account,
                        "accountable",
                        "wrong-value",
                        "the owner answers for the account; somebody else is named only where a team owns it");
            }
        }
    }

    private void lastAdmin() {
        if (admins(present) && !admins(target)) {
            found.add(DeclarationFault.of(
                    target.find(DeclaredKind.ROLE, BuiltIn.ADMIN)
                            .map(text::place)
                            .orElse("/0"),
                    "last-admin",
                    "no active administrator would be left; keep one, or make somebody else an administrator"));
        }
    }

    private static boolean admins(Declaration state) {
        return state.find(DeclaredKind.ROLE, BuiltIn.ADMIN)
                .filter(role -> role instanceof Declared.Role(var _, var _, var _, var holders)
                        && holders != null
                        && holders.stream().anyMatch(active(state)))
                .isPresent();
    }

    private static Predicate<String> active(Declaration state) {
        return handle -> state.find(DeclaredKind.PERSON, handle)
                .filter(thing -> thing instanceof Declared.Person person && !Boolean.FALSE.equals(person.active()))
                .isPresent();
    }

    private void policies(Instant now) {
        @Nullable People people = null;
        for (Declared.Policy policy : changed()) {
            people = people == null ? people(target) : people;
            Outlook outlook = Prospect.of(
                    new BoundTemplate(
                                    new Binding("", "", ResourceLevel.ORGANIZATION, null, null, Set.of()),
                                    policy.template())
                            .requirement(),
                    people,
                    now);
            if (outlook.unsatisfiable()) {
                fault(
                        policy,
                        "quorum",
                        "cannot-be-met",
                        "nobody could meet this quorum: " + outlook.eligible().size()
                                + " people could approve it then, and all of them together do not satisfy it");
            }
        }
    }

    private List<Declared.Policy> changed() {
        return difference.steps().stream()
                .filter(step -> !(step instanceof Difference.Removal))
                .map(Step::thing)
                .filter(Declared.Policy.class::isInstance)
                .map(Declared.Policy.class::cast)
                .toList();
    }

    /** The people as eligibility sees them, with handles for ids. */
    private static People people(Declaration state) {
        Map<String, Set<String>> teams = new HashMap<>();
        Map<String, Set<String>> roles = new HashMap<>();
        List<Team> all = new ArrayList<>();
        for (Declared thing : state.all(DeclaredKind.TEAM)) {
            Declared.Team team = (Declared.Team) thing;
            all.add(new Team(team.handle(), team.parent(), team.countsAsDistinct()));
            given(team.handle(), team.members(), teams);
        }
        for (Declared thing : state.all(DeclaredKind.ROLE)) {
            given(thing.name(), ((Declared.Role) thing).holders(), roles);
        }
        List<Person> people = new ArrayList<>();
        for (Declared thing : state.all(DeclaredKind.PERSON)) {
            Declared.Person person = (Declared.Person) thing;
            people.add(new Person(
                    person.handle(),
                    !Boolean.FALSE.equals(person.active()),
                    teams.getOrDefault(person.handle(), Set.of()),
                    roles.getOrDefault(person.handle(), Set.of()),
                    null));
        }
        return new People(people, all);
    }

    private static void given(String group, @Nullable Set<String> holders, Map<String, Set<String>> into) {
        if (holders != null) {
            holders.forEach(
                    holder -> into.computeIfAbsent(holder, _ -> new TreeSet<>()).add(group));
        }
    }

    private void bindings() {
        for (Step step : difference.steps()) {
            if (!(step instanceof Difference.Addition(Declared.Bond bond))) {
                continue;
            }
            target.find(DeclaredKind.TEMPLATE, bond.template().toLowerCase(Locale.ROOT))
                    .filter(thing -> thing instanceof Declared.Policy(var spec)
                            && !spec.scope().contains(bond.level()))
                    .ifPresent(policy -> fault(
                            bond, "to", "outside-scope", "`" + policy.name() + "` may not be bound to this level"));
            for (String action : bond.actions()) {
                actions.find(action)
                        .filter(type -> !BindingRules.reachable(bond.level(), type.level()))
                        .ifPresent(type -> fault(
                                bond,
                                "actions",
                                "never-applies",
                                "`" + action + "` never happens on this level, so the binding would never apply"));
            }
        }
    }

    /** Gates of the rules that are new, or whose template changes. */
    private void lockOuts(Instant now) {
        Set<Declared> touched = new HashSet<>(changed());
        difference.steps().forEach(step -> touched.add(step.thing()));
        for (Declared thing : target.all(DeclaredKind.BINDING)) {
            Declared.Bond bond = (Declared.Bond) thing;
            Declared.@Nullable Policy policy = target.find(
                            DeclaredKind.TEMPLATE, bond.template().toLowerCase(Locale.ROOT))
                    .map(Declared.Policy.class::cast)
                    .orElse(null);
            if (policy != null
                    && (touched.contains(bond) || touched.contains(policy))
                    && LockOut.isGateOfRules(binding(bond))) {
                LockOut.danger(Prospect.of(
                                new BoundTemplate(binding(bond), policy.template()).requirement(), people(target), now))
                        .ifPresent(sentence -> fault(bond, "", "would-lock-out", sentence));
            }
        }
    }

    /** What is accepted and worth a second look, in the templates and bindings that are new or change. */
    public List<DeclarationFault> warnings() {
        found.clear();
        List<EnvironmentFacts> environments = environments(target);
        for (Declared.Policy policy : changed()) {
            for (Finding warning : TemplateRules.warnings(policy.spec(), environments)) {
                fault(policy, warning.field(), warning.code(), warning.sentence());
            }
        }
        for (Step step : difference.steps()) {
            if (step instanceof Difference.Addition(Declared.Bond bond)) {
                target.find(DeclaredKind.TEMPLATE, bond.template().toLowerCase(Locale.ROOT))
                        .ifPresent(policy -> bond(bond, ((Declared.Policy) policy).spec(), environments));
            }
        }
        return List.copyOf(found);
    }

    private void bond(Declared.Bond bond, TemplateSpec spec, List<EnvironmentFacts> environments) {
        for (Finding warning : BindingRules.warnings(binding(bond), spec, environments)) {
            fault(bond, bond.environmentName() == null ? "" : "to", warning.code(), warning.sentence());
        }
    }

    private static Binding binding(Declared.Bond bond) {
        String target = bond.target();
        return new Binding(
                "",
                bond.template(),
                bond.level(),
                target == null ? null : target.toLowerCase(Locale.ROOT),
                bond.environmentName(),
                bond.actions());
    }

    private static List<EnvironmentFacts> environments(Declaration state) {
        return state.all(DeclaredKind.ENVIRONMENT).stream()
                .map(Declared.Environment.class::cast)
                .map(environment -> new EnvironmentFacts(
                        environment.key(),
                        environment.bareName(),
                        environment.project().toLowerCase(Locale.ROOT),
                        environment.tier(),
                        environment.cluster() == null
                                ? null
                                : environment.cluster().toLowerCase(Locale.ROOT),
                        false))
                .toList();
    }

    private void fault(Declared thing, String field, String code, String sentence) {
        String place = field.isEmpty() ? text.place(thing) : text.place(thing, field);
        found.add(DeclarationFault.of(place, code, sentence));
    }
}
