package io.countersign.server.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.approval.Vote;
import io.countersign.server.approval.Inbox.Row;
import io.countersign.server.approval.Inbox.View;
import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Campaign;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.TestServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** For everybody and every request, the list of what he can approve and the flag say what his vote is answered. */
@Tag("campaign")
class ForMeTest {

    private static final int WORLDS = Campaign.of(1_000, 10_000);

    /** Each lane has a server, a database and a simulated clock of its own, so that a seed always draws the same worlds. */
    private static final int LANES = 2;

    private final LongAdder votes = new LongAdder();
    private final LongAdder taken = new LongAdder();

    @Test
    void theListAndTheFlagSayWhatTheVoteAnswers() throws Exception {
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Future<?>> running = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int mine = lane;
                running.add(lanes.submit(() -> judgeLane(mine)));
            }
            for (Future<?> lane : running) {
                lane.get();
            }
        }
        assertThat(taken.sum()).isGreaterThan(WORLDS / 2);
        assertThat(votes.sum() - taken.sum()).isGreaterThan(WORLDS / 2);
        Campaign.tell("for me", WORLDS + " worlds, " + votes + " votes tried, " + taken + " taken, 0 differences");
    }

    private void judgeLane(int lane) {
        try (TestServer server = TestServer.simulated(Instant.parse("2026-03-02T00:20:00Z"))) {
            for (int world = lane; world < WORLDS; world += LANES) {
                SplittableRandom chance = new SplittableRandom(Campaign.seed() * 1_000_003 + world);
                judge(server, new Hamlet(server, chance, world), world);
            }
        }
    }

    private void judge(TestServer server, Hamlet hamlet, int world) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            hamlet.ask("payload " + i).ifPresent(numbers::add);
        }
        for (String number : numbers) {
            if (hamlet.oneIn(2)) {
                cast(server, hamlet.caller(hamlet.oneOf(hamlet.people())), number, true);
            }
        }
        while (!hamlet.oneIn(4)) {
            if (hamlet.oneIn(3)) {
                hamlet.timePasses();
            } else {
                hamlet.happen();
            }
        }
        for (String person : hamlet.people()) {
            compare(server, hamlet, person, world);
        }
    }

    private void compare(TestServer server, Hamlet hamlet, String person, int world) {
        Caller caller = hamlet.caller(person);
        Rulebook rulebook = server.bean(TransactionTemplate.class)
                .execute(_ -> server.bean(Rulebooks.class).hold(hamlet.org()));
        List<Row> pending = page(server, rulebook, person, View.PENDING);
        Set<String> mine = new HashSet<>();
        page(server, rulebook, person, View.MINE)
                .forEach(row -> mine.add(row.stored().name()));
        assertThat(server.bean(Inbox.class)
                        .counts(rulebook, person, InboxFilter.everything())
                        .mine())
                .isEqualTo(mine.size());
        for (Row row : pending) {
            String number = row.stored().name();
            boolean accepted = cast(server, caller, number, false);
            votes.increment();
            taken.add(accepted ? 1 : 0);
            assertThat(new Told(row.canApprove(), mine.contains(number)))
                    .as(
                            "world %s: %s on %s, whose vote is %s\n  %s",
                            world, person, number, accepted ? "taken" : "refused", hamlet.story())
                    .isEqualTo(new Told(accepted, accepted));
        }
    }

    private record Told(boolean byTheFlag, boolean byTheList) {}

    private static List<Row> page(TestServer server, Rulebook rulebook, String person, View view) {
        return server.bean(Inbox.class)
                .page(
                        rulebook,
                        person,
                        new Inbox.Wanted(
                                view, InboxFilter.everything(), InboxOrder.NEWEST, InboxOrder.NEWEST.start(), 50))
                .rows();
    }

    /** Whether the vote is taken; it is undone afterwards unless it is to be kept. */
    private static boolean cast(TestServer server, Caller caller, String number, boolean kept) {
        Actor actor = Actor.of(caller, "api", "test");
        return server.bean(TransactionTemplate.class).execute(transaction -> {
            if (!kept) {
                transaction.setRollbackOnly();
            }
            try {
                StoredRequest stored = server.bean(Approvals.class)
                        .find(caller.organizationId(), number)
                        .orElseThrow();
                server.bean(Voting.class)
                        .vote(
                                caller,
                                actor,
                                number,
                                Vote.Kind.APPROVE,
                                "fine",
                                stored.request().ask().digest());
                return true;
            } catch (ProblemException refused) {
                transaction.setRollbackOnly();
                return false;
            }
        });
    }
}
