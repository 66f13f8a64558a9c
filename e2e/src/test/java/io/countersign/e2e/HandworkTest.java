package io.countersign.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.countersign.e2e.Screen.button;
import static io.countersign.e2e.Screen.dialog;
import static io.countersign.e2e.Screen.field;
import static io.countersign.e2e.Screen.main;
import static io.countersign.e2e.Screen.radio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people do by hand and not every day; the server's clock is moved, not waited for. */
class HandworkTest {

    private static final String CLUSTER = "prod-eu";

    private static Instant now = Instant.parse("2027-01-04T09:00:00Z");
    private static SmallShop shop;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        shop = SmallShop.open("--simulated-clock=" + now);
        shop.admin().post("/api/v1/clusters", Map.of("name", CLUSTER));
        shop.admin().add("rita", "Rita Roth", Demo.PASSWORD, "compliance_officer");
        shop.admin().put("/api/v1/teams/@sre/members/@rita");
        chromium = Chromium.open();
    }

    @AfterAll
    static void close() {
        chromium.close();
        shop.close();
    }

    private static void later(Duration time) {
        now = now.plus(time);
        shop.admin().post("/api/v1/clock", Map.of("to", now.toString()));
    }

    private static Colleague bob() {
        return Colleague.signIn(shop.url(), "bob", Demo.PASSWORD);
    }

    private static String ask(String action, String what) {
        return shop.ann().ask(action, "cluster", CLUSTER, what + " " + UUID.randomUUID(), "Handwork.");
    }

    @Test
    void whoAskedWritesDownAnOutcomeThatNobodyReported() {
        String number = shop.ann().ask("promotion.execute", SmallShop.PRODUCTION, "payments 2", "Handwork.");
        bob().vote(number, "approve", "Read it.");
        shop.ann()
                .redeem(
                        number,
                        "promotion.execute",
                        SmallShop.PRODUCTION,
                        UUID.randomUUID().toString());
        try (Chromium.Visit visit = chromium.visit(shop.url()).as("ann")) {
            Page page = visit.at("/approvals/" + number);
            assertThat(main(page)).containsText("running now");
            later(Duration.ofMinutes(61));
            assertThat(main(page)).containsText("Nobody has told how it went.");
            button(page, "Settle the outcome…").click();
            Locator dialog = dialog(page, "How did " + number + " go?");
            button(dialog, "Write it down").click();
            assertThat(dialog).containsText("Choose one.");
            assertThat(dialog).containsText("Say how you know.");
            radio(dialog, "It failed").check();
            field(dialog, "How do you know?").fill("The pods never became ready.");
            button(dialog, "Write it down").click();
            assertThat(dialog).isHidden();
            assertThat(main(page)).containsText("but the execution failed");
            assertThat(main(page)).containsText("The pods never became ready.");
            assertThat(button(page, "Settle the outcome…")).isHidden();
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void anAccountsTokenIsRevokedAsCompromised() {
        JsonNode account = shop.admin()
                .post(
                        "/api/v1/accounts",
                        Map.of(
                                "handle", "deployer",
                                "name", "Deployer",
                                "kind", "service",
                                "ownerId", "@admin",
                                "roles", List.of("developer")));
        String id = account.path("id").asString();
        String token = shop.admin()
                .post("/api/v1/accounts/" + id + "/tokens", Map.of("name", "pipeline", "scopes", List.of("read")))
                .path("token")
                .asString();
        Colleague deployer = Colleague.bearing(shop.url(), token);
        assertThat(deployer.get("/api/v1/me").path("handle").asString()).isEqualTo("deployer");
        try (Chromium.Visit visit = chromium.visit(shop.url()).as("admin")) {
            Page page = visit.at("/accounts/" + id);
            button(page, "Revoke the token pipeline").click();
            Locator dialog = dialog(page, "Revoke pipeline?");
            radio(dialog, "Yes, or not sure").check();
            button(dialog, "Revoke as compromised").click();
            assertThat(dialog).isHidden();
            Locator tokens = page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Tokens of Deployer"));
            assertThat(tokens).containsText("Compromised");
            assertThat(button(page, "Revoke the token pipeline")).isHidden();
            assertThat(visit.complaints()).isEmpty();
        }
        assertThatThrownBy(() -> deployer.get("/api/v1/me")).hasMessageContaining("credential-unknown");
    }

    @Test
    void anEnvironmentIsFrozenAndUnfrozenEachOnceItIsApproved() {
        try (Chromium.Visit visit = chromium.visit(shop.url()).as("admin")) {
            Page page = visit.at("/projects/payments");
            Locator rows =
                    page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Environments of payments"));
            assertThat(rows).containsText("Open");
            held(page, "Freeze", "The sale begins.");
            Locator note = page.getByRole(AriaRole.ALERT);
            // It says so without a reload.
            assertThat(note).containsText("approved, and not done yet");
            button(note, "Do it now").click();
            assertThat(note).isHidden();
            assertThat(rows).containsText("The sale begins.");
            assertThat(rows).containsText("Frozen");

            String unfreeze = held(page, "Unfreeze", "");
            visit.at("/approvals/" + unfreeze);
            button(page, "Do it now, as approved").click();
            new RequestScreen(page).says("then executed as approved");
            visit.at("/projects/payments");
            assertThat(rows).containsText("Open");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void aProjectGetsAnotherNameOnceItIsApprovedAndItsOwnBackTheSameWay() {
        try (Chromium.Visit visit = chromium.visit(shop.url()).as("admin")) {
            Page page = visit.at("/projects/payments");
            renamed(page, "payments", "payments-old");
            renamed(page, "payments-old", "payments");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private static void renamed(Page page, String before, String after) {
        Locator title = page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
        assertThat(title).hasText(before);
        button(page, "Edit").first().click();
        Locator dialog = dialog(page, "Edit " + before);
        assertThat(dialog.getByLabel("Why")).isHidden();
        field(dialog, "Name").fill(after);
        field(dialog, "Why").fill("It was bought.");
        button(dialog, "Save").click();
        assertThat(dialog).isHidden();
        Locator note = page.getByRole(AriaRole.ALERT);
        assertThat(note).containsText("Rename " + before + ": this needs approval.");
        assertThat(title).hasText(before);
        Matcher number = Pattern.compile("AR-\\d+").matcher(note.textContent());
        assertThat(number.find()).isTrue();
        bob().vote(number.group(), "approve", "Agreed.");
        button(note, "Do it now").click();
        assertThat(title).hasText(after);
    }

    /** Asks for it and has it approved; answers the number of the request. */
    private static String held(Page page, String verb, String why) {
        button(page, verb + " production").click();
        Locator dialog = dialog(page, verb + " payments/production?");
        dialog.getByRole(AriaRole.TEXTBOX).fill(why);
        button(dialog, verb).click();
        assertThat(dialog).isHidden();
        Locator note = page.getByRole(AriaRole.ALERT)
                .filter(new Locator.FilterOptions().setHasText(verb + " payments/production:"));
        assertThat(note).containsText("this needs approval");
        Matcher number = Pattern.compile("AR-\\d+").matcher(note.textContent());
        assertThat(number.find()).isTrue();
        bob().vote(number.group(), "approve", "Agreed.");
        return number.group();
    }

    @Test
    void aCriticalVoteWithAnOldSignInTakesThePasswordOnceMore() {
        try (Chromium.Visit visit = chromium.visit(shop.url()).as("bob")) {
            visit.at("/approvals");
            later(Duration.ofMinutes(11));
            String number = ask("command.execute", "rotate the key");
            Page page = visit.at("/approvals/" + number);
            RequestScreen screen = new RequestScreen(page);
            screen.note().fill("Looked at the script.");
            screen.approve().click();
            Locator dialog = dialog(page, "Approve a critical action?");
            field(dialog, "The cluster's name").fill(CLUSTER);
            Locator password = dialog.locator("input[type=password]");
            password.fill("not my password");
            button(dialog, "Approve").click();
            assertThat(dialog).containsText("That is not your password.");
            assertThat(field(dialog, "The cluster's name")).hasValue(CLUSTER);
            password.fill(Demo.PASSWORD);
            button(dialog, "Approve").click();
            assertThat(dialog).isHidden();
            screen.says("Approved by 1 person");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void aSignInThatEndsBeneathAnOpenQuestionLosesNothing() {
        String number = ask("command.execute", "rotate another key");
        try (Chromium.Visit visit = chromium.visit(shop.url()).as("bob")) {
            Page page = visit.at("/approvals/" + number);
            RequestScreen screen = new RequestScreen(page);
            screen.note().fill("Looked at the script.");
            screen.approve().click();
            Locator dialog = dialog(page, "Approve a critical action?");
            field(dialog, "The cluster's name").fill(CLUSTER);
            page.context().clearCookies();
            button(dialog, "Approve").click();
            Locator again = dialog(page, "Your sign-in has ended");
            again.locator("input[type=password]").fill(Demo.PASSWORD);
            button(again, "Sign in").click();
            assertThat(again).isHidden();
            assertThat(dialog).isVisible();
            assertThat(field(dialog, "The cluster's name")).hasValue(CLUSTER);
            assertThat(screen.note()).hasValue("Looked at the script.");
            assertThat(dialog).not().containsText("sign in");
            button(dialog, "Approve").click();
            assertThat(dialog).isHidden();
            screen.says("Approved by 1 person");
            screen.says("Looked at the script.");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void severalAreDecidedAtOnceAndEachSaysWhatBecameOfIt() {
        String first = ask("cluster.scale", "first");
        String second = ask("cluster.scale", "second");
        String critical = ask("command.execute", "third");
        try (Chromium.Visit visit = chromium.visit(shop.url()).as("rita")) {
            Page page = visit.at("/approvals");
            for (String number : List.of(first, second, critical)) {
                page.getByRole(
                                AriaRole.CHECKBOX,
                                new Page.GetByRoleOptions().setName(Pattern.compile("^Select " + number + ",")))
                        .check();
            }
            button(page, "Approve 2…").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("1 selected request is left out");
            assertThat(dialog).containsText(critical);
            bob().vote(second, "deny", "Not this one.");
            dialog.getByLabel("Note for all of them").fill("Both match the capacity plan.");
            button(dialog, "Approve 2").click();
            assertThat(dialog).containsText("1 approved, 1 refused.");
            assertThat(dialog).containsText("Approved: nothing is missing any more.");
            button(dialog, "Done").click();
            assertThat(dialog).isHidden();
            assertThat(page.locator("[data-row='" + first + "']")).hasCount(0);
            assertThat(page.getByText("1 selected")).isVisible();
            assertThat(visit.complaints()).isEmpty();
        }
    }
}
