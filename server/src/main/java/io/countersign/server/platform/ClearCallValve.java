package io.countersign.server.platform;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Lets only calls on that can be understood in one way: with one {@code Authorization} at most, and with a query that is
 * text. It stands before every route, the short ones too, so that none reads such a call in a way of its own.
 */
final class ClearCallValve extends ValveBase {

    ClearCallValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        try {
            // What Tomcat could not read to its end arrives here too, marked as refused; it is no call.
            if (!response.isErrorReportRequired()) {
                demandOneCredential(request.getCoyoteRequest().getMimeHeaders());
                demandText(request.getQueryString());
            }
        } catch (ProblemException unclear) {
            ProblemAdvice.tell(unclear, request.getRequest(), response.getResponse());
            return;
        }
        getNext().invoke(request, response);
    }

    private static void demandOneCredential(MimeHeaders headers) {
        int first = headers.findHeader(HttpHeaders.AUTHORIZATION, 0);
        if (first >= 0 && headers.findHeader(HttpHeaders.AUTHORIZATION, first + 1) >= 0) {
            throw ProblemException.badField(
                    "authorization-twice",
                    HttpHeaders.AUTHORIZATION,
                    "`Authorization` is sent more than once: a call has one credential");
        }
    }

    private static void demandText(@Nullable String query) {
        if (query != null) {
            SentQuery.demandText(query);
        }
    }
}
