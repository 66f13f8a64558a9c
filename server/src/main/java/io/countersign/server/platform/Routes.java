package io.countersign.server.platform;

import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** All routes of the server; one of ours that declares no permission stops the start. */
@Component
final class Routes implements SmartInitializingSingleton {

    private static final String OURS = "io.countersign.";

    private final RequestMappingHandlerMapping mapping;

    Routes(RequestMappingHandlerMapping requestMappingHandlerMapping) {
        this.mapping = requestMappingHandlerMapping;
    }

    /** What a route demands; nothing only for routes of the libraries, which serve the OpenAPI document. */
    static Optional<Permission> permission(HandlerMethod method) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Requires.class))
                .map(Requires::value);
    }

    Map<RequestMappingInfo, HandlerMethod> all() {
        return mapping.getHandlerMethods();
    }

    @Override
    public void afterSingletonsInstantiated() {
        all().forEach((route, method) -> {
            if (isGuarded(route, method) && permission(method).isEmpty()) {
                throw new StartRefused("the route " + route + " (" + method + ") declares no permission");
            }
        });
    }

    private static boolean isGuarded(RequestMappingInfo route, HandlerMethod method) {
        return method.getBeanType().getName().startsWith(OURS)
                || route.getPatternValues().stream().anyMatch(path -> path.startsWith("/api"));
    }
}
