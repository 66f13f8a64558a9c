package io.countersign.server.platform;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the server's clock, and moves a simulated one forward. */
@RestController
@RequestMapping("/api/v1/clock")
@Tag(name = "Clock", description = "What time the server goes by")
final class ClockApi {

    private static final Instant LAST = Year.of(9999).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);

    private final ServerClock clock;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher news;

    ClockApi(ServerClock clock, TransactionTemplate transactions, ApplicationEventPublisher news) {
        this.clock = clock;
        this.transactions = transactions;
        this.news = news;
    }

    /** What time it is, and whether it is simulated. */
    record Reading(Instant now, boolean simulated) {}

    /** Where to move the clock. */
    record Target(Instant to) {}

    @GetMapping
    @Requires(Permission.SIGNED_IN)
    @Operation(operationId = "readClock", summary = "What time the server goes by")
    Reading read() {
        return new Reading(clock.now(), clock.simulated());
    }

    @PostMapping
    @Requires(Permission.CLOCK_WRITE)
    @Operation(operationId = "moveClock", summary = "Move a simulated clock forward")
    Reading move(Caller caller, Origin origin, @RequestBody Target target) {
        if (!clock.simulated()) {
            throw Problem.of(409, "clock-not-simulated", "this installation goes by the real time")
                    .remedy("simulated time is for installations that were made with --simulated-clock")
                    .raise();
        }
        if (target.to().isAfter(LAST)) {
            throw ProblemException.badField("wrong-value", "to", "the clock ends with the year 9998");
        }
        transactions.executeWithoutResult(status -> {
            Instant from = clock.now();
            if (!clock.advance(target.to())) {
                throw Problem.of(409, "clock-goes-forward", "it is `" + from + "` already; the clock only goes forward")
                        .remedy("begin with a new database where an earlier time is needed")
                        .raise();
            }
            news.publishEvent(new ClockMoved(caller, origin, from, target.to()));
        });
        clock.tick();
        return read();
    }
}
