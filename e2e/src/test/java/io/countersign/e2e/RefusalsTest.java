package io.countersign.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the console says when a vote is not taken, or when there is nothing to vote on any more. */
class RefusalsTest {

    private static final Demo DEMO = Demo.shared();
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        chromium = Chromium.open();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    private static String ask(String what) {
        return DEMO.as("ann")
                .ask("promotion.execute", "payments/production", what + " " + UUID.randomUUID(), "Refusals.");
    }

    @Test
    void tellsTheRequesterWhyHeCannotApprove() {
        String number = ask("own");
        try (Chromium.Visit ann = chromium.visit(DEMO.url()).as("ann")) {
            RequestScreen screen = RequestScreen.open(ann, number);
            screen.says("You asked for this");
            assertThat(screen.approve()).isHidden();
        }
    }

    @Test
    void tellsWhoIsNotEligible() {
        String number = ask("other");
        try (Chromium.Visit frank = chromium.visit(DEMO.url()).as("frank")) {
            RequestScreen screen = RequestScreen.open(frank, number);
            screen.says("Not yours to approve");
            assertThat(screen.approve()).isHidden();
        }
    }

    @Test
    void tellsThatOneHasVotedInAnotherTab() {
        String number = ask("twice");
        try (Chromium.Visit bob = chromium.visit(DEMO.url()).as("bob")) {
            RequestScreen screen = RequestScreen.open(bob, number);
            screen.hearsNothingMore();
            screen.note().fill("From this tab.");
            DEMO.as("bob").vote(number, "approve", "From another tab.");
            screen.approve("From this tab.");
            screen.alerts("You have voted on this already");
        }
    }

    @Test
    void tellsThatTheChangeWasReplaced() {
        Colleague ann = DEMO.as("ann");
        String first = ask("first");
        try (Chromium.Visit bob = chromium.visit(DEMO.url()).as("bob")) {
            RequestScreen screen = RequestScreen.open(bob, first);
            screen.hearsNothingMore();
            String second = ann.supersede(
                    first, "promotion.execute", "payments/production", "second " + UUID.randomUUID(), "Refusals.");
            screen.approve("Read the first one.");
            screen.alerts("The change was replaced while you read. Nothing was approved.");
            assertThat(bob.page().getByText("Show what differs").first()).isVisible();
            screen.hearsAgain();
            RequestScreen.open(bob, second).says("Refusals.");
        }
    }

    @Test
    void tellsThatItWasDecidedMeanwhile() {
        String number = ask("decided");
        try (Chromium.Visit bob = chromium.visit(DEMO.url()).as("bob")) {
            RequestScreen screen = RequestScreen.open(bob, number);
            screen.hearsNothingMore();
            DEMO.as("dave").vote(number, "deny", "Not today.");
            screen.approve("Looks right.");
            screen.alerts("It was decided or ended while you read. Nothing was approved.");
        }
    }
}
