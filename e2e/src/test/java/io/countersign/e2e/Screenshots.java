package io.countersign.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.countersign.e2e.Chromium.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Takes a picture of every page in both schemes, on a desktop and a phone; `./countersign screenshots` runs it. */
final class Screenshots {

    private static final int SETTLE_MILLIS = 900;

    private Screenshots() {}

    /** Arguments: the folder. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Demo demo = Demo.shared();
        Scene.play(demo);
        List<Pages.Shown> pages = Pages.of(demo);
        try (Chromium chromium = Chromium.open()) {
            for (Device device : Device.values()) {
                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    for (Pages.Shown shown : pages) {
                        take(chromium, demo, device, scheme, shown, folder);
                    }
                }
            }
        }
        Gallery.write(folder, pages);
        System.out.println(pages.size() * 4 + " pictures; look at them in " + folder.resolve(Gallery.FILE));
        System.exit(0);
    }

    /** The picture's name in its folder. */
    static String file(Pages.Shown shown, Device device, ColorScheme scheme) {
        return shown.name() + "-" + device.word() + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png";
    }

    private static void take(
            Chromium chromium, Demo demo, Device device, ColorScheme scheme, Pages.Shown shown, Path folder) {
        String file = file(shown, device, scheme);
        try (Chromium.Visit visit = chromium.visit(demo.url(), device, scheme)) {
            if (!shown.who().isEmpty()) {
                visit.as(shown.who());
            }
            Page page = visit.at(shown.path());
            page.waitForTimeout(SETTLE_MILLIS);
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(folder.resolve(file)).setFullPage(shown.whole()));
            visit.complaints().forEach(complaint -> System.out.println(file + ": " + complaint));
        }
    }
}
