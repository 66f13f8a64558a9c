package io.countersign.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.countersign.e2e.Screen.button;
import static io.countersign.e2e.Screen.choose;
import static io.countersign.e2e.Screen.dialog;
import static io.countersign.e2e.Screen.field;
import static io.countersign.e2e.Screen.main;
import static io.countersign.e2e.Screen.radio;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.countersign.e2e.Chromium.Device;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An emergency by clicking, where opening a session is guarded itself: from the form to the report. */
class EmergencyTest {

    private static final String ACTION = "promotion.execute";
    private static final Pattern NUMBER = Pattern.compile("AR-\\d+");

    private static SmallShop shop;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        shop = SmallShop.open();
        shop.admin().add("dave", "Dave Dorn", Demo.PASSWORD, "security_manager");
        for (String who : List.of("@ann", "@carol")) {
            shop.admin()
                    .post(
                            "/api/v1/permission-grants",
                            Map.of(
                                    "principalId",
                                    who,
                                    "permission",
                                    "breakglass-open",
                                    "actions",
                                    List.of(ACTION),
                                    "resources",
                                    List.of("payments")));
        }
        chromium = Chromium.open();
    }

    @AfterAll
    static void close() {
        chromium.close();
        shop.close();
    }

    @Test
    void aWideSessionWaitsIsApprovedUsedEndedClosedReviewedAndCounted() {
        try (Chromium.Visit visit = chromium.visit(shop.url()).as("ann")) {
            Page page = visit.at("/breakglass/new");
            String session = asksToOpen(page);
            beginsWhenItIsApproved(page);
            isUsed(page, session);
            isEnded(page, session);
            isClosed(page, session);
            assertThat(visit.complaints()).isEmpty();
        }
        try (Chromium.Visit visit = chromium.visit(shop.url()).as("dave")) {
            isReviewed(visit.at("/breakglass/BG-1"));
            Page page = visit.at("/breakglass?tab=report");
            assertThat(main(page)).containsText(Pattern.compile("Sessions\\s*1"));
            assertThat(main(page)).containsText(Pattern.compile("Justified\\s*1"));
            assertThat(main(page)).containsText(Pattern.compile("Closures owed\\s*0"));
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private static void fillIn(Page page) {
        field(page, "Incident reference").fill("INC-4711");
        field(page, "Why can approval not wait?").fill("Customers cannot pay.");
        choose(page, field(page, "Actions").first(), "Promotion", "Promotion execute (promotion.execute)");
        page.keyboard().press("Escape");
    }

    /** Chooses a whole project, which takes its name; the name of the session. */
    private static String asksToOpen(Page page) {
        fillIn(page);
        choose(page, field(page, "Resources").first(), "payments", "payments");
        page.keyboard().press("Escape");
        assertThat(page.getByText("This reaches all of payments.")).isVisible();
        assertThat(bypasses(page)).hasCount(1);
        field(page, "Type the incident reference to open the session").fill("INC-4711");
        Locator ask = page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Ask to open for")));
        ask.click();
        assertThat(field(page, "Type payments")).hasAttribute("aria-invalid", "true");
        field(page, "Type payments").fill("payments");
        ask.click();
        assertThat(page).hasURL(Pattern.compile("/breakglass/BG-\\d+$"));
        assertThat(main(page)).containsText("Waiting for approval");
        assertThat(main(page)).containsText("This needs approval");
        return page.url().substring(page.url().lastIndexOf('/') + 1);
    }

    private static void beginsWhenItIsApproved(Page page) {
        String number = main(page).getByText(NUMBER).first().textContent();
        var found = NUMBER.matcher(number);
        assertThat(found.find()).isTrue();
        Colleague.signIn(shop.url(), "bob", Demo.PASSWORD).vote(found.group(), "approve", "The graphs agree.");
        // Who asked sees it begin without doing anything.
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Time left")))
                .isVisible();
        assertThat(main(page)).not().containsText("Waiting for approval");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Break-glass")))
                .containsText("Your break-glass session is active");
    }

    private static void isUsed(Page page, String session) {
        String number = shop.ann().askIn(session, ACTION, SmallShop.PRODUCTION, "payments 1.3");
        Locator taken =
                page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Actions taken in this session"));
        assertThat(taken).containsText(number);
        assertThat(taken).containsText("Quick");
        String execution = UUID.randomUUID().toString();
        assertThat(shop.ann().redeem(number, ACTION, SmallShop.PRODUCTION, execution))
                .isEqualTo("permit");
        shop.ann()
                .post(
                        "/api/v1/executions/" + execution + "/outcome",
                        Map.of("result", "succeeded", "text", "deployed"));
        assertThat(taken).containsText("Succeeded");
    }

    private static void isEnded(Page page, String session) {
        button(page, "End now…").click();
        Locator dialog = dialog(page, "End " + session + " now?");
        field(dialog, "Note (optional)").fill("Contained.");
        button(dialog, "End now").click();
        assertThat(dialog).isHidden();
        assertThat(main(page)).containsText("It is over: it was ended before its time by Ann Arendt.");
        assertThat(main(page)).containsText("Contained.");
        assertThat(button(page, "End now…")).isHidden();
    }

    private static void isClosed(Page page, String session) {
        button(page, "File the closure…").click();
        Locator sheet = dialog(page, "Closure of " + session);
        assertThat(sheet).containsText("Promotion execute on payments/production, succeeded");
        button(sheet, "File the closure").click();
        // All that is missing is said at once, and what was typed stays.
        assertThat(sheet).containsText("The closure was not filed.");
        assertThat(field(sheet, "Incident reference")).hasValue("INC-4711");
        field(sheet, "Preventive action").fill("Pin the issuer instead of the certificate.");
        choose(page, field(sheet, "Preventive action owner").first(), "Ann", "Ann Arendt (@ann)");
        field(sheet, "Due").fill("2030-01-31");
        field(sheet, "Links to evidence").fill("https://incidents.example/INC-4711");
        button(sheet, "File the closure").click();
        assertThat(sheet).isHidden();
        assertThat(main(page)).containsText("Pin the issuer instead of the certificate.");
        assertThat(main(page)).containsText("Closure done");
        assertThat(main(page)).containsText("You cannot review it");
    }

    private static void isReviewed(Page page) {
        button(page, "Review…").click();
        Locator sheet = dialog(page, "Review of BG-1");
        button(sheet, "File the review").click();
        assertThat(sheet).containsText("Choose a verdict.");
        radio(sheet, "Justified").check();
        field(sheet, "What the review came to").fill("Needed, and short.");
        button(sheet, "File the review").click();
        assertThat(sheet).isHidden();
        assertThat(main(page)).containsText("Needed, and short.");
        assertThat(main(page)).containsText("Review done");
    }

    @Test
    void aPhoneShowsWhatASessionWillDoBeforeItIsConfirmed() {
        try (Chromium.Visit visit =
                chromium.visit(shop.url(), Device.PHONE, ColorScheme.DARK).as("carol")) {
            Page page = visit.at("/breakglass/new");
            fillIn(page);
            choose(page, field(page, "Resources").first(), "payments/", SmallShop.PRODUCTION);
            page.keyboard().press("Escape");
            assertThat(bypasses(page)).hasCount(1);
            double shown = box(bypasses(page)).y;
            double confirm = box(field(page, "Type the incident reference to open the session")).y;
            assertThat(shown).isLessThan(confirm);
            assertThat((Boolean) page.evaluate(
                            "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .isTrue();
            assertThat(visit.complaints()).isEmpty();
        }
    }

    /** What a session would bypass, as it is shown: beside the form, or in it on a phone. */
    private static Locator bypasses(Page page) {
        return page.getByText("This will bypass 1 policy").filter(new Locator.FilterOptions().setVisible(true));
    }

    private static BoundingBox box(Locator one) {
        return Objects.requireNonNull(one.boundingBox());
    }
}
