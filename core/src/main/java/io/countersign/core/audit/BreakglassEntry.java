package io.countersign.core.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a break-glass session; all of it stands out. What it let pass is told by {@code RequestBypassed}. */
public sealed interface BreakglassEntry extends Entry {

    /** The session it is about. */
    Glass glass();

    @Override
    default boolean prominent() {
        return true;
    }

    /**
     * A session as every entry names it.
     *
     * @param session the session as people write it, such as {@code BG-7}
     */
    record Glass(String sessionId, String session, String ownerId, String justification, String incident) {}

    /** What a session is for. */
    record Reach(List<String> actions, List<String> resources, boolean wide) {
        public Reach {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
        }
    }

    /** Its opening waits for approval. */
    record BreakglassRequested(Glass glass, Reach scope, long durationSeconds, String closureOwnerId, String number)
            implements BreakglassEntry {
        @Override
        public String requestNumber() {
            return number;
        }
    }

    /** It began. */
    record BreakglassOpened(
            Glass glass,
            Reach scope,
            String closureOwnerId,
            Instant startedAt,
            Instant endsAt,
            @Nullable String number) implements BreakglassEntry {
        @Override
        public @Nullable String requestNumber() {
            return number;
        }
    }

    /** Its opening came to nothing. */
    record BreakglassNotOpened(Glass glass, String why) implements BreakglassEntry {}

    /** An ask that named it was refused. */
    record BreakglassRefused(
            Glass glass,
            String subjectId,
            String callerId,
            String action,
            String resource,
            String payloadDigest,
            String code)
            implements BreakglassEntry {}

    /** An ask named it where no rule was in the way; nothing was bypassed. */
    record BreakglassUnneeded(
            Glass glass, String subjectId, String callerId, String action, String resource, String payloadDigest)
            implements BreakglassEntry {}

    /** Somebody ended it before its time. */
    record BreakglassRevoked(
            Glass glass, String by, @Nullable String note, long durationSeconds, int actions, int grantsEnded)
            implements BreakglassEntry {}

    /** It ended: its time, its owner, or the organization's maximum. */
    record BreakglassEnded(Glass glass, String cause, Instant endedAt, long durationSeconds, int actions)
            implements BreakglassEntry {}

    /** Its owner is reminded to close it: {@code ends-soon} or {@code idle}. */
    record BreakglassReminder(Glass glass, String what, Instant endsAt, List<String> addressees)
            implements BreakglassEntry {}

    /** Its closure was filed. */
    record BreakglassClosed(
            Glass glass,
            String by,
            Instant sessionClosedAt,
            String reasonUsed,
            List<String> actions,
            String preventiveAction,
            String preventiveOwnerId,
            LocalDate preventiveDue,
            List<String> evidence)
            implements BreakglassEntry {}

    /** What a reviewer says to one action. */
    record Verdict(
            String actionId,
            String action,
            String verdict,
            @Nullable String note) {}

    /** It was reviewed. */
    record BreakglassReviewed(Glass glass, String by, String summary, List<Verdict> verdicts)
            implements BreakglassEntry {}

    /** Something that is owed after it is late: {@code closure} or {@code review}. */
    record BreakglassOverdue(Glass glass, String what, Instant dueAt, List<String> addressees)
            implements BreakglassEntry {}
}
