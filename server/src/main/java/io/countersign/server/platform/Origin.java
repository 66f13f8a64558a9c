package io.countersign.server.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/**
 * Where a call comes from; a route takes it as a parameter.
 *
 * @param channel {@code web}, {@code cli} or {@code api}
 * @param callId id of the call, see {@link CallId}
 * @param address network address of the caller, or of the proxy before it
 */
public record Origin(String channel, String callId, String address) {

    /** The origin of this call: a browser comes with a cookie, the command line says its name. */
    static Origin of(HttpServletRequest request) {
        String agent = request.getHeader(HttpHeaders.USER_AGENT);
        String channel;
        if (request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && SessionCookie.secret(request).isPresent()) {
            channel = "web";
        } else if (agent != null && agent.toLowerCase(Locale.ROOT).startsWith("countersign")) {
            channel = "cli";
        } else {
            channel = "api";
        }
        return new Origin(channel, CallId.of(request), request.getRemoteAddr());
    }
}
