package io.countersign.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who is told of emergencies, as an administrator sets it up in the browser, with a real webhook on the other side. */
class AudienceTest {

    private static final String PASSWORD = "a password of the first day";

    @Test
    void addsTestsAndRemovesAWebhookWhoseSecretIsShownOnce() throws IOException {
        AtomicInteger status = new AtomicInteger(204);
        List<String> signatures = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("webhook-signature")));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/countersign";
        try (FreshServer server = FreshServer.start(
                        "--countersign.webhooks.allowed-networks=127.0.0.0/8",
                        "--countersign.webhooks.plain-http=true");
                Chromium chromium = Chromium.open();
                Chromium.Visit visit = chromium.visit(server.url())) {
            Page page = visit.page();
            page.navigate(server.firstLink());
            page.getByLabel("New password").fill(PASSWORD);
            page.getByLabel("The same again").fill(PASSWORD);
            button(page, "Set it and sign in").click();
            assertThat(page.getByRole(
                            AriaRole.HEADING, new Page.GetByRoleOptions().setName(Pattern.compile("^Welcome to"))))
                    .isVisible();

            page.navigate("/settings");
            assertThat(page.getByText("Nobody would be told of an emergency.")).isVisible();
            button(page, "Add a destination").click();
            page.getByRole(AriaRole.DIALOG).getByLabel("Name").fill("SIEM");
            page.getByRole(AriaRole.DIALOG).getByLabel("URL").fill("https://user:secret@siem.example.com/");
            button(page.getByRole(AriaRole.DIALOG), "Add").click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("neither user nor fragment");
            page.getByRole(AriaRole.DIALOG).getByLabel("URL").fill(url);
            button(page.getByRole(AriaRole.DIALOG), "Add").click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText(Pattern.compile("whsec_[A-Za-z0-9+/]{43}="));
            button(page.getByRole(AriaRole.DIALOG), "I have stored it").click();
            assertThat(page.getByRole(AriaRole.MAIN)).containsText(url);
            assertThat(page.getByText("Nobody would be told of an emergency.")).hasCount(0);

            button(page, "Send a test to SIEM").click();
            assertThat(page.getByText("The test arrived")).isVisible();
            assertThat(signatures)
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one).startsWith("v1,"));
            status.set(401);
            button(page, "Send a test to SIEM").click();
            assertThat(page.getByText("The test did not arrive")).isVisible();
            assertThat(page.getByRole(AriaRole.MAIN)).containsText("status 401");

            button(page, "Remove SIEM").click();
            button(page.getByRole(AriaRole.DIALOG), "Remove").click();
            assertThat(page.getByText("Nobody would be told of an emergency.")).isVisible();
            assertThat(page.getByRole(AriaRole.MAIN)).not().containsText(url);
            assertThat(visit.complaints()).isEmpty();
        } finally {
            receiver.stop(0);
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
