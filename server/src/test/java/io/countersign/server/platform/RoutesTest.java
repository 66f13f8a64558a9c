package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class RoutesTest {

    /** A route whose maker forgot the permission. */
    @RestController
    @ConditionalOnProperty("trial.forgotten")
    static final class ForgottenApi {

        @GetMapping("/api/v1/forgotten")
        Map<String, String> forgotten() {
            return Map.of();
        }
    }

    @Test
    void everyRouteDeclaresItsPermission() {
        Routes routes = TestServer.shared().bean(Routes.class);
        assertThat(routes.all()).isNotEmpty();
        assertThat(routes.all().entrySet().stream()
                        .filter(route ->
                                route.getKey().getPatternValues().stream().anyMatch(path -> path.startsWith("/api")))
                        .filter(route -> Routes.permission(route.getValue()).isEmpty()))
                .isEmpty();
    }

    @Test
    void aRouteWithoutOneStopsTheStart() {
        assertThatThrownBy(() -> TestServer.start("--trial.forgotten=true"))
                .hasStackTraceContaining("/api/v1/forgotten")
                .hasStackTraceContaining("declares no permission");
    }
}
