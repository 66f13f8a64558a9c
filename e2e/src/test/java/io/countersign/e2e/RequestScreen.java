package io.countersign.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** The page of one request, in the words that stand on it. */
final class RequestScreen {

    private static final String READS = "**/api/v1/requests/*";

    private final Page page;

    RequestScreen(Page page) {
        this.page = page;
    }

    static RequestScreen open(Chromium.Visit visit, String number) {
        return new RequestScreen(visit.at("/approvals/" + number));
    }

    Locator note() {
        return page.getByLabel("Note", new Page.GetByLabelOptions().setExact(true));
    }

    /** Writes the note and presses approve; where the risk wants a confirmation, confirms it. */
    void approve(String note) {
        note().fill(note);
        approve().click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Approve").setExact(true))
                .click();
    }

    void reject(String why, String way) {
        button("Reject…").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Why").fill(why);
        dialog.getByLabel("What has to change to be approved").fill(way);
        dialog.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Reject").setExact(true))
                .click();
    }

    /** The button that approves, whatever follows its word: dots where a confirmation comes, the keys beside it. */
    Locator approve() {
        return main().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Approve\\b")))
                .last();
    }

    Locator button(String words) {
        return page.getByRole(AriaRole.MAIN)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(words))
                .first();
    }

    /** A button of the question over the page. */
    Locator inDialog(String words) {
        return Screen.button(page.getByRole(AriaRole.DIALOG), words);
    }

    Locator main() {
        return page.getByRole(AriaRole.MAIN);
    }

    void says(String words) {
        assertThat(main()).containsText(words);
    }

    void alerts(String words) {
        assertThat(page.getByRole(AriaRole.ALERT).first()).containsText(words);
    }

    /** The page hears no live events any more, as behind a proxy that lost them: what it shows is old. */
    void hearsNothingMore() {
        page.route(READS, route -> {
            if (route.request().method().equals("GET")) {
                route.abort();
            } else {
                route.resume();
            }
        });
    }

    void hearsAgain() {
        page.unroute(READS);
    }
}
