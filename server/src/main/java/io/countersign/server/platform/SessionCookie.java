package io.countersign.server.platform;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * How a browser keeps a sign-in: the secret in a cookie no script reads, and beside it a token that scripts of this
 * site read and send back with every change, so that no other site can make the browser change anything.
 */
@Component
public final class SessionCookie {

    static final String NAME = "countersign_session";
    static final String CSRF_NAME = "XSRF-TOKEN";
    static final String CSRF_HEADER = "X-XSRF-TOKEN";

    private final boolean https;

    SessionCookie(ServerSettings settings) {
        this.https = settings.publicUrl().startsWith("https:");
    }

    /** Gives the browser the secret of a session for as long as it lasts. */
    public void give(HttpServletResponse response, String secret, Duration lasts) {
        set(response, NAME, secret, lasts, true);
        set(response, CSRF_NAME, csrfToken(secret), lasts, false);
    }

    /** Makes the browser forget it. */
    public void take(HttpServletResponse response) {
        set(response, NAME, "", Duration.ZERO, true);
        set(response, CSRF_NAME, "", Duration.ZERO, false);
    }

    private void set(HttpServletResponse response, String name, String value, Duration lasts, boolean httpOnly) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .path("/")
                        .httpOnly(httpOnly)
                        .secure(https)
                        .sameSite("Strict")
                        .maxAge(lasts)
                        .build()
                        .toString());
    }

    static Optional<String> secret(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(NAME))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    /** Belongs to the session and tells nothing about its secret. */
    static String csrfToken(String secret) {
        return Secrets.hash("csrf of " + secret);
    }
}
