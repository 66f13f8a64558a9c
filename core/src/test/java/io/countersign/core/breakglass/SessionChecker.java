package io.countersign.core.breakglass;

import static io.countersign.core.breakglass.Emergency.ANN;
import static io.countersign.core.breakglass.Emergency.BOB;
import static io.countersign.core.breakglass.Emergency.CLUSTER;
import static io.countersign.core.breakglass.Emergency.GIT;
import static io.countersign.core.breakglass.Emergency.PRODUCTION;
import static io.countersign.core.breakglass.Emergency.ROBOT;
import static io.countersign.core.breakglass.Emergency.STAGING;
import static io.countersign.core.breakglass.Emergency.START;

import io.countersign.core.action.Ask;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.breakglass.SessionScope.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks every interleaving of the life of a session, breadth first, with the very {@link Session} that the server judges by:
 * its opening is approved or not, time passes, it is revoked, its owner and the maximum come and go, and everybody asks for
 * everything at every moment. What it answers is compared with what the history says, told without {@link Session}.
 */
public final class SessionChecker {

    /** What must hold of every answer, whatever happened before. */
    public enum Law {
        /** Nothing passes without a session that is active, its owner's, and for this. */
        G1,
        /** Whatever passes carries the session, the reason, the incident and the end. */
        G2,
        /** A session is never extended, widened, nor used for rules and sessions. */
        G3,
        /** It ends at its time, and once it has ended it stays so. */
        G4,
        /** An end that was written down is the same whatever the clock and the maximum are later. */
        T1
    }

    private static final Duration LENGTH = Duration.ofMinutes(60);
    private static final Duration LOWERED = Duration.ofMinutes(40);
    private static final List<Integer> MOMENTS = List.of(0, 20, 40, 60, 80);

    /** The scope as somebody would have made it who got past every form. */
    private static final Set<String> ACTIONS =
            Set.of("release.deploy", "cluster.restart", "breakglass.initiate", "policy.change");

    private static final SessionScope NARROW = new SessionScope(
            ACTIONS,
            Set.of(
                    new Target(ResourceLevel.ENVIRONMENT, "env-production"),
                    new Target(ResourceLevel.CLUSTER, "cluster-other")));
    private static final SessionScope WIDE =
            new SessionScope(ACTIONS, Set.of(new Target(ResourceLevel.ORGANIZATION, "org-1")));

    /**
     * What has happened so far; minutes, or -1 for never.
     *
     * @param approvedAt when its opening was approved
     * @param endedAt when it was written down that it was ended early
     * @param most the lowest maximum there has been
     */
    private record World(
            boolean wide,
            int now,
            int approvedAt,
            int endedAt,
            @Nullable EndCause cause,
            boolean active,
            boolean permitted,
            int most) {

        World at(int moment) {
            return new World(wide, moment, approvedAt, endedAt, cause, active, permitted, most);
        }

        World endedAt(int moment, EndCause why) {
            return new World(wide, now, approvedAt, moment, why, active, permitted, most);
        }

        Session session() {
            return new Session(
                    "bgs-1",
                    1,
                    "ann",
                    "the shop is down",
                    "INC-1",
                    wide ? WIDE : NARROW,
                    LENGTH,
                    approvedAt < 0 ? new Opening.Awaited() : new Opening.Approved(minute(approvedAt)),
                    cause == null ? null : new Session.End(minute(endedAt), cause));
        }

        /** Told from the scope as its maker meant it: rules and sessions are in none. */
        boolean reaches(Ask ask) {
            String action = ask.action().id();
            return wide
                    ? action.equals("release.deploy") || action.equals("cluster.restart")
                    : action.equals("release.deploy") && ask.resource().equals(PRODUCTION);
        }

        /** Told from the history alone: whether it is active at this moment. */
        boolean runs() {
            return approvedAt >= 0
                    && now >= approvedAt
                    && now < approvedAt + Math.min((int) LENGTH.toMinutes(), most)
                    && cause == null
                    && active
                    && permitted;
        }

        Instant end() {
            return minute(approvedAt + Math.min((int) LENGTH.toMinutes(), most));
        }
    }

    private final Map<World, String> ways = new HashMap<>();
    private final Queue<World> open = new ArrayDeque<>();
    private long answers;

    private SessionChecker() {}

    /** How many worlds there were, how many answers, and what was broken first, if anything was. */
    record Walk(int worlds, long answers, @Nullable String broken) {}

    static Walk walk() {
        return new SessionChecker().walk(Set.of(Law.values()));
    }

    /** What breaks this law first, or nothing: called by name, across class loaders. */
    public static @Nullable String hunt(String law) {
        return new SessionChecker().walk(Set.of(Law.valueOf(law))).broken();
    }

    private Walk walk(Set<Law> watched) {
        arrive(new World(false, 0, -1, -1, null, true, true, 60), "requested");
        arrive(new World(true, 0, -1, -1, null, true, true, 60), "requested wide");
        while (!open.isEmpty()) {
            World world = open.remove();
            for (Law law : Law.values()) {
                String broken = watched.contains(law) ? breaks(law, world) : null;
                if (broken != null) {
                    return new Walk(ways.size(), answers, law + ": " + broken + " after " + ways.get(world));
                }
            }
            moves(world);
        }
        return new Walk(ways.size(), answers, null);
    }

    private void moves(World world) {
        String way = ways.get(world);
        int next = MOMENTS.indexOf(world.now()) + 1;
        if (next < MOMENTS.size()) {
            arrive(world.at(MOMENTS.get(next)), way + ", time passes");
        }
        if (world.approvedAt() < 0) {
            arrive(
                    new World(
                            world.wide(),
                            world.now(),
                            world.now(),
                            world.endedAt(),
                            world.cause(),
                            world.active(),
                            world.permitted(),
                            world.most()),
                    way + ", approved");
        }
        int end = world.approvedAt() + Math.min((int) LENGTH.toMinutes(), world.most());
        if (world.cause() == null && world.approvedAt() >= 0 && world.now() >= end) {
            EndCause cause = world.most() < LENGTH.toMinutes() ? EndCause.MAXIMUM_LOWERED : EndCause.TIME;
            arrive(world.endedAt(end, cause), way + ", its end written down");
        }
        if (world.cause() == null && (world.approvedAt() < 0 || world.now() < end)) {
            arrive(ended(world, EndCause.REVOKED, world.active(), world.permitted()), way + ", revoked");
        }
        arrive(
                world.runs()
                        ? ended(world, EndCause.OWNER_DISABLED, false, world.permitted())
                        : with(world, false, world.permitted(), world.most()),
                way + ", disabled");
        arrive(with(world, true, world.permitted(), world.most()), way + ", enabled");
        arrive(
                world.runs()
                        ? ended(world, EndCause.PERMISSION_TAKEN, world.active(), false)
                        : with(world, world.active(), false, world.most()),
                way + ", permission taken");
        arrive(with(world, world.active(), true, world.most()), way + ", permission given");
        arrive(with(world, world.active(), world.permitted(), (int) LOWERED.toMinutes()), way + ", maximum lowered");
    }

    private static World ended(World world, EndCause cause, boolean active, boolean permitted) {
        return new World(
                world.wide(), world.now(), world.approvedAt(), world.now(), cause, active, permitted, world.most());
    }

    private static World with(World world, boolean active, boolean permitted, int most) {
        return new World(
                world.wide(), world.now(), world.approvedAt(), world.endedAt(), world.cause(), active, permitted, most);
    }

    private void arrive(World world, String way) {
        if (ways.putIfAbsent(world, way) == null) {
            open.add(world);
        }
    }

    private @Nullable String breaks(Law law, World world) {
        OwnerNow owner = new OwnerNow(world.active(), world.permitted());
        Duration most = Duration.ofMinutes(world.most());
        Instant now = minute(world.now());
        if (law == Law.G4) {
            return lifeBreaks(world, owner, most, now);
        }
        if (law == Law.T1) {
            return writtenEndBreaks(world);
        }
        for (Ask ask : asks()) {
            answers++;
            Passage passage = world.session().judge(ask, Emergency.place(ask.resource()), owner, most, now);
            if (passage instanceof Passage.Lets lets) {
                boolean right = switch (law) {
                    case G1 -> world.runs() && his(ask) && inPlace(world, ask);
                    case G2 ->
                        lets.bypass().sessionId().equals("bgs-1")
                                && lets.bypass().sessionName().equals("BG-1")
                                && lets.bypass().justification().equals("the shop is down")
                                && lets.bypass().incident().equals("INC-1");
                    case G3 ->
                        world.reaches(ask)
                                && !lets.bypass().until().isAfter(world.end())
                                && !lets.bypass()
                                        .until()
                                        .isAfter(minute(world.approvedAt()).plus(LENGTH));
                    case G4, T1 -> true;
                };
                if (!right) {
                    return "lets " + ask.caller().id() + " for " + ask.subject().id() + " do "
                            + ask.action().id()
                            + " on " + ask.resource().id() + " at +" + world.now() + " until "
                            + lets.bypass().until();
                }
            } else if (law == Law.G1 && world.runs() && his(ask) && world.reaches(ask)) {
                return "refuses its owner at +" + world.now();
            }
        }
        return null;
    }

    /** The state is what the history says, and once over it is never active again at any later moment. */
    private @Nullable String lifeBreaks(World world, OwnerNow owner, Duration most, Instant now) {
        SessionState state = world.session().stateAt(now, owner, most);
        answers++;
        boolean active = state instanceof SessionState.Active;
        if (active != world.runs()) {
            return state + " at +" + world.now();
        }
        boolean over = state instanceof SessionState.Ended ended
                && ended.cause() != EndCause.OWNER_DISABLED
                && ended.cause() != EndCause.PERMISSION_TAKEN;
        if (over || world.cause() != null) {
            for (int later : MOMENTS) {
                if (later >= world.now()
                        && world.session().stateAt(minute(later), Emergency.THERE, most)
                                instanceof SessionState.Active) {
                    return "revived at +" + later;
                }
            }
        }
        boolean begun = world.approvedAt() >= 0 && world.now() > world.approvedAt();
        boolean ranOnce = begun && (world.cause() == null || world.endedAt() > world.approvedAt());
        return ranOnce && !active && world.active() && world.permitted() && !(state instanceof SessionState.Ended)
                ? state + " owes nothing at +" + world.now()
                : null;
    }

    /** At every moment, earlier ones too, for any maximum and any owner, it has ended when and why that was written down. */
    private @Nullable String writtenEndBreaks(World world) {
        if (world.cause() == null || world.approvedAt() < 0 || world.endedAt() <= world.approvedAt()) {
            return null;
        }
        SessionState written =
                new SessionState.Ended(minute(world.approvedAt()), minute(world.endedAt()), world.cause());
        for (int moment : MOMENTS) {
            for (Duration most : List.of(LENGTH, LOWERED, Duration.ofMinutes(10))) {
                answers++;
                SessionState state = world.session().stateAt(minute(moment), Emergency.THERE, most);
                if (moment >= world.approvedAt() ? !state.equals(written) : state instanceof SessionState.Active) {
                    return state + " at +" + moment + " with a maximum of " + most + " instead of " + written;
                }
            }
        }
        return null;
    }

    private static boolean his(Ask ask) {
        return ask.subject().equals(ANN) && ask.caller().kind() != PrincipalKind.AGENT;
    }

    private static boolean inPlace(World world, Ask ask) {
        return world.wide() || ask.resource().equals(PRODUCTION);
    }

    private static List<Ask> asks() {
        Resource organization = Resource.of(ResourceLevel.ORGANIZATION, "org-1");
        List<Ask> asks = new ArrayList<>();
        for (var subject : List.of(ANN, BOB, ROBOT)) {
            for (var caller : List.of(ANN, BOB, GIT, ROBOT)) {
                asks.add(Emergency.ask(subject, caller, "release.deploy", PRODUCTION));
                asks.add(Emergency.ask(subject, caller, "release.deploy", STAGING));
                asks.add(Emergency.ask(subject, caller, "rollback.execute", PRODUCTION));
                asks.add(Emergency.ask(subject, caller, "cluster.restart", CLUSTER));
                asks.add(Emergency.ask(subject, caller, "breakglass.initiate", organization));
                asks.add(Emergency.ask(subject, caller, "policy.change", organization));
            }
        }
        return asks;
    }

    private static Instant minute(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }
}
