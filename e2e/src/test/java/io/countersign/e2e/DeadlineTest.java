package io.countersign.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A request that runs out while somebody reads it; the server's clock is moved, not waited for. */
class DeadlineTest {

    private static Instant now = Instant.parse("2027-01-04T09:00:00Z");
    private static SmallShop shop;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        shop = SmallShop.open("--simulated-clock=" + now);
        chromium = Chromium.open();
    }

    @AfterAll
    static void close() {
        chromium.close();
        shop.close();
    }

    private static String ask() {
        return shop.ann().ask("promotion.execute", SmallShop.PRODUCTION, "payments at " + now, "Soon, please.");
    }

    private static void sixMinutesLater() {
        now = now.plusSeconds(360);
        shop.admin().post("/api/v1/clock", Map.of("to", now.toString()));
    }

    @Test
    void thePageSaysThatTheTimeIsUp() {
        String number = ask();
        try (Chromium.Visit bob = chromium.visit(shop.url()).as("bob")) {
            RequestScreen screen = RequestScreen.open(bob, number);
            screen.note().fill("half a sentence");
            sixMinutesLater();
            screen.says("Nobody decided in time");
            assertThat(screen.approve()).isHidden();
        }
    }

    @Test
    void aVoteThatComesTooLateIsRefusedInWords() {
        String number = ask();
        try (Chromium.Visit bob = chromium.visit(shop.url()).as("bob")) {
            RequestScreen screen = RequestScreen.open(bob, number);
            screen.hearsNothingMore();
            sixMinutesLater();
            screen.approve("Looks right.");
            screen.alerts("Nothing was approved.");
        }
    }
}
