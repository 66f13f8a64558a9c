package io.countersign.server.audit;

import io.countersign.core.action.PrincipalKind;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Origin;

/**
 * Who did it, with which credential, by which way, and in which call.
 *
 * @param kind what kind of principal it is; the server itself counts as a service
 * @param credentialId id of the session or token, never its secret
 * @param channel {@code web}, {@code cli}, {@code api} or {@code system}
 * @param callId the call's {@code X-Request-Id}
 */
public record Actor(
        String organizationId,
        String principalId,
        PrincipalKind kind,
        String credentialId,
        String channel,
        String callId) {

    private static final String SYSTEM = "system";

    /** The server itself, for what time brings about. */
    public static Actor system(String organizationId) {
        return new Actor(organizationId, SYSTEM, PrincipalKind.SERVICE, SYSTEM, SYSTEM, SYSTEM);
    }

    /** An authenticated caller, and where the call comes from. */
    public static Actor of(Caller caller, Origin origin) {
        return of(caller, origin.channel(), origin.callId());
    }

    /** An authenticated caller. */
    public static Actor of(Caller caller, String channel, String callId) {
        return new Actor(
                caller.organizationId(),
                caller.principalId(),
                caller.kind(),
                caller.credential().id(),
                channel,
                callId);
    }

    /** Whether whatever it does stands out in the log. */
    boolean prominent() {
        return kind == PrincipalKind.BOOTSTRAP;
    }
}
