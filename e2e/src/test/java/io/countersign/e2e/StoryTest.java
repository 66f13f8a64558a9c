package io.countersign.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.countersign.e2e.Chromium.Device;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The main job by clicking: several people in browsers of their own, the enforcement point beside them. */
class StoryTest {

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

    @Test
    void twoTeamsApproveAndTheGrantWorksOnce() {
        Colleague ann = DEMO.as("ann");
        String payload = "storefront " + UUID.randomUUID();
        String number = ann.ask("promotion.execute", "payments/production", payload, "Ledger rounding fix.");
        try (Chromium.Visit bob = chromium.visit(DEMO.url()).as("bob");
                Chromium.Visit dave = chromium.visit(DEMO.url()).as("dave");
                Chromium.Visit asker = chromium.visit(DEMO.url()).as("ann")) {
            RequestScreen seenByAnn = RequestScreen.open(asker, number);
            assertThat(seenByAnn.approve()).isHidden();

            RequestScreen seenByBob = RequestScreen.open(bob, number);
            seenByBob.says("Ledger rounding fix.");
            seenByBob.says(payload);
            seenByBob.approve("Matches the staging run.");
            seenByBob.says("You approved this");

            RequestScreen seenByDave = RequestScreen.open(dave, number);
            seenByDave.approve("Read the diff.");
            seenByDave.says("Approved");
            // Who asked sees it without doing anything.
            seenByAnn.says("Approved by 2 people");

            for (Chromium.Visit visit : new Chromium.Visit[] {bob, dave, asker}) {
                assertThat(visit.complaints()).isEmpty();
            }
        }
        String execution = UUID.randomUUID().toString();
        assertThat(ann.redeem(number, "promotion.execute", "payments/production", execution))
                .isEqualTo("permit");
        ann.post("/api/v1/executions/" + execution + "/outcome", Map.of("result", "succeeded", "text", "deployed"));
        try (Chromium.Visit frank = chromium.visit(DEMO.url()).as("frank")) {
            RequestScreen.open(frank, number).says("Succeeded");
        }
    }

    @Test
    void aRejectionSaysTheWayForward() {
        String number = DEMO.as("ann")
                .ask("promotion.execute", "payments/production", "wrong " + UUID.randomUUID(), "Friday release.");
        try (Chromium.Visit dave = chromium.visit(DEMO.url()).as("dave");
                Chromium.Visit ann = chromium.visit(DEMO.url()).as("ann")) {
            RequestScreen.open(dave, number).reject("The migration is missing.", "Run the migration in staging first");
            RequestScreen.open(dave, number).says("Rejected");
            RequestScreen seenByAnn = RequestScreen.open(ann, number);
            seenByAnn.says("Run the migration in staging first");
            assertThat(seenByAnn.button("Ask again…")).isVisible();
        }
    }

    @Test
    void aVoteCanBeTakenBackWhileItWaits() {
        String number = DEMO.as("ann")
                .ask("promotion.execute", "payments/production", "again " + UUID.randomUUID(), "Second thoughts.");
        try (Chromium.Visit bob = chromium.visit(DEMO.url()).as("bob")) {
            RequestScreen screen = RequestScreen.open(bob, number);
            screen.approve("Looks right.");
            screen.button("Withdraw my vote…").click();
            screen.inDialog("Withdraw it").click();
            assertThat(screen.note()).isVisible();
        }
    }

    @Test
    void someoneApprovesWithTheKeyboardAlone() {
        String number = DEMO.as("ann")
                .ask("promotion.execute", "payments/production", "keys " + UUID.randomUUID(), "No mouse today.");
        try (Chromium.Visit carol = chromium.visit(DEMO.url()).as("carol")) {
            Page page = carol.at("/approvals");
            page.locator("[data-row='" + number + "']").waitFor();
            for (int step = 0; step < 200 && !number.equals(focused(page)); step++) {
                page.keyboard().press("j");
            }
            assertThat(focused(page)).isEqualTo(number);
            page.keyboard().press("a");
            assertThat(page).hasURL(Pattern.compile("/approvals/" + number));
            page.locator("h1").first().waitFor();
            Locator note = page.getByLabel("Note", new Page.GetByLabelOptions().setExact(true));
            assertThat(note).isFocused();
            page.keyboard().type("Typed, not clicked.");
            assertThat(note).hasValue("Typed, not clicked.");
            page.keyboard().press("Control+Enter");
            RequestScreen screen = new RequestScreen(page);
            assertThat(screen.inDialog("Approve")).isFocused();
            page.keyboard().press("Enter");
            screen.says("You approved this");
        }
    }

    private static Object focused(Page page) {
        return page.evaluate("() => document.activeElement?.getAttribute('data-row') ?? ''");
    }

    @Test
    void someoneApprovesOnAPhone() {
        String number = DEMO.as("ann")
                .ask("promotion.execute", "payments/production", "phone " + UUID.randomUUID(), "From the train.");
        try (Chromium.Visit bob =
                chromium.visit(DEMO.url(), Device.PHONE, ColorScheme.DARK).as("bob")) {
            Page page = bob.at("/approvals");
            page.locator("[data-row='" + number + "']").tap();
            page.getByRole(AriaRole.BUTTON).getByText("Approve…").last().tap();
            page.getByLabel("Note", new Page.GetByLabelOptions().setExact(true)).fill("Seen on the phone.");
            page.getByRole(AriaRole.DIALOG)
                    .getByRole(AriaRole.BUTTON)
                    .getByText("Approve")
                    .last()
                    .tap();
            page.getByRole(AriaRole.DIALOG)
                    .getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Approve").setExact(true))
                    .tap();
            new RequestScreen(page).says("You approved this");
            assertThat((Boolean) page.evaluate(
                            "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .isTrue();
        }
    }

    @Test
    void twoBrowsersSeeEachOtherLive() {
        String number = DEMO.as("ann")
                .ask("promotion.execute", "payments/production", "live " + UUID.randomUUID(), "Watch this.");
        try (Chromium.Visit bob = chromium.visit(DEMO.url()).as("bob");
                Chromium.Visit carol = chromium.visit(DEMO.url()).as("carol")) {
            RequestScreen seenByCarol = RequestScreen.open(carol, number);
            seenByCarol.note().fill("half a sentence");
            RequestScreen.open(bob, number).approve("First.");
            seenByCarol.says("Bob Berger");
            seenByCarol.says("First.");
            assertThat(seenByCarol.note()).hasValue("half a sentence");
        }
    }
}
