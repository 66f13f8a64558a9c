package io.countersign.server.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem documents: the one place where they take their form. */
public final class ProblemWriter {

    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonMapper JSON = StrictJson.mapper();

    private ProblemWriter() {}

    /** Answers with the problem, unless the answer is on its way already. */
    public static void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setHeader(CallId.HEADER, CallId.of(request));
        response.setHeader("Cache-Control", "no-store");
        if (problem.status() == 401) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"countersign\"");
        }
        Object wait = problem.more().get(Problem.RETRY_AFTER);
        if (wait != null) {
            response.setHeader("Retry-After", wait.toString());
        } else if (problem.status() == 503) {
            response.setHeader("Retry-After", "1");
        }
        response.setContentType(MEDIA_TYPE);
        byte[] body = bytes(problem, CallId.of(request));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /** The document of a problem met in the call of this id. */
    public static byte[] bytes(Problem problem, String callId) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", problem.type());
        document.put("title", problem.title());
        document.put("status", problem.status());
        document.put("detail", problem.detail());
        document.put("code", problem.code());
        document.put("violations", problem.violations());
        document.put("requestId", callId);
        if (problem.remedy() != null) {
            document.put("remedy", problem.remedy());
        }
        document.putAll(problem.more());
        return JSON.writeValueAsBytes(document);
    }
}
