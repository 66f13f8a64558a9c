package io.countersign.core.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.breakglass.SessionChecker.Law;
import io.countersign.core.generation.Effort;
import io.countersign.core.generation.SownFault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every interleaving of a session's life keeps every law, and each fault that is sown into the very classes is found. */
class SessionCheckerTest {

    /**
     * One fault.
     *
     * @param breaks the law it breaks
     */
    private record Fault(Law breaks, String what, SownFault sown) {}

    private static final List<Fault> FAULTS = List.of(
            fault(
                    Law.G1,
                    "anybody's ask passes",
                    "Session",
                    "if (!ask.subject().id().equals(ownerId) || !ask.subject().isPerson()) {",
                    "if (false) {"),
            fault(
                    Law.G1,
                    "an agent speaks for the owner",
                    "Session",
                    "if (ask.caller().kind() == PrincipalKind.AGENT) {",
                    "if (false) {"),
            fault(
                    Law.G1,
                    "any place is in the scope",
                    "SessionScope",
                    "resource.level() == target.level() && resource.id().equals(target.id());",
                    "resource.level() == target.level();"),
            fault(Law.G1, "the owner is not looked at", "Session", "if (!owner.active()) {", "if (false) {"),
            fault(Law.G1, "the permission is not looked at", "Session", "if (!owner.mayOpen()) {", "if (false) {"),
            fault(
                    Law.G1,
                    "a revocation is overlooked",
                    "Session",
                    "if (end != null) { return new SessionState.Ended(start, end.at(), end.cause());",
                    "if (false) { return new SessionState.Ended(start, end.at(), end.cause());"),
            fault(
                    Law.G1,
                    "it begins before it is approved",
                    "Session",
                    "case Opening.Awaited _, Opening.Refused _ -> null;",
                    "case Opening.Awaited _, Opening.Refused _ -> Instant.EPOCH.plusSeconds(1772445600);"),
            fault(
                    Law.G2,
                    "the justification is forgotten",
                    "Session",
                    "new Bypass(id, name(), reason, incident, active.end())",
                    "new Bypass(id, name(), \"\", incident, active.end())"),
            fault(
                    Law.G2,
                    "another session is named",
                    "Session",
                    "new Bypass(id, name(), reason, incident, active.end())",
                    "new Bypass(\"bgs-0\", name(), reason, incident, active.end())"),
            fault(
                    Law.G3,
                    "what it lets pass outlives it",
                    "Session",
                    "new Bypass(id, name(), reason, incident, active.end())",
                    "new Bypass(id, name(), reason, incident, active.end().plusSeconds(1))"),
            fault(
                    Law.G3,
                    "a lowered maximum is overlooked",
                    "Session",
                    "start.plus(lowered ? most : duration)",
                    "start.plus(duration)"),
            fault(
                    Law.G3,
                    "rules and sessions are in the scope",
                    "SessionScope",
                    "return !never(action.id())",
                    "return true"),
            fault(Law.G3, "any action is in the scope", "SessionScope", "&& actions.contains(action.id())", ""),
            fault(Law.G4, "its time does not end it", "Session", "if (!now.isBefore(planned)) {", "if (false) {"),
            fault(
                    Law.G4,
                    "it ends a moment late",
                    "Session",
                    "if (!now.isBefore(planned)) {",
                    "if (now.isAfter(planned)) {"),
            fault(
                    Law.G4,
                    "the approval revives what was revoked before it",
                    "Session",
                    "if (end != null && !end.at().isAfter(start)) {",
                    "if (end != null && !end.at().isAfter(start)) { return new SessionState.Active(start, start.plus(duration)); } if (false) {"),
            fault(
                    Law.T1,
                    "the clock is asked again about an end that was written down",
                    "Session",
                    "if (end != null) { return new SessionState.Ended(start, end.at(), end.cause());",
                    "if (end != null && !now.isBefore(end.at())) { return new SessionState.Ended(start, end.at(), end.cause());"),
            fault(
                    Law.T1,
                    "a maximum lowered later moves an end that was written down",
                    "Session",
                    "if (end != null) { return new SessionState.Ended(start, end.at(), end.cause());",
                    "if (end != null && end.at().isBefore(planned)) { return new SessionState.Ended(start, end.at(), end.cause());"));

    private static Fault fault(Law breaks, String what, String file, String sound, String faulty) {
        return new Fault(breaks, what, new SownFault("breakglass/" + file, sound, faulty));
    }

    @Test
    void everyInterleavingKeepsEveryLaw() {
        SessionChecker.Walk walk = SessionChecker.walk();
        Effort.tell("model", "break-glass: " + walk.worlds() + " states, " + walk.answers() + " answers");
        assertThat(walk.broken()).isNull();
        assertThat(walk.worlds()).isGreaterThan(100);
    }

    @Test
    void g1NothingPassesWithoutAnActiveSessionOfItsOwnerForThis() {
        findsEveryFault(Law.G1);
    }

    @Test
    void g2WhateverPassesSaysByWhichSessionAndWhy() {
        findsEveryFault(Law.G2);
    }

    @Test
    void g3NothingIsExtendedWidenedOrNested() {
        findsEveryFault(Law.G3);
    }

    @Test
    void g4ItEndsAtItsTimeAndStaysEnded() {
        findsEveryFault(Law.G4);
    }

    @Test
    void t1AWrittenEndStaysWhateverTheClockAndTheMaximumAreLater() {
        findsEveryFault(Law.T1);
    }

    private static void findsEveryFault(Law law) {
        assertThat(FAULTS.stream().filter(fault -> fault.breaks() == law))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(hunted(fault)).as(fault.what()).isNotNull());
    }

    private static Object hunted(Fault fault) throws ReflectiveOperationException {
        return fault.sown()
                .in(SessionChecker.class)
                .getMethod("hunt", String.class)
                .invoke(null, fault.breaks().name());
    }
}
