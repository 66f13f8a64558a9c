package io.countersign.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignInTest {

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
    void leadsOnToThePageThatWasWanted() {
        try (Chromium.Visit visit = chromium.visit(DEMO.url())) {
            Page page = visit.at("/approvals/AR-1");
            assertThat(page).hasURL(Pattern.compile("/sign-in"));
            assertThat(page.getByText("Then you go on to request AR-1.")).isVisible();
            signIn(page, "bob", Demo.PASSWORD);
            assertThat(page).hasURL(Pattern.compile("/approvals/AR-1$"));
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void saysWhenHandleAndPasswordDoNotBelongTogether() {
        try (Chromium.Visit visit = chromium.visit(DEMO.url())) {
            Page page = visit.at("/sign-in");
            signIn(page, "nobody-at-all", "not the password");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("Handle and password do not belong together");
            assertThat(page.getByLabel("Handle")).hasValue("nobody-at-all");
        }
    }

    @Test
    void doesNotLoseThePageWhenTheSignInEnds() {
        try (Chromium.Visit visit = chromium.visit(DEMO.url()).as("carol")) {
            Page page = visit.at("/approvals?view=pending");
            page.context().clearCookies();
            page.getByLabel("Main", new Page.GetByLabelOptions().setExact(true))
                    .getByRole(AriaRole.LINK)
                    .getByText("Findings")
                    .click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Your sign-in has ended");
            page.getByRole(AriaRole.DIALOG).locator("input[type=password]").fill(Demo.PASSWORD);
            page.getByRole(AriaRole.DIALOG)
                    .getByText("Sign in", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
            assertThat(page).hasURL(Pattern.compile("/findings"));
        }
    }

    @Test
    void showsAPageAtAnAddressThatSomebodyMistyped() {
        try (Chromium.Visit visit = chromium.visit(DEMO.url()).as("carol")) {
            Page page = visit.at("/polices/all");
            assertThat(page.locator("h1")).hasText("Nothing here");
            page.getByRole(AriaRole.MAIN).getByText("All approvals").click();
            assertThat(page).hasURL(Pattern.compile("/approvals$"));
            assertThat(page.locator("h1")).hasText("Approvals");
        }
    }

    @Test
    void signsOut() {
        try (Chromium.Visit visit = chromium.visit(DEMO.url()).as("vera")) {
            Page page = visit.at("/");
            page.getByText("Vera Vogel").first().click();
            page.getByRole(AriaRole.MENUITEM)
                    .getByText("Sign out", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(page).hasURL(Pattern.compile("/sign-in"));
            page.navigate("/approvals");
            assertThat(page).hasURL(Pattern.compile("/sign-in"));
        }
    }

    private static void signIn(Page page, String handle, String password) {
        page.getByLabel("Handle").fill(handle);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(password);
        page.getByRole(AriaRole.BUTTON)
                .getByText("Sign in", new Locator.GetByTextOptions().setExact(true))
                .click();
    }
}
