package io.countersign.server.platform;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells supervisors whether the process lives and whether it can do its work. */
@RestController
@Tag(name = "Operations", description = "For whoever runs the server")
final class HealthApi {

    private static final Logger LOG = LoggerFactory.getLogger(HealthApi.class);

    private final ServerClock clock;

    HealthApi(ServerClock clock) {
        this.clock = clock;
    }

    /** How it is. */
    record Health(String status) {}

    @GetMapping("/health/live")
    @Requires(Permission.PUBLIC)
    @Operation(operationId = "readLiveness", summary = "Whether the process answers")
    Health live() {
        return new Health("up");
    }

    @GetMapping("/health/ready")
    @Requires(Permission.PUBLIC)
    @Operation(operationId = "readReadiness", summary = "Whether the server can do its work, its database included")
    Health ready() {
        try {
            clock.now();
            return new Health("up");
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("not ready: {}", away.getMessage());
            throw Problem.of(503, "database-away", "the database does not answer")
                    .raise();
        }
    }
}
