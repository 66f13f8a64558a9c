package io.countersign.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The browser of this machine, driven by Playwright; one for all tests of a class, a fresh profile for each visit. */
final class Chromium implements AutoCloseable {

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium open() {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(Path.of(Objects.requireNonNull(System.getProperty("browser.path"))))
                        .setArgs(ARGUMENTS));
        return new Chromium(playwright, browser);
    }

    /** What somebody holds in front of him. */
    enum Device {
        DESKTOP(1440, 900),
        PHONE(390, 844);

        private final int width;
        private final int height;

        Device(int width, int height) {
            this.width = width;
            this.height = height;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Visit visit(String url, Device device, ColorScheme scheme) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(url)
                .setViewportSize(device.width, device.height)
                .setDeviceScaleFactor(device == Device.PHONE ? 2 : 1)
                .setIsMobile(device == Device.PHONE)
                .setHasTouch(device == Device.PHONE)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setColorScheme(scheme));
        return new Visit(context);
    }

    Visit visit(String url) {
        return visit(url, Device.DESKTOP, ColorScheme.LIGHT);
    }

    /** One profile of the browser with one page; it remembers what the page complained about. */
    static final class Visit implements AutoCloseable {

        private final BrowserContext context;
        private final Page page;
        private final List<String> complaints = new ArrayList<>();

        private Visit(BrowserContext context) {
            this.context = context;
            this.page = context.newPage();
            page.onPageError(error -> complaints.add("error: " + error));
            page.onConsoleMessage(message -> {
                // The browser itself notes every answer of 400 and above; refusals are part of some stories.
                if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                    complaints.add("console: " + message.text());
                }
            });
        }

        Page page() {
            return page;
        }

        /** Scripts that failed, content policies that were broken. */
        List<String> complaints() {
            return List.copyOf(complaints);
        }

        /** Signed in without the form, for tests that are about something else. */
        Visit as(String handle) {
            var answer = context.request()
                    .post(
                            "/api/v1/sessions",
                            RequestOptions.create()
                                    .setData(Map.of(
                                            "handle", handle, "password", Demo.PASSWORD, "transport", "cookie")));
            if (!answer.ok()) {
                throw new IllegalStateException("@" + handle + " could not sign in: " + answer.text());
            }
            return this;
        }

        /** Goes to an address and waits until its heading is there. */
        Page at(String path) {
            page.navigate(path);
            page.locator("h1").first().waitFor();
            return page;
        }

        @Override
        public void close() {
            context.close();
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
