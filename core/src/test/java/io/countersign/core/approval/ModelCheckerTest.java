package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.approval.ModelChecker.Walk;
import io.countersign.core.generation.Effort;
import io.countersign.core.generation.ForAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of the small worlds keeps every invariant, and for each invariant the faults that would break it are
 * sown, one at a time, into the very classes, and found.
 */
class ModelCheckerTest {

    private static final long STATES = Effort.of(100_000, 3_000_000);
    private static final List<Walk> WALKS = new ArrayList<>();

    @BeforeAll
    static void walkAllSmallWorlds() {
        for (Model model : Models.small()) {
            Walk walk = ModelChecker.walk(model, STATES);
            WALKS.add(walk);
            Effort.tell("model", walk.summary());
        }
    }

    @Test
    void everySmallWorldIsWalkedToItsEnd() {
        assertThat(WALKS).allSatisfy(walk -> {
            assertThat(walk.broken()).isNull();
            assertThat(walk.complete()).as(walk.model()).isTrue();
        });
    }

    @Test
    void everyEventAndEveryRefusalHappensOnTheWay() {
        Set<String> seen = new TreeSet<>();
        WALKS.forEach(walk -> seen.addAll(walk.seen()));
        assertThat(seen)
                .containsAll(names(Event.class.getPermittedSubclasses()))
                .containsAll(names(Refusal.class.getPermittedSubclasses()));
    }

    @Test
    void q1ApprovedExactlyWhenEveryRequirementIsMet() {
        holdsAndIsBrokenByEverySownFault(Invariant.Q1);
    }

    @Test
    void q2NobodyCountsTwiceNorForTwoTeams() {
        holdsAndIsBrokenByEverySownFault(Invariant.Q2);
    }

    @Test
    void q3NobodyOnTheAskingSideCounts() {
        holdsAndIsBrokenByEverySownFault(Invariant.Q3);
    }

    @Test
    void q4EligibilityIsJudgedAgainAtApprovalAndRedemption() {
        holdsAndIsBrokenByEverySownFault(Invariant.Q4);
    }

    @Test
    void q5TheBarOfAnOpenRequestNeverDrops() {
        holdsAndIsBrokenByEverySownFault(Invariant.Q5);
    }

    @Test
    void q6OneEligibleDenialEndsIt() {
        holdsAndIsBrokenByEverySownFault(Invariant.Q6);
    }

    @Test
    void q7AFurtherRuleNeverLetsAnythingThrough() {
        holdsAndIsBrokenByEverySownFault(Invariant.Q7);
    }

    @Test
    void q8AnEscalationOnlyAddsApprovers() {
        holdsAndIsBrokenByEverySownFault(Invariant.Q8);
    }

    @Test
    void l1EveryRequestHasOneEndAndNeverLeavesIt() {
        holdsAndIsBrokenByEverySownFault(Invariant.L1);
    }

    @Test
    void l2AGrantIsMadeOnceAndUsedOnce() {
        holdsAndIsBrokenByEverySownFault(Invariant.L2);
    }

    @Test
    void l3NoVoteIsTakenFromTheDeadlineOn() {
        holdsAndIsBrokenByEverySownFault(Invariant.L3);
    }

    @Test
    void l7AnEndIsInReachFromEveryState() {
        holdsAndIsBrokenByEverySownFault(Invariant.L7);
    }

    @Test
    void b1EveryVoteThatCountsIsOnTheseBytes() {
        holdsAndIsBrokenByEverySownFault(Invariant.B1);
    }

    @Test
    void b2EveryFieldOfTheGrantIsCompared() {
        holdsAndIsBrokenByEverySownFault(Invariant.B2);
    }

    @Test
    void b5AGrantIsGoodForThisOnceUntilItsExpiry() {
        holdsAndIsBrokenByEverySownFault(Invariant.B5);
    }

    @Test
    void g1OnlyAnActiveSessionLetsPassAndAllOfItEndsWithIt() {
        holdsAndIsBrokenByEverySownFault(Invariant.G1);
    }

    @Test
    void t1WhatHasEndedStaysEndedHoweverTheClockJumps() {
        holdsAndIsBrokenByEverySownFault(Invariant.T1);
    }

    @Test
    void noGeneratedWorldBreaksAnInvariant() {
        int worlds = Effort.of(100, 10_000);
        LongAdder transitions = new LongAdder();
        ForAll.examples(worlds, Models::any, model -> {
            Walk walk = ModelChecker.walk(model, Effort.of(300, 3_000));
            transitions.add(walk.transitions());
            assertThat(walk.broken()).isNull();
        });
        Effort.tell(
                "model", String.format("%,d generated worlds, %,d transitions, 0 broken", worlds, transitions.sum()));
    }

    @Test
    void noLargeWorldBreaksAnInvariantAsFarAsItIsWalked() {
        for (Model model : Models.large()) {
            Walk walk = ModelChecker.walk(model, Effort.of(5_000, 400_000));
            Effort.tell("model", walk.summary());
            assertThat(walk.broken()).isNull();
        }
    }

    private static void holdsAndIsBrokenByEverySownFault(Invariant invariant) {
        assertThat(WALKS).allSatisfy(walk -> assertThat(walk.broken()).isNull());
        List<Mutant> sown = Mutants.all().stream()
                .filter(mutant -> mutant.breaks() == invariant)
                .toList();
        assertThat(sown)
                .isNotEmpty()
                .allSatisfy(mutant ->
                        assertThat(mutant.hunted(STATES)).as(mutant.what()).isNotNull());
    }

    private static List<String> names(Class<?>[] types) {
        return Stream.of(types).map(Class::getSimpleName).toList();
    }
}
