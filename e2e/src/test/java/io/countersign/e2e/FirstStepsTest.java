package io.countersign.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The first day: from the printed link to the first held request, with nothing but clicks and one ask. */
class FirstStepsTest {

    private static final String PASSWORD = "a password of the first day";

    @Test
    void leadsFromTheOneTimeLinkToTheFirstHeldRequest() {
        try (FreshServer server = FreshServer.start();
                Chromium chromium = Chromium.open();
                Chromium.Visit visit = chromium.visit(server.url())) {
            Page page = visit.page();
            setPassword(page, server.firstLink());
            assertThat(page.getByRole(
                            AriaRole.HEADING, new Page.GetByRoleOptions().setName(Pattern.compile("^Welcome to"))))
                    .isVisible();

            button(page, "Add people", AriaRole.LINK).click();
            String link = addPerson(page, "Bob Berger", "bob");

            page.navigate("/teams");
            button(page, "Add team", AriaRole.BUTTON).first().click();
            dialog(page).getByLabel("Name").fill("Site reliability");
            act(page, "Add");
            page.getByText("Site reliability").first().click();
            button(page, "Add member", AriaRole.BUTTON).first().click();
            choose(page, "Person", "Bob");
            act(page, "Add");
            assertThat(page.getByRole(AriaRole.MAIN)).containsText("Bob Berger");

            page.navigate("/");
            page.getByLabel("Project").fill("payments");
            button(page, "Add both", AriaRole.BUTTON).click();
            page.getByText("Start with production only").click();
            assertThat(page.getByText("Production changes")).isVisible();
            assertThat(page.getByText("Listening for the first ask")).isVisible();

            try (Chromium.Visit other = chromium.visit(server.url())) {
                setPassword(other.page(), link);
                assertThat(other.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Hello, Bob")))
                        .isVisible();
                assertThat(other.complaints()).isEmpty();
            }
            Colleague.signIn(server.url(), "admin", PASSWORD)
                    .ask("release.deploy", "payments/production", "payments 1.3", "The first one.");
            // The page was listening.
            assertThat(page.getByText("The first ask is here.")).isVisible();
            button(page, "Look at it", AriaRole.LINK).click();
            assertThat(page).hasURL(Pattern.compile("/approvals/AR-1$"));
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private static void setPassword(Page page, String link) {
        page.navigate(link);
        page.getByLabel("New password").fill(PASSWORD);
        page.getByLabel("The same again").fill(PASSWORD);
        button(page, "Set it and sign in", AriaRole.BUTTON).click();
    }

    /** Adds a person and answers the one-time link that is shown once. */
    private static String addPerson(Page page, String name, String handle) {
        button(page, "Add person", AriaRole.BUTTON).first().click();
        dialog(page).getByLabel("Name").fill(name);
        assertThat(dialog(page).getByLabel("Handle")).hasValue("bob-berger");
        dialog(page).getByLabel("Handle").fill(handle);
        act(page, "Add and make a link");
        Locator link = dialog(page).getByText(Pattern.compile("/enrol#"));
        link.waitFor();
        String shown = link.textContent();
        act(page, "I have stored it");
        return shown;
    }

    private static void choose(Page page, String label, String option) {
        dialog(page).getByLabel(label).first().fill(option);
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(Pattern.compile("^" + option)))
                .first()
                .click();
    }

    private static void act(Page page, String verb) {
        dialog(page)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(verb).setExact(true))
                .click();
    }

    private static Locator dialog(Page page) {
        return page.getByRole(AriaRole.DIALOG).last();
    }

    private static Locator button(Page page, String words, AriaRole role) {
        return page.getByRole(AriaRole.MAIN)
                .getByRole(role, new Locator.GetByRoleOptions().setName(words).setExact(true));
    }
}
