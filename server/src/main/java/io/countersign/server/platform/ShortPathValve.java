package io.countersign.server.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers the short routes for callers that come with a bearer secret, before any filter. Everything else, a browser's cookie
 * among it, goes the long way.
 */
final class ShortPathValve extends ValveBase {

    private static final String BEARER = "Bearer ";
    private static final int LONGEST_SECRET = 512;
    private static final SentHeader CACHE_CONTROL = new SentHeader("Cache-Control");
    private static final SentHeader CONTENT_TYPE_OPTIONS = new SentHeader("X-Content-Type-Options");

    private final ShortRoutes routes;
    private final ShortCalls calls;
    private final Map<String, Timer> timers = new HashMap<>();
    private final Authenticator authenticator;
    private final RefusalReport refusals;
    private final JsonMapper json;
    private final int bodyLimit;

    ShortPathValve(
            List<ShortRoute> routes,
            ShortCalls calls,
            Authenticator authenticator,
            RefusalReport refusals,
            JsonMapper json,
            int bodyLimit,
            MeterRegistry registry) {
        super(true);
        this.calls = calls;
        this.authenticator = authenticator;
        this.refusals = refusals;
        this.json = json;
        this.bodyLimit = bodyLimit;
        this.routes = new ShortRoutes(routes);
        for (ShortRoute route : routes) {
            timers.put(
                    route.path(),
                    Timer.builder("http.short.route").tag("path", route.path()).register(registry));
        }
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // What Tomcat could not read to its end arrives here too, marked as refused; it is no call.
        boolean mine = "POST".equals(request.getMethod()) && !response.isErrorReportRequired();
        ShortRoutes.@Nullable Found found = mine ? routes.of(request.getRequestURI()) : null;
        @Nullable String header = found == null ? null : request.getHeader(HttpHeaders.AUTHORIZATION);
        if (found == null || header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            getNext().invoke(request, response);
            return;
        }
        long begun = System.nanoTime();
        calls.begin();
        try {
            write(
                    response,
                    answer(found, request, header.substring(BEARER.length()).strip()));
        } catch (RuntimeException failure) {
            ProblemAdvice.tell(failure, request.getRequest(), response.getResponse());
        } finally {
            calls.end();
            Timer timer = timers.get(found.route().path());
            if (timer != null) {
                timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            }
        }
    }

    private Reply answer(ShortRoutes.Found found, Request request, String secret) throws IOException {
        Caller caller = Optional.of(secret)
                .filter(given -> !given.isEmpty() && given.length() <= LONGEST_SECRET)
                .flatMap(authenticator::authenticate)
                .orElseThrow(CredentialFilter.UNKNOWN::raise);
        try {
            authenticator.demand(caller, found.route().permission());
            byte[] body = body(request);
            return found.route()
                    .answer(new ShortCall(
                            caller,
                            Origin.of(request.getRequest()),
                            found.id(),
                            body,
                            () -> Optional.ofNullable(request.getHeader(IdempotencyKey.HEADER))
                                    .map(key -> IdempotencyKey.of(key, request.getRequest(), () -> body))));
        } catch (ProblemException refused) {
            refusals.report(caller, request.getRequest(), refused);
            throw refused;
        }
    }

    private byte[] body(Request request) throws IOException {
        String type = request.getContentType();
        if (type == null || !type.regionMatches(true, 0, "application/json", 0, "application/json".length())) {
            throw ProblemAdvice.mediaType(type).raise();
        }
        int length = request.getContentLength();
        // One more than is said or allowed: reading by the limit alone would make room for far more each time.
        byte[] body = request.getInputStream().readNBytes(length < 0 ? bodyLimit + 1 : Math.min(length, bodyLimit) + 1);
        if (body.length > bodyLimit) {
            throw Problem.of(413, "body-too-large", "the body is larger than " + bodyLimit + " bytes")
                    .remedy("send less, or raise countersign.server.body-limit")
                    .raise();
        }
        return body;
    }

    private void write(Response response, Reply reply) throws IOException {
        response.setStatus(reply.status());
        CACHE_CONTROL.on(response, "no-store");
        CONTENT_TYPE_OPTIONS.on(response, "nosniff");
        if (reply.body() == null) {
            return;
        }
        byte[] bytes = json.writeValueAsBytes(reply.body());
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
