package io.countersign.e2e;

import com.microsoft.playwright.options.ColorScheme;
import io.countersign.e2e.Chromium.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A page beside the pictures that shows them all: each page of the console on a desktop and a phone, in both schemes. */
final class Gallery {

    static final String FILE = "index.html";

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>The console of Countersign</title>
            <style>
              body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; background: #f4f4f1; color: #1c1d20 }
              section { margin-bottom: 2.5rem }
              .row { display: grid; grid-template-columns: 3fr 3fr 1fr 1fr; gap: 12px; align-items: start }
              img { width: 100%; border: 1px solid #d5d5d0; border-radius: 8px; display: block }
            </style>
            <h1>The console of Countersign</h1>
            """;

    private Gallery() {}

    static void write(Path folder, List<Pages.Shown> pages) {
        StringBuilder html = new StringBuilder(HEAD);
        for (Pages.Shown shown : pages) {
            html.append("<section><h2>").append(shown.name()).append("</h2><div class=\"row\">\n");
            for (Device device : Device.values()) {
                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    String file = Screenshots.file(shown, device, scheme);
                    html.append("<a href=\"%s\"><img loading=\"lazy\" src=\"%s\" alt=\"%s\"></a>\n"
                            .formatted(file, file, file));
                }
            }
            html.append("</div></section>\n");
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(FILE), html);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
