package io.countersign.core.approval;

import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Subject;
import io.countersign.core.policy.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small world of which every interleaving is walked: who is there, what can change about them, which sets of rules can be in
 * force, at which moments, and what everybody may try.
 */
final class Model {

    /** Something about the world that can change, and change back, at any time. */
    record Switch(String name, Consumer<Staff> change, OwnChanges own) {}

    private final String name;
    private final Staff staff;
    private final Parties parties;
    private final List<Switch> switches = new ArrayList<>();
    private final List<List<Requirement>> rules = new ArrayList<>();
    private final List<Duration> moments = new ArrayList<>(List.of(Duration.ZERO));
    private final List<Command> commands = new ArrayList<>();
    private final Map<Facts, Circumstances> known = new HashMap<>();
    private int grants = 2;
    private boolean clockJumpsBack;

    /**
     * What is so in the world at one moment.
     *
     * @param switched which switches are on, bit by bit
     * @param rules which set of rules is in force
     * @param moment how far the clock has come
     * @param granted how many grants have been made
     */
    record Facts(int switched, int rules, int moment, int granted) {}

    Model(String name, Staff staff, Parties parties) {
        this.name = name;
        this.staff = staff;
        this.parties = parties;
        commands.add(new Command.Review());
    }

    /** One set of rules that may be in force; the first one is at the opening. */
    Model inForce(Demand... demands) {
        rules.add(List.of(demands).stream().map(Demand::build).toList());
        return this;
    }

    Model canChange(String what, Consumer<Staff> change) {
        switches.add(new Switch(what, change, OwnChanges.none()));
        return this;
    }

    Model canChange(String what, Consumer<Staff> change, OwnChanges own) {
        switches.add(new Switch(what, change, own));
        return this;
    }

    Model moments(Duration... later) {
        moments.addAll(List.of(later));
        return this;
    }

    /** The clock may also go back by any number of its moments. */
    Model clockJumpsBack() {
        clockJumpsBack = true;
        return this;
    }

    Model grants(int most) {
        grants = most;
        return this;
    }

    /** These people try to approve, deny and withdraw, and also to approve what they were not shown. */
    Model voters(String... people) {
        for (String person : people) {
            String vote = "vote-" + person;
            commands.add(new Command.Cast(vote, person, Vote.Kind.APPROVE, null, Story.DIGEST, false));
            commands.add(new Command.Cast(vote, person, Vote.Kind.APPROVE, null, Story.OTHER_DIGEST, false));
            commands.add(new Command.Cast(vote, person, Vote.Kind.DENY, null, Story.DIGEST, false));
            commands.add(new Command.Withdraw(person));
        }
        return this;
    }

    Model tries(Command... more) {
        commands.addAll(List.of(more));
        return this;
    }

    /** All that can be tried with a grant: as it was given, with each field wrong, by others, again, and its end. */
    Model redeemers(Subject stranger) {
        Subject subject = parties.subject();
        Resource elsewhere = Resource.of(ResourceLevel.ENVIRONMENT, "env-staging");
        commands.add(redeem(
                "org-1", "execution-1", subject, false, subject, "release.deploy", Story.PRODUCTION, Story.DIGEST));
        commands.add(redeem(
                "org-1", "execution-2", subject, false, subject, "release.deploy", Story.PRODUCTION, Story.DIGEST));
        commands.add(redeem(
                "org-1", "execution-1", stranger, true, subject, "release.deploy", Story.PRODUCTION, Story.DIGEST));
        commands.add(redeem(
                "org-1", "execution-3", stranger, false, subject, "release.deploy", Story.PRODUCTION, Story.DIGEST));
        commands.add(redeem(
                "org-2", "execution-1", subject, false, subject, "release.deploy", Story.PRODUCTION, Story.DIGEST));
        commands.add(redeem(
                "org-1", "execution-1", stranger, true, stranger, "release.deploy", Story.PRODUCTION, Story.DIGEST));
        commands.add(redeem(
                "org-1", "execution-1", subject, false, subject, "rollback.execute", Story.PRODUCTION, Story.DIGEST));
        commands.add(
                redeem("org-1", "execution-1", subject, false, subject, "release.deploy", elsewhere, Story.DIGEST));
        commands.add(redeem(
                "org-1",
                "execution-1",
                subject,
                false,
                subject,
                "release.deploy",
                Story.PRODUCTION,
                Story.OTHER_DIGEST));
        commands.add(new Command.Report(subject, false, Outcome.Result.SUCCEEDED));
        commands.add(new Command.Report(stranger, false, Outcome.Result.FAILED));
        commands.add(new Command.Report(stranger, true, Outcome.Result.FAILED));
        commands.add(new Command.Revoke(subject.id(), false));
        commands.add(new Command.Revoke(stranger.id(), false));
        commands.add(new Command.Revoke(stranger.id(), true));
        commands.add(new Command.Supersede("AR-2"));
        commands.add(new Command.Cancel(subject.id()));
        commands.add(new Command.Cancel(stranger.id()));
        return this;
    }

    /** Sessions that let it pass until some moment, and redemptions with what they say then, or nothing, or by an agent. */
    Model sessions(Subject agent, Bypass... sessions) {
        Subject subject = parties.subject();
        for (Bypass session : sessions) {
            commands.add(new Command.LetPass(session));
            commands.add(redeem(subject, session));
        }
        commands.add(redeem(subject, null));
        commands.add(redeem(agent, sessions[0]));
        return this;
    }

    private Command redeem(Subject caller, @Nullable Bypass bypass) {
        return new Command.Redeem(
                "org-1",
                "execution-1",
                caller,
                true,
                parties.subject(),
                "release.deploy",
                Story.PRODUCTION,
                Story.DIGEST,
                bypass);
    }

    /** Just the honest redemption, for worlds that are about something else. */
    Model redeems() {
        Subject subject = parties.subject();
        commands.add(redeem(
                "org-1", "execution-1", subject, false, subject, "release.deploy", Story.PRODUCTION, Story.DIGEST));
        return this;
    }

    private static Command redeem(
            String organization,
            String execution,
            Subject caller,
            boolean forOthers,
            Subject subject,
            String action,
            Resource resource,
            PayloadDigest digest) {
        return new Command.Redeem(organization, execution, caller, forOthers, subject, action, resource, digest);
    }

    String name() {
        return name;
    }

    List<Command> commands() {
        return commands;
    }

    List<List<Requirement>> rules() {
        return rules;
    }

    ApprovalRequest opened() {
        return ApprovalRequest.open("request-1", Story.ask(parties), parties, rules.getFirst(), Story.START);
    }

    /** Whether another grant may still be made; without a bound, reopening would go on for ever. */
    boolean mayGrantMore(Facts facts) {
        return facts.granted() < grants;
    }

    Instant at(Facts facts) {
        return Story.START.plus(moments.get(facts.moment()));
    }

    /** Every way in which the world, and not somebody's command, can move on. */
    List<Facts> moves(Facts facts) {
        List<Facts> moves = new ArrayList<>();
        for (int i = 0; i < switches.size(); i++) {
            moves.add(new Facts(facts.switched() ^ 1 << i, facts.rules(), facts.moment(), facts.granted()));
        }
        for (int i = 0; i < rules.size(); i++) {
            if (i != facts.rules()) {
                moves.add(new Facts(facts.switched(), i, facts.moment(), facts.granted()));
            }
        }
        if (facts.moment() + 1 < moments.size()) {
            moves.add(new Facts(facts.switched(), facts.rules(), facts.moment() + 1, facts.granted()));
        }
        for (int earlier = 0; clockJumpsBack && earlier < facts.moment(); earlier++) {
            moves.add(new Facts(facts.switched(), facts.rules(), earlier, facts.granted()));
        }
        return moves;
    }

    Circumstances circumstances(Facts facts) {
        return known.computeIfAbsent(facts, this::made);
    }

    String describe(Facts facts) {
        List<String> on = new ArrayList<>();
        for (int i = 0; i < switches.size(); i++) {
            if ((facts.switched() >> i & 1) == 1) {
                on.add(switches.get(i).name());
            }
        }
        return "at +" + moments.get(facts.moment()) + ", rules " + facts.rules() + ", " + on;
    }

    @Override
    public String toString() {
        return name + " of " + parties + ", " + rules + ", " + switches;
    }

    private Circumstances made(Facts facts) {
        Staff present = staff.copy();
        OwnChanges own = OwnChanges.none();
        for (int i = 0; i < switches.size(); i++) {
            if ((facts.switched() >> i & 1) == 1) {
                switches.get(i).change().accept(present);
                own = joined(own, switches.get(i).own());
            }
        }
        return new Circumstances(
                present.people(),
                own,
                rules.get(facts.rules()),
                Optional.empty(),
                "grant-" + (facts.granted() + 1),
                at(facts));
    }

    private static OwnChanges joined(OwnChanges one, OwnChanges other) {
        Map<String, Requirement> before = new HashMap<>(one.rulesBefore());
        before.putAll(other.rulesBefore());
        return new OwnChanges(
                union(one.accounts(), other.accounts()),
                union(one.teams(), other.teams()),
                union(one.roles(), other.roles()),
                union(one.nestings(), other.nestings()),
                union(one.makers(), other.makers()),
                before);
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        Set<T> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }
}
