package io.countersign.server.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Shows people who mistyped an address a page that says so. Programs get the problem document: whoever calls below the
 * API, with another method than GET, or without naming HTML among what he takes.
 */
@Component
final class LostBrowsers {

    private static final String API = "/api";

    private final ObjectProvider<PageForBrowsers> page;

    LostBrowsers(ObjectProvider<PageForBrowsers> page) {
        this.page = page;
    }

    /** Answers with the page and 404 where a browser found no route; false where the problem is to be told instead. */
    boolean show(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageForBrowsers shown = page.getIfAvailable();
        if (shown == null || !isNoRoute(failure) || !wantsPage(request)) {
            return false;
        }
        PageForBrowsers.Rendered rendered = shown.render();
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        response.setHeader("Content-Security-Policy", rendered.contentPolicy());
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setContentLength(rendered.html().length);
        response.getOutputStream().write(rendered.html());
        return true;
    }

    private static boolean isNoRoute(Exception failure) {
        return failure instanceof NoHandlerFoundException || failure instanceof NoResourceFoundException;
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String path = request.getRequestURI();
        return HttpMethod.GET.matches(request.getMethod())
                && !path.equals(API)
                && !path.startsWith(API + "/")
                && namesHtml(request.getHeader(HttpHeaders.ACCEPT));
    }

    /** Whether HTML is named itself; that anything is taken is what programs say. */
    private static boolean namesHtml(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        try {
            return MediaType.parseMediaTypes(accept).stream()
                    .anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML) && type.getQualityValue() > 0);
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }
}
