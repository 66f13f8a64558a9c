package io.countersign.core.approval;

import io.countersign.core.action.Subject;
import io.countersign.core.approval.OwnChanges.Membership;
import io.countersign.core.generation.Choices;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.VoteReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The small worlds, each about one matter, and the larger ones of a campaign. */
final class Models {

    private static final Subject ROBOT = Story.agent("robot");
    private static final Subject GIT = Story.agent("git");
    private static final Parties RITA_ASKS = Story.askedBy(Story.RITA);

    private Models() {}

    static List<Model> small() {
        return List.of(
                grants(),
                rules(),
                membership(),
                distinctTeams(),
                askingPerson(),
                askingAccount(),
                ownChanges(),
                escalation(),
                emergency(),
                clock());
    }

    /** Two sessions that let it pass, for a while each, while people vote and rules come and go. */
    private static Model emergency() {
        Demand gate = Demand.by("a").users("ann", "bob").approvals(2);
        return new Model("emergency", Staff.of("rita", "ann", "bob"), RITA_ASKS)
                .inForce(gate)
                .inForce(gate, Demand.by("b").users("bob"))
                .moments(Duration.ofMinutes(20), Duration.ofMinutes(40))
                .voters("ann", "bob")
                .sessions(ROBOT, session("long", 40), session("short", 20))
                .tries(new Command.Revoke("sam", true));
    }

    private static Bypass session(String id, int minutes) {
        return new Bypass(id, "BG-" + id, "the shop is down", "INC-1", Story.START.plus(Duration.ofMinutes(minutes)));
    }

    /** A world as it comes: people, rules and what changes about them are drawn. */
    static Model any(Choices choices) {
        Staff staff = World.staff(choices);
        Parties parties = World.parties(choices);
        Model model = new Model("generated", staff, parties);
        Demand gate = World.demand(choices, "a");
        model.inForce(gate);
        if (choices.coin()) {
            model.inForce(gate, World.demand(choices, "b"));
        }
        if (choices.onceIn(3)) {
            model.inForce();
        }
        int changes = choices.below(3);
        for (int i = 0; i < changes; i++) {
            World.Happening happening = World.happening(choices);
            model.canChange(
                    happening.toString(),
                    happening::befalls,
                    choices.onceIn(3) ? World.own(choices, List.of(gate.build())) : OwnChanges.none());
        }
        return model.moments(Duration.ofMinutes(30))
                .voters(choices.someOf(World.PEOPLE, 2).toArray(String[]::new))
                .redeems();
    }

    static List<Model> large() {
        return List.of(everything());
    }

    /** One approval, and then everything that can be tried with the grant, in and out of time. */
    private static Model grants() {
        return new Model("grants", Staff.of("rita", "ann", "bob"), RITA_ASKS)
                .inForce(Demand.by("a")
                        .users("ann", "bob")
                        .note(VoteReason.ON_DENY)
                        .grantValidFor(Duration.ofMinutes(30))
                        .expiresAfter(Duration.ofHours(1)))
                .canChange("ann is gone", staff -> staff.deactivate("ann"))
                .moments(Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(2))
                .voters("ann", "bob")
                .redeemers(GIT)
                .tries(
                        new Command.Strike("vote-ann"),
                        new Command.Cast("vote-bob", "bob", Vote.Kind.DENY, "no", Story.DIGEST, false));
    }

    /** Rules that come, change and go while people vote. */
    private static Model rules() {
        Demand gate = Demand.by("a").users("ann", "bob").approvals(2);
        Demand weaker = Demand.by("a").users("ann", "bob").version(2);
        Demand second = Demand.by("b").users("cem").grantValidFor(Duration.ofMinutes(20));
        return new Model("rules", Staff.of("rita", "ann", "bob", "cem"), RITA_ASKS)
                .inForce(gate)
                .inForce(gate, second)
                .inForce(weaker)
                .inForce()
                .moments(Duration.ofMinutes(30))
                .voters("ann", "bob", "cem")
                .redeems();
    }

    /** People who leave, come back and come anew, with required places of every kind. */
    private static Model membership() {
        Staff staff = Staff.of("rita", "ann", "bob", "cem")
                .team("sre", "ann", "bob")
                .team("sec", "bob")
                .team("all")
                .below("sec", "all")
                .give("cem", "lead");
        Demand gate = Demand.by("a")
                .teams("sre")
                .requiredTeams("all")
                .requiredRoles("lead")
                .approvals(2);
        return new Model("membership", staff, RITA_ASKS)
                .inForce(gate)
                .canChange("ann has left sre", some -> some.leave("ann", "sre"))
                .canChange("ann has joined sec", some -> some.join("ann", "sec"))
                .canChange("bob is inactive", some -> some.deactivate("bob"))
                .canChange("cem is no lead", some -> some.take("cem", "lead"))
                .canChange("sec is dissolved", some -> some.dissolve("sec"))
                .voters("ann", "bob", "cem")
                .redeems();
    }

    /** Approvals from two teams, of people who are in both. */
    private static Model distinctTeams() {
        Staff staff =
                Staff.of("rita", "ann", "bob", "cem").team("sre", "ann", "bob").team("sec", "ann", "cem");
        return new Model("distinct teams", staff, RITA_ASKS)
                .inForce(Demand.by("a").teams("sre", "sec").distinctTeams(2))
                .canChange("cem has left sec", some -> some.leave("cem", "sec"))
                .canChange("bob has joined sec", some -> some.join("bob", "sec"))
                .canChange("sec is not distinct", some -> some.notDistinct("sec"))
                .voters("ann", "bob", "cem")
                .redeems();
    }

    /** A person asks through an enforcement point; one rule lets him approve and one does not. */
    private static Model askingPerson() {
        Parties parties = new Parties(Story.RITA, Story.person("carl"), Set.of(), "abe", "tom", Set.of("rita", "eve"));
        return new Model("asking person", Staff.of("rita", "carl", "abe", "tom", "eve", "ann"), parties)
                .inForce(
                        Demand.by("a").roles("developer").requesterCanApprove(),
                        Demand.by("b").roles("developer").approvals(1))
                .voters("rita", "carl", "abe", "tom", "eve", "ann")
                .redeems();
    }

    /** An account asks; its owners may approve by one rule and not by the other. */
    private static Model askingAccount() {
        Parties parties = new Parties(ROBOT, GIT, Set.of("owen", "olga"), "abe", null, Set.of("eve"));
        return new Model("asking account", Staff.of("owen", "olga", "abe", "eve", "ann"), parties)
                .inForce(
                        Demand.by("a").roles("developer").requesterCanApprove().approvals(2),
                        Demand.by("b").roles("developer"))
                .voters("owen", "olga", "abe", "eve", "ann", "robot")
                .redeems();
    }

    /** The requester gives a team, a role, an account and a password, and edits the rule. */
    private static Model ownChanges() {
        Staff staff = Staff.of("rita", "ann", "bob").team("sre", "bob").team("sec");
        Demand gate = Demand.by("a")
                .teams("sre")
                .roles("lead")
                .users("eve")
                .requiredTeams("sec")
                .approvals(1);
        return new Model("own changes", staff, RITA_ASKS)
                .inForce(gate)
                .canChange(
                        "rita has put ann into sre and sec",
                        some -> some.join("ann", "sre").join("ann", "sec"),
                        own(Set.of(), Set.of(new Membership("ann", "sre"), new Membership("ann", "sec")), Set.of()))
                .canChange(
                        "rita has made ann lead",
                        some -> some.give("ann", "lead"),
                        own(Set.of(), Set.of(), Set.of(new Membership("ann", "lead"))))
                .canChange("an admin has put bob into sec", some -> some.join("bob", "sec"))
                .canChange(
                        "rita has reset bob's password",
                        some -> some.credentialFrom("bob", "rita"),
                        new OwnChanges(Set.of(), Set.of(), Set.of(), Set.of(), Set.of("rita"), Map.of()))
                .canChange(
                        "rita has edited the rule",
                        _ -> {},
                        OwnChanges.none()
                                .withRulesBefore(Map.of(
                                        gate.build().id(),
                                        Demand.by("a").users("ann").build())))
                .voters("ann", "bob")
                .redeems();
    }

    /** The time of an escalation comes, also for people on the asking side. */
    private static Model escalation() {
        Demand gate = Demand.by("a")
                .users("ann", "bob")
                .approvals(2)
                .expiresAfter(Duration.ofMinutes(20))
                .escalates(Duration.ofMinutes(10), new Approvers(Set.of("cem", "rita"), Set.of(), Set.of()));
        return new Model("escalation", Staff.of("rita", "ann", "bob", "cem"), RITA_ASKS)
                .inForce(gate, Demand.by("b").users("cem", "ann"))
                .canChange("ann is inactive", some -> some.deactivate("ann"))
                .moments(Duration.ofMinutes(10), Duration.ofMinutes(20))
                .voters("rita", "ann", "bob", "cem")
                .redeems();
    }

    /** The clock goes back and forth over an escalation, the deadline and the end of the grant. */
    private static Model clock() {
        Demand gate = Demand.by("a")
                .users("ann")
                .expiresAfter(Duration.ofMinutes(20))
                .grantValidFor(Duration.ofMinutes(40))
                .escalates(Duration.ofMinutes(10), new Approvers(Set.of("cem"), Set.of(), Set.of()));
        return new Model("clock", Staff.of("rita", "ann", "cem"), RITA_ASKS)
                .inForce(gate)
                .canChange("ann is inactive", some -> some.deactivate("ann"))
                .moments(
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(20),
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(40),
                        Duration.ofMinutes(70))
                .clockJumpsBack()
                .voters("ann", "cem")
                .redeems()
                .tries(new Command.Report(Story.RITA, false, Outcome.Result.SUCCEEDED));
    }

    /** All matters at once. */
    private static Model everything() {
        Staff staff = Staff.of("rita", "ann", "bob", "cem", "dan")
                .team("sre", "ann", "bob")
                .team("sec", "bob", "cem")
                .give("dan", "lead");
        Demand gate = Demand.by("a")
                .teams("sre", "sec")
                .distinctTeams(2)
                .expiresAfter(Duration.ofMinutes(60))
                .grantValidFor(Duration.ofMinutes(40))
                .escalates(Duration.ofMinutes(30), new Approvers(Set.of("rita"), Set.of(), Set.of("lead")));
        Demand second = Demand.by("b").roles("lead").users("rita").requesterCanApprove();
        return new Model("everything", staff, RITA_ASKS)
                .inForce(gate)
                .inForce(gate, second)
                .inForce()
                .canChange("ann has left sre", some -> some.leave("ann", "sre"))
                .canChange("dan has joined sec", some -> some.join("dan", "sec"))
                .canChange("bob is inactive", some -> some.deactivate("bob"))
                .moments(Duration.ofMinutes(30), Duration.ofMinutes(60), Duration.ofMinutes(120))
                .voters("rita", "ann", "bob", "cem", "dan")
                .redeemers(GIT);
    }

    private static OwnChanges own(Set<String> accounts, Set<Membership> teams, Set<Membership> roles) {
        return new OwnChanges(accounts, teams, roles, Set.of(), Set.of(), Map.of());
    }
}
