package io.countersign.server.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.UriUtils;

/**
 * Hands a route what it asks for by type: the {@link Caller}, the {@link Origin} or the {@link IdempotencyKey} of the
 * call, the {@link Paging} it asks for, or the {@link OwnCall} as it was sent.
 */
final class CallArguments implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == Caller.class
                || type == IdempotencyKey.class
                || type == Origin.class
                || type == OwnCall.class
                || type == Paging.class
                || (type == Optional.class && parameter.nested().getNestedParameterType() == Caller.class);
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (parameter.getParameterType() == Optional.class) {
            return CredentialFilter.caller();
        }
        if (parameter.getParameterType() == IdempotencyKey.class) {
            return parameter.isOptional() && request.getHeader(IdempotencyKey.HEADER) == null ? null : key(request);
        }
        if (parameter.getParameterType() == Paging.class) {
            return Paging.of(list(request), request.getParameter("limit"), request.getParameter("cursor"));
        }
        if (parameter.getParameterType() == Origin.class) {
            return Origin.of(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
        }
        Caller caller = CredentialFilter.caller()
                .orElseThrow(() -> new IllegalStateException("a public route asks for its caller: " + parameter));
        return parameter.getParameterType() == OwnCall.class
                ? ownCall(parameter, Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)), caller)
                : caller;
    }

    /** A list goes by the path of its route: all that it holds of one organization goes by the same keys. */
    private static String list(NativeWebRequest request) {
        return String.valueOf(
                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST));
    }

    private static IdempotencyKey key(NativeWebRequest web) {
        HttpServletRequest request = web.getNativeRequest(HttpServletRequest.class);
        String key = web.getHeader(IdempotencyKey.HEADER);
        if (request == null || key == null) {
            throw Problem.of(400, "idempotency-key-required", "`" + IdempotencyKey.HEADER + "`: this header is needed")
                    .fault(Fault.of("idempotency-key-required", IdempotencyKey.HEADER, "this header is needed"))
                    .remedy("draw a new random key for each thing you do, and send the same one when you try again")
                    .raise();
        }
        return IdempotencyKey.of(key, request, () -> BodyLimitFilter.body(request));
    }

    private static OwnCall ownCall(MethodParameter parameter, HttpServletRequest request, Caller caller) {
        Requires requires = Objects.requireNonNull(parameter.getMethodAnnotation(Requires.class));
        @Nullable String query = request.getQueryString();
        return new OwnCall(
                caller,
                requires.value(),
                Origin.of(request),
                request.getMethod() + " " + request.getRequestURI() + (query == null ? "" : "?" + query),
                request.getHeader(HttpHeaders.IF_MATCH),
                reason(request.getHeader(OwnCall.REASON)),
                () -> BodyLimitFilter.body(request),
                null,
                request.getHeader(OwnCall.BREAK_GLASS));
    }

    /** Headers carry ASCII only, so a reason in another script comes percent-encoded. */
    private static @Nullable String reason(@Nullable String header) {
        try {
            return header == null ? null : UriUtils.decode(header, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ProblemException.badField(
                    "wrong-value", OwnCall.REASON, "`" + OwnCall.REASON + "` is text, percent-encoded UTF-8");
        }
    }
}
