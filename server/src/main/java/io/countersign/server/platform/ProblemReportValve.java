package io.countersign.server.platform;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what Tomcat itself refuses, before any route is looked for, as a problem document; Tomcat makes it by name. */
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (failure != null && status >= 500) {
            LOG.error("call {} failed", CallId.of(request), failure);
        }
        try {
            ProblemWriter.write(request, response, ofStatus(status));
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("nobody is there to hear of status {}", status, gone);
        }
    }

    /** The problem of a bare status. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 ->
                Problem.of(400, "malformed-request", "the request is not well-formed HTTP, or its address is not");
            case 404 -> Problem.of(404, "route-not-found", "there is nothing at this address");
            case 405 -> Problem.of(405, "method-not-allowed", "this address does not know the method");
            case 413 -> Problem.of(413, "body-too-large", "the body is larger than this server takes");
            case 414 -> Problem.of(414, "address-too-long", "the address is longer than this server takes");
            case 431 -> Problem.of(431, "headers-too-large", "the headers are larger than this server takes");
            case 503 ->
                Problem.of(503, "not-ready", "the server is starting or stopping")
                        .remedy("try again shortly");
            default ->
                status < 500
                        ? Problem.of(status, "refused", "the request was refused with status " + status)
                        : Problem.of(status, "internal-error", "something went wrong that should not");
        };
    }
}
