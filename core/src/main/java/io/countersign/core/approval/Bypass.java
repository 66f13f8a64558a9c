package io.countersign.core.approval;

import java.time.Instant;

/**
 * What a break-glass session lets pass at one moment; core.breakglass makes it, and nobody else.
 *
 * @param sessionId the session that was named by the ask
 * @param sessionName the session as people write it, such as {@code BG-7}
 * @param justification the reason the session was opened for
 * @param incident the incident it was opened for
 * @param until when the session ends; whatever it lets pass ends with it
 */
public record Bypass(String sessionId, String sessionName, String justification, String incident, Instant until) {

    /** Whether it lets anything pass at this moment. */
    boolean holdsAt(Instant now) {
        return now.isBefore(until);
    }
}
