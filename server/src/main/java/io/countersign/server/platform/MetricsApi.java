package io.countersign.server.platform;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the server's figures in the text format of Prometheus. */
@RestController
@Tag(name = "Operations")
final class MetricsApi {

    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

    private final PrometheusMeterRegistry registry;

    MetricsApi(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @GetMapping("/metrics")
    @Requires(Permission.PUBLIC)
    @Operation(operationId = "readMetrics", summary = "The server's figures, for Prometheus")
    ResponseEntity<String> scrape() {
        return ResponseEntity.ok().contentType(TEXT).body(registry.scrape());
    }
}
