package io.countersign.server.platform;

import jakarta.servlet.ServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of one HTTP call: the caller's own {@code X-Request-Id} when it is a decent one, else one of ours. */
public final class CallId {

    /** The header that carries it both ways. */
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = CallId.class.getName();
    private static final Pattern DECENT = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private CallId() {}

    /** The id of this call. */
    public static String of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : settle(request, null);
    }

    /** Decides the id of this call once. */
    static String settle(ServletRequest request, @Nullable String offered) {
        String id = offered != null && DECENT.matcher(offered).matches() ? offered : Ids.passing("call");
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }
}
