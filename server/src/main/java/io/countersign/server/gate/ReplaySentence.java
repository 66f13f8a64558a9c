package io.countersign.server.gate;

import io.countersign.server.gate.ReplayView.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a replay came to, in one or two sentences. */
final class ReplaySentence {

    private ReplaySentence() {}

    static String of(ReplayCounts counts, Window window) {
        @Nullable Instant since = window.recordedSince();
        if (since == null) {
            return "No ask has been recorded yet; asks are recorded from the first one on.";
        }
        if (counts.asks() == 0) {
            return "No ask was recorded from " + window.from() + " to " + window.to() + "; the oldest one kept is of "
                    + since + ".";
        }
        String outcome = outcome(counts);
        return since.isAfter(window.from())
                ? outcome + " The oldest ask kept is of " + since + ", so only a part of the window is covered."
                : outcome;
    }

    private static String outcome(ReplayCounts counts) {
        String asks = counts.asks() == 1 ? "1 ask" : counts.asks() + " asks";
        List<String> said = new ArrayList<>();
        say(said, counts.newlyHeld(), "would hold %d of %s that the rules in force do not hold", asks);
        say(said, counts.noLongerHeld(), "would let %d of %s go that they hold", asks);
        say(said, counts.heldDifferently(), "would hold %d of %s by other demands", asks);
        say(said, counts.newlyRefused(), "would refuse %d of %s for want of a reason", asks);
        say(said, counts.noLongerRefused(), "would permit %d of %s that are refused", asks);
        if (said.isEmpty()) {
            said.add("would change nothing for any of " + asks);
        }
        if (counts.couldNotBeMet() > 0) {
            said.add(counts.couldNotBeMet() + " of the " + counts.applies() + " it applies to could not be met");
        }
        String all = String.join("; ", said);
        return Character.toUpperCase(all.charAt(0)) + all.substring(1) + ".";
    }

    private static void say(List<String> said, long count, String sentence, String asks) {
        if (count > 0) {
            said.add(sentence.formatted(count, asks));
        }
    }
}
