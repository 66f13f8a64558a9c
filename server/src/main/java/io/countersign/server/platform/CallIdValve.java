package io.countersign.server.platform;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.slf4j.MDC;

/** The first thing that happens to a call: it gets its id, in the answer and in every line of the log. */
final class CallIdValve extends ValveBase {

    private static final SentHeader HEADER = new SentHeader(CallId.HEADER);

    CallIdValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String id = CallId.settle(request, request.getHeader(CallId.HEADER));
        HEADER.on(response, id);
        MDC.put("call", id);
        try {
            getNext().invoke(request, response);
        } finally {
            MDC.remove("call");
        }
    }
}
