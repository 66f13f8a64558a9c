package io.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.countersign.e2e.Chromium.Device;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every page, in both schemes, on a desktop and a phone: no axe violation, no complaint, no sideways scrolling. */
class AccessibilityTest {

    private static final Demo DEMO = Demo.shared();
    private static Chromium chromium;
    private static List<Pages.Shown> pages;

    @BeforeAll
    static void open() {
        chromium = Chromium.open();
        Scene.play(DEMO);
        pages = Pages.of(DEMO);
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @Test
    void everyPageIsAccessibleInTheLight() {
        assertThat(complaints(Device.DESKTOP, ColorScheme.LIGHT)).isEmpty();
    }

    @Test
    void everyPageIsAccessibleInTheDark() {
        assertThat(complaints(Device.DESKTOP, ColorScheme.DARK)).isEmpty();
    }

    @Test
    void everyPageIsAccessibleOnAPhone() {
        assertThat(complaints(Device.PHONE, ColorScheme.LIGHT)).isEmpty();
    }

    private static List<String> complaints(Device device, ColorScheme scheme) {
        List<String> complaints = new ArrayList<>();
        for (Pages.Shown shown : pages) {
            try (Chromium.Visit visit = chromium.visit(DEMO.url(), device, scheme)) {
                if (!shown.who().isEmpty()) {
                    visit.as(shown.who());
                }
                Page page = visit.at(shown.path());
                page.waitForCondition(() -> page.locator("[aria-busy='true']").count() == 0);
                Axe.violations(page).forEach(violation -> complaints.add(shown.name() + ": " + violation));
                visit.complaints().forEach(complaint -> complaints.add(shown.name() + ": " + complaint));
                if (!(Boolean) page.evaluate(
                        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")) {
                    complaints.add(shown.name() + ": the page scrolls sideways");
                }
            }
        }
        return complaints;
    }
}
