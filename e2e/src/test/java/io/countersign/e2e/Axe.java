package io.countersign.e2e;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The axe rules (WCAG 2.0 to 2.2, A and AA, and best practice) on the page as it is now. */
final class Axe {

    private static final Path SCRIPT = Path.of(System.getProperty("house.root", ".."))
            .resolve(Path.of("web", "node_modules", "axe-core", "axe.min.js"));

    private static final String RUN = """
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
              const { violations } = await window.axe.run(document, { runOnly: tags })
              return violations.flatMap((one) =>
                one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} (${one.help})`))
            }
            """;

    private Axe() {}

    @SuppressWarnings("unchecked") // the script answers a list of texts
    static List<String> violations(Page page) {
        try {
            page.evaluate(Files.readString(SCRIPT));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return (List<String>) page.evaluate(RUN);
    }
}
