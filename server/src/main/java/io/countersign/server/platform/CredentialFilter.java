package io.countersign.server.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who calls: a bearer secret, or the cookie of a session. A bearer secret nobody owns ends the call; a cookie
 * nobody owns is an old one and counts as none. Only a cookie needs the token against foreign sites.
 */
final class CredentialFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";
    private static final int LONGEST_SECRET = 512;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Authenticator authenticator;
    private final RefusalReport refusals;

    CredentialFilter(Authenticator authenticator, RefusalReport refusals) {
        this.authenticator = authenticator;
        this.refusals = refusals;
    }

    /** The caller of this call, if it came with a credential. */
    static Optional<Caller> caller() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication authentication
                ? Optional.of(authentication.getPrincipal())
                : Optional.empty();
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller;
        try {
            caller = caller(request);
        } catch (RuntimeException failure) {
            ProblemAdvice.write(failure, request, response);
            return;
        }
        proceed(caller, request, response, chain);
    }

    private Optional<Caller> caller(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            return Optional.of(bearer(header).orElseThrow(UNKNOWN::raise));
        }
        Optional<String> cookie = SessionCookie.secret(request).filter(CredentialFilter::canBeOne);
        Optional<Caller> caller = cookie.flatMap(authenticator::authenticate);
        if (caller.isPresent() && !READING.contains(request.getMethod()) && !isOurs(request, cookie.orElseThrow())) {
            ProblemException foreign = FOREIGN.raise();
            refusals.report(caller.get(), request, foreign);
            throw foreign;
        }
        return caller;
    }

    private static void proceed(
            Optional<Caller> caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (caller.isPresent()) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new CallerAuthentication(caller.get()));
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    private Optional<Caller> bearer(String header) {
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        return Optional.of(header.substring(BEARER.length()).strip())
                .filter(CredentialFilter::canBeOne)
                .flatMap(authenticator::authenticate);
    }

    private static boolean canBeOne(String secret) {
        return !secret.isEmpty() && secret.length() <= LONGEST_SECRET;
    }

    private static boolean isOurs(HttpServletRequest request, String secret) {
        String token = request.getHeader(SessionCookie.CSRF_HEADER);
        return token != null && Secrets.same(token, SessionCookie.csrfToken(secret));
    }

    static final Problem UNKNOWN = Problem.of(
                    401, "credential-unknown", "the credential is unknown, has expired or was revoked")
            .remedy("sign in again, or make a new token");

    private static final Problem FOREIGN = Problem.of(
                    403,
                    "csrf-token-missing",
                    "a change made with the session cookie must carry the token of the cookie `XSRF-TOKEN`")
            .remedy("send it in the header `X-XSRF-TOKEN`");
}
