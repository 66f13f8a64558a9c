package io.countersign.server.console;

import io.countersign.server.platform.PageForBrowsers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** The one page of the console. Styles that scripts make need the nonce of the very answer; nothing else is inline. */
@Component
final class ConsolePage implements PageForBrowsers {

    private static final String NONCE = "__NONCE__";
    private static final int NONCE_BYTES = 18;

    /** Shown by a server that was built without the console. */
    private static final String NOT_BUILT = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Countersign</title></head>
            <body><h1>Countersign</h1>
            <p>This server was built without the console. The command line and the API do everything it does.</p>
            </body></html>
            """;

    private final SecureRandom random = new SecureRandom();
    private final String template;

    ConsolePage(ConsoleAssets assets) {
        this.template = assets.find("index.html", "")
                .map(asset -> new String(asset.bytes(), StandardCharsets.UTF_8))
                .orElse(NOT_BUILT);
    }

    @Override
    public Rendered render() {
        byte[] drawn = new byte[NONCE_BYTES];
        random.nextBytes(drawn);
        String nonce = Base64.getEncoder().encodeToString(drawn);
        return new Rendered(
                template.replace(NONCE, nonce).getBytes(StandardCharsets.UTF_8),
                "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-" + nonce
                        + "'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none';"
                        + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    }
}
