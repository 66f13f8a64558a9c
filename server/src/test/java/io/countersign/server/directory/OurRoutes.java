package io.countersign.server.directory;

import io.countersign.server.platform.ShortRoute;
import io.countersign.server.platform.TestServer;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The routes that the product itself offers, each under its method and path. */
final class OurRoutes {

    private OurRoutes() {}

    static Map<String, HandlerMethod> of(TestServer server) {
        Map<String, HandlerMethod> all = new TreeMap<>();
        Map<RequestMappingInfo, HandlerMethod> known =
                server.bean(RequestMappingHandlerMapping.class).getHandlerMethods();
        known.forEach((info, handler) -> info.getMethodsCondition()
                .getMethods()
                .forEach(method -> info.getPatternValues().stream()
                        .filter(_ -> isOurs(handler))
                        .forEach(path -> all.put(method + " " + path, handler))));
        return all;
    }

    /** The paths that are answered on the short way too. */
    static List<String> shortOnes(TestServer server) {
        return server.beans(ShortRoute.class).stream().map(ShortRoute::path).toList();
    }

    /** What a route reads its body as, if it has one. */
    static Optional<Type> body(HandlerMethod route) {
        return Stream.of(route.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .map(MethodParameter::getGenericParameterType)
                .findFirst();
    }

    private static boolean isOurs(HandlerMethod route) {
        String name = route.getBeanType().getName();
        return name.startsWith("io.countersign.") && !name.contains("Trial") && !name.contains("Doorkeeper");
    }
}
