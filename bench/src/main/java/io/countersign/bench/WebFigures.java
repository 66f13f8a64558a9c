package io.countersign.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** How much the console's inbox loads, how soon it can be used, and how soon it shows what others do. */
final class WebFigures {

    private static final int RUNS = 7;
    private static final String ROW = "[data-row]";
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final ServerProcess server;
    private final Town town;
    private final String reader;
    private final Browser browser;
    private final AtomicInteger asked = new AtomicInteger();

    private WebFigures(ServerProcess server, Town town, String reader, Browser browser) {
        this.server = server;
        this.town = town;
        this.reader = reader;
        this.browser = browser;
    }

    /** Measures with the Chromium that the launcher found; the reader's session is given to it as a cookie. */
    static void measure(ServerProcess server, Town town, String reader) {
        Playwright.CreateOptions quiet =
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        try (Playwright playwright = Playwright.create(quiet);
                Browser browser = playwright
                        .chromium()
                        .launch(new LaunchOptions()
                                .setExecutablePath(Path.of(Objects.requireNonNull(System.getProperty("browser.path"))))
                                .setArgs(ARGUMENTS))) {
            WebFigures figures = new WebFigures(server, town, reader, browser);
            figures.load();
            figures.inbox();
            figures.live();
        }
    }

    /** Everything that comes over the wire until the inbox stands, bodies as they were compressed. */
    private void load() {
        try (BrowserContext profile = profile()) {
            Page page = profile.newPage();
            ConcurrentLinkedQueue<Response> responses = new ConcurrentLinkedQueue<>();
            page.onResponse(responses::add);
            open(page, "/approvals?view=pending");
            page.waitForLoadState(LoadState.LOAD);
            long bytes = responses.stream()
                    .filter(response -> !response.url().contains("/api/v1/events"))
                    .filter(response -> response.url().contains("/assets/")
                            && !response.url().endsWith(".woff2"))
                    .mapToLong(response -> response.request().sizes().responseBodySize)
                    .sum();
            Figure.of("web.load")
                    .with("kilobytes", Math.round(bytes / 1000.0))
                    .with("conditions", "scripts and styles of the inbox, first visit")
                    .print();
        }
    }

    private void inbox() {
        long[] nanos = new long[RUNS];
        for (int run = 0; run < RUNS; run++) {
            try (BrowserContext profile = profile()) {
                Page page = profile.newPage();
                long begun = System.nanoTime();
                open(page, "/approvals?view=pending");
                nanos[run] = System.nanoTime() - begun;
            }
        }
        Figure.of("web.inbox")
                .with("millis", median(nanos))
                .with("runs", RUNS)
                .with("conditions", "first visit, empty cache, until the first row can be clicked; median")
                .with("requests", 1_000_000)
                .with("pending", 50_000)
                .print();
    }

    /** From the answer to somebody's ask until the row of it stands in the open inbox. */
    private void live() {
        try (BrowserContext profile = profile()) {
            Page page = profile.newPage();
            open(page, "/approvals?view=pending&order=newest");
            page.waitForTimeout(2_000);
            List<Long> nanos = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                String number = ask();
                long begun = System.nanoTime();
                page.locator("[data-row='" + number + "']").waitFor();
                nanos.add(System.nanoTime() - begun);
                page.waitForTimeout(1_200);
            }
            Figure.of("web.live")
                    .with(
                            "millis",
                            median(nanos.stream().mapToLong(Long::longValue).toArray()))
                    .with("runs", RUNS)
                    .with("conditions", "from the answer to an ask to its row in an open inbox; median")
                    .print();
        }
    }

    private String ask() {
        int turn = asked.incrementAndGet();
        return town.client()
                .post(
                        "/api/v1/asks",
                        town.requesters().get(turn),
                        Map.of(
                                "action",
                                "release.deploy",
                                "resource",
                                Map.of("type", "environment", "id", "payments/crowd0", "from", "v1", "to", "v" + turn),
                                "reason",
                                "bench",
                                "payload",
                                Map.of("text", "live " + turn)))
                .path("request")
                .path("number")
                .asString();
    }

    private BrowserContext profile() {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setBaseURL(server.url()).setViewportSize(1440, 900));
        // The console reads from the second that somebody is signed in; nothing is changed here that it is compared
        // for.
        context.addCookies(List.of(
                new Cookie("countersign_session", reader).setUrl(server.url()),
                new Cookie("XSRF-TOKEN", "-").setUrl(server.url())));
        return context;
    }

    private static void open(Page page, String inbox) {
        page.navigate(inbox);
        page.locator(ROW).first().waitFor();
    }

    private static long median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1_000_000;
    }
}
