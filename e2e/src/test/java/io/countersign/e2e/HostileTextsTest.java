package io.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import io.countersign.e2e.Chromium.Device;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Texts that want to be more than texts, in every field that takes one: they stay texts, and hide nothing. */
class HostileTextsTest {

    private static final String RIGHT_TO_LEFT = "\u202e";
    private static final String MARKUP =
            "<img src=x onerror=\"window.owned=1\"><script>window.owned=1</script>{{7*7}}${7*7}";
    private static final String HIDDEN = "safe" + RIGHT_TO_LEFT + "evil\u2066\u200b";
    private static final String LONG = "W".repeat(400);

    private static SmallShop shop;
    private static Chromium chromium;
    private static List<String> pages;

    @BeforeAll
    static void open() {
        shop = SmallShop.open();
        chromium = Chromium.open();
        pages = fill();
    }

    @AfterAll
    static void close() {
        chromium.close();
        shop.close();
    }

    /** Writes such texts wherever the API takes them; answers the pages that show them. */
    private static List<String> fill() {
        Colleague admin = shop.admin();
        Colleague mallory = admin.add("mallory", MARKUP, Demo.PASSWORD, "developer");
        admin.post("/api/v1/teams", Map.of("handle", "hostile", "name", MARKUP));
        admin.put("/api/v1/teams/@hostile/members/@mallory");
        admin.post("/api/v1/clusters", Map.of("name", "eu", "description", MARKUP));
        admin.post(
                "/api/v1/accounts", Map.of("kind", "agent", "handle", "agent", "name", MARKUP, "ownerId", "@mallory"));
        admin.post("/api/v1/roles", Map.of("id", "hostile", "name", MARKUP, "description", MARKUP));
        String template = admin.post(
                        "/api/v1/templates",
                        Map.of(
                                "name",
                                MARKUP,
                                "description",
                                MARKUP + LONG,
                                "scope",
                                List.of("organization"),
                                "approvers",
                                Map.of("teams", List.of("@hostile", "@sre")),
                                "quorum",
                                Map.of("minApprovals", 2)))
                .path("id")
                .asString();
        admin.post("/api/v1/bindings", Map.of("templateId", template, "level", "organization"));
        String number = mallory.ask(
                "release.deploy",
                SmallShop.PRODUCTION,
                MARKUP + "\n" + HIDDEN + "\n" + LONG + "\n\u001b[2J" + UUID.randomUUID(),
                MARKUP + HIDDEN + LONG);
        String decided = mallory.ask("promotion.execute", SmallShop.PRODUCTION, MARKUP, MARKUP);
        Colleague.signIn(shop.url(), "bob", Demo.PASSWORD).vote(number, "approve", MARKUP + HIDDEN + LONG);
        Colleague.signIn(shop.url(), "bob", Demo.PASSWORD).vote(decided, "deny", MARKUP + HIDDEN + LONG);
        return List.of(
                "/",
                "/approvals?view=pending",
                "/approvals?view=decided",
                "/approvals?view=pending&q=" + URLEncoder.encode(MARKUP, StandardCharsets.UTF_8),
                "/approvals/" + number,
                "/approvals/" + decided,
                "/approval-policies",
                "/approval-policies/" + template,
                "/approval-policies/" + template + "/edit",
                "/simulator?request=" + number,
                "/findings",
                "/people",
                "/people/@mallory",
                "/teams",
                "/roles",
                "/accounts",
                "/projects",
                "/clusters",
                "/settings/audit-logs",
                "/approvals/" + URLEncoder.encode(MARKUP.replace("/", ""), StandardCharsets.UTF_8));
    }

    @Test
    void stayTextsOnADesktop() {
        assertThat(harm(Device.DESKTOP)).isEmpty();
    }

    @Test
    void stayTextsOnAPhone() {
        assertThat(harm(Device.PHONE)).isEmpty();
    }

    private static List<String> harm(Device device) {
        List<String> harm = new ArrayList<>();
        for (String path : pages) {
            try (Chromium.Visit visit =
                    chromium.visit(shop.url(), device, ColorScheme.LIGHT).as("admin")) {
                Page page = visit.page();
                page.navigate(path);
                try {
                    page.locator("h1").first().waitFor(new Locator.WaitForOptions().setTimeout(10_000));
                } catch (TimeoutError nothing) {
                    harm.add(path + ": no page is shown; " + visit.complaints());
                    continue;
                }
                page.waitForCondition(() -> page.locator("[aria-busy='true']").count() == 0);
                if ((Boolean) page.evaluate("() => window.owned === 1")) {
                    harm.add(path + ": a text became a script");
                }
                if (page.locator("img[src='x'], [onerror]").count() > 0) {
                    harm.add(path + ": a text became markup");
                }
                if (page.locator("body").innerText().contains(RIGHT_TO_LEFT)) {
                    harm.add(path + ": a hidden character stays hidden");
                }
                if (page.locator("body").innerText().contains("49$")) {
                    harm.add(path + ": a text was computed");
                }
                if (!(Boolean) page.evaluate(
                        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")) {
                    harm.add(path + ": the page scrolls sideways");
                }
                visit.complaints().forEach(complaint -> harm.add(path + ": " + complaint));
            }
        }
        return harm;
    }
}
