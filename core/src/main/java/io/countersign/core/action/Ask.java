package io.countersign.core.action;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish to perform one action on one resource with one payload.
 *
 * @param subject who acts
 * @param caller who authenticated; the subject itself, or an enforcement point that speaks for it
 * @param tokenMaker the person who made the token that asked, where a token asked
 * @param authors people known to have written or last edited the change
 * @param reason trimmed, 1 to 4,000 visible characters, or none
 */
public record Ask(
        String organizationId,
        Subject subject,
        Subject caller,
        ActionType action,
        Resource resource,
        PayloadDigest digest,
        @Nullable String reason,
        @Nullable String tokenMaker,
        Set<String> authors) {

    public Ask {
        authors = Set.copyOf(authors);
    }

    /**
     * Whether the same subject wishes the same action on the same thing, whatever the payload. How the thing is to change
     * (its release, from, to) goes with the payload, so that a later push of a branch can take an earlier one's place.
     */
    public boolean sameAim(Ask other) {
        return organizationId.equals(other.organizationId)
                && subject.id().equals(other.subject.id())
                && action.id().equals(other.action.id())
                && resource.sameThing(other.resource);
    }

    /** The same ask with the reason an earlier one gave, where it gives none itself. */
    public Ask explainedBy(Ask earlier) {
        return reason != null
                ? this
                : new Ask(
                        organizationId,
                        subject,
                        caller,
                        action,
                        resource,
                        digest,
                        earlier.reason(),
                        tokenMaker,
                        authors);
    }

    /** Whether somebody else than the subject authenticated. */
    public boolean onBehalf() {
        return !subject.id().equals(caller.id());
    }
}
