package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortRoutesTest {

    private final ShortRoutes routes =
            new ShortRoutes(List.of(new Route("/api/v1/checks"), new Route("/api/v1/executions/{id}/outcome")));

    private record Route(String path) implements ShortRoute {
        @Override
        public Permission permission() {
            return Permission.CHECK;
        }

        @Override
        public Reply answer(ShortCall call) {
            return Reply.nothing();
        }
    }

    @Test
    void anExactPathHasNoId() {
        assertThat(found("/api/v1/checks")).isEqualTo("/api/v1/checks ");
    }

    @Test
    void aPlaceInThePathIsTheId() {
        assertThat(found("/api/v1/executions/run-7.a_b~c/outcome"))
                .isEqualTo("/api/v1/executions/{id}/outcome run-7.a_b~c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/checks/",
                "/api/v1/executions//outcome",
                "/api/v1/executions/a/b/outcome",
                "/api/v1/executions/a%20b/outcome",
                "/api/v1/executions/a;b/outcome",
                "/api/v1/executions/a/outcome/",
                "/api/v1/executions/a/outcomes"
            })
    void whatReadsDifferentlyDecodedGoesTheLongWay(String path) {
        assertThat(found(path)).isNull();
    }

    private @Nullable String found(String path) {
        ShortRoutes.@Nullable Found found = routes.of(path);
        return found == null ? null : found.route().path() + " " + found.id();
    }
}
