package io.countersign.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules by clicking: a policy is written beside what it means, saved, bound, compared and archived; an ask is simulated. */
class PoliciesTest {

    private static final Demo DEMO = Demo.shared();
    private static SmallShop shop;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        shop = SmallShop.open();
        chromium = Chromium.open();
    }

    @AfterAll
    static void close() {
        chromium.close();
        shop.close();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private static void choose(Page page, String label, String typed, String option) {
        field(page, label).first().fill(typed);
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option))
                .first()
                .click();
    }

    @Test
    void aPolicyIsWrittenBesideWhatItMeansThenSavedAndBound() {
        String name = "Second gate " + UUID.randomUUID();
        try (Chromium.Visit admin = chromium.visit(shop.url()).as("admin")) {
            Page page = admin.at("/approval-policies/new?preset=always-on");
            field(page, "Name").fill(name);
            choose(page, "Who can approve", "Site", "Site reliability");
            page.keyboard().press("Escape");
            assertThat(page.getByText("Can be met in 1 way").first()).isVisible();

            field(page, "How many people at least").fill("9");
            assertThat(page.getByText("It cannot be saved like this.")).isVisible();
            button(page, "Save policy").click();
            assertThat(page.getByText("It was not saved.")).isVisible();

            field(page, "How many people at least").fill("1");
            assertThat(page.getByText("Can be met in 2 ways").first()).isVisible();
            button(page, "Save policy").click();
            assertThat(page.getByText("Saved as v1.")).isVisible();

            Locator dialog = page.getByRole(AriaRole.DIALOG);
            choose(page, "Name of the environments", "production", "production");
            dialog.getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Bind").setExact(true))
                    .click();
            assertThat(page.getByText("Every environment named production").first())
                    .isVisible();
            assertThat(admin.complaints()).isEmpty();
        }
        try (Chromium.Visit admin = chromium.visit(shop.url()).as("admin")) {
            Page page = admin.at("/approval-policies?q=" + name.replace(" ", "%20"));
            assertThat(page.getByText("1 person from Site reliability")).isVisible();
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName(name).setExact(true))
                    .click();
            button(page, "Archive…").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            dialog.getByLabel("The policy's name").fill(name);
            dialog.getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Archive").setExact(true))
                    .click();
            assertThat(page.getByText("This policy has ended.")).isVisible();
            assertThat(admin.complaints()).isEmpty();
        }
    }

    @Test
    void whatIsWrittenIsNotLostByLeavingAndAVersionSaysWhatItChanged() {
        String name = "Draft gate " + UUID.randomUUID();
        JsonNode team = shop.admin().get("/api/v1/teams").path("items").get(0);
        String id = shop.admin()
                .post(
                        "/api/v1/templates",
                        Map.of(
                                "name", name,
                                "scope", List.of("project"),
                                "approvers",
                                        Map.of("teams", List.of(team.path("id").asString())),
                                "quorum", Map.of("minApprovals", 1)))
                .path("id")
                .asString();
        try (Chromium.Visit visit = chromium.visit(shop.url()).as("admin")) {
            Page page = visit.at("/approval-policies/" + id + "/edit");
            page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("An ask without a reason is refused"))
                    .click();
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Findings").setExact(true))
                    .first()
                    .click();
            assertThat(page.getByText("Leave without saving?")).isVisible();
            page.getByRole(AriaRole.DIALOG)
                    .getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Back").setExact(true))
                    .click();
            button(page, "Save as v2").click();
            assertThat(page.getByText("Saved as v2.")).isVisible();
            page.keyboard().press("Escape");
            button(page, "Versions").click();
            Locator change = page.getByRole(AriaRole.LISTITEM)
                    .filter(new Locator.FilterOptions().setHasText("An ask needs a reason"))
                    .last();
            assertThat(change).containsText("Stricter");
        }
    }

    @Test
    void savingIsHeldWhereChangesOfPoliciesAreGuarded() {
        try (Chromium.Visit erin = chromium.visit(DEMO.url()).as("erin")) {
            Page page = erin.at("/approval-policies/new?preset=always-on");
            field(page, "Name").fill("Held gate " + UUID.randomUUID());
            choose(page, "Who can approve", "Site", "Site reliability");
            page.keyboard().press("Escape");
            button(page, "Save policy").click();
            assertThat(page.getByText("This needs approval").first()).isVisible();
            assertThat(erin.complaints()).isEmpty();
        }
    }

    @Test
    void theSimulatorSaysWhoCouldApproveAndWhyOthersCouldNot() {
        try (Chromium.Visit erin = chromium.visit(DEMO.url()).as("erin")) {
            JsonNode bob =
                    DEMO.as("erin").get("/api/v1/people?q=bob").path("items").get(0);
            Page page = erin.at("/simulator?action=promotion.execute&subject="
                    + bob.path("id").asString() + "&reason=because");
            choose(page, "On which environment", "payments", "payments/production");
            assertThat(page.getByText("Held.")).isVisible();
            assertThat(page.getByText("whoever asks never counts").first()).isVisible();
            assertThat(erin.complaints()).isEmpty();
        }
    }
}
