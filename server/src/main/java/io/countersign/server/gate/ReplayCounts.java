package io.countersign.server.gate;

import io.countersign.core.gate.Decision;
import io.countersign.core.gate.Trial.Shift;

/**
 * Recorded asks, counted by what the rules say to them.
 *
 * @param asks all of them
 * @param repeats those that found a request opened by an equal ask before
 * @param heldNow held by the rules in force
 * @param wouldHold held by the rules as they would be
 * @param newlyHeld held then, not held now
 * @param noLongerHeld held now, permitted then
 * @param heldDifferently held both ways, by other demands
 * @param newlyRefused refused then for want of a reason, not refused now
 * @param noLongerRefused refused now, permitted then
 * @param applies those to which a tried rule applies
 * @param couldNotBeMet held then by a tried rule that nobody could have met
 */
record ReplayCounts(
        long asks,
        long repeats,
        long heldNow,
        long wouldHold,
        long newlyHeld,
        long noLongerHeld,
        long heldDifferently,
        long newlyRefused,
        long noLongerRefused,
        long applies,
        long couldNotBeMet) {

    static final ReplayCounts NONE = new ReplayCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static ReplayCounts of(ReplayJudgement judged) {
        return new ReplayCounts(
                1,
                one(judged.repeat()),
                one(judged.judged().without() instanceof Decision.Hold),
                one(judged.judged().with() instanceof Decision.Hold),
                one(judged.shift() == Shift.NEWLY_HELD),
                one(judged.shift() == Shift.NO_LONGER_HELD),
                one(judged.shift() == Shift.HELD_DIFFERENTLY),
                one(judged.shift() == Shift.NEWLY_REFUSED),
                one(judged.shift() == Shift.NO_LONGER_REFUSED),
                one(judged.judged().applies()),
                one(judged.unmeetable()));
    }

    ReplayCounts plus(ReplayCounts other) {
        return new ReplayCounts(
                asks + other.asks,
                repeats + other.repeats,
                heldNow + other.heldNow,
                wouldHold + other.wouldHold,
                newlyHeld + other.newlyHeld,
                noLongerHeld + other.noLongerHeld,
                heldDifferently + other.heldDifferently,
                newlyRefused + other.newlyRefused,
                noLongerRefused + other.noLongerRefused,
                applies + other.applies,
                couldNotBeMet + other.couldNotBeMet);
    }

    /** How many asks the change means something to. */
    long changed() {
        return newlyHeld + noLongerHeld + heldDifferently + newlyRefused + noLongerRefused;
    }

    private static long one(boolean yes) {
        return yes ? 1 : 0;
    }
}
