package io.countersign.server.console;

import io.countersign.server.platform.PageForBrowsers;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hands out the console. Every address of the console gets the same page, with a nonce of its own for its styles; what
 * the person may see is decided by the API that the page calls, never here.
 */
@RestController
@Hidden // from the OpenAPI document: these are pages
final class ConsoleApi {

    private static final Duration A_YEAR = Duration.ofDays(365);
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final ConsolePage page;
    private final ConsoleAssets assets;

    ConsoleApi(ConsolePage page, ConsoleAssets assets) {
        this.page = page;
        this.assets = assets;
    }

    @GetMapping({
        "/",
        "/sign-in",
        "/enrol",
        "/approvals/**",
        "/follow-ups/**",
        "/executions/**",
        "/approval-policies/**",
        "/simulator/**",
        "/findings/**",
        "/breakglass/**",
        "/people/**",
        "/teams/**",
        "/roles/**",
        "/accounts/**",
        "/projects/**",
        "/clusters/**",
        "/settings/**"
    })
    @Requires(Permission.PUBLIC)
    ResponseEntity<byte[]> page() {
        PageForBrowsers.Rendered rendered = page.render();
        return ResponseEntity.ok()
                .contentType(HTML)
                .header("Content-Security-Policy", rendered.contentPolicy())
                .body(rendered.html());
    }

    /** An asset never changes under its name, which carries a digest of what is in it. */
    @GetMapping("/assets/{file}")
    @Requires(Permission.PUBLIC)
    ResponseEntity<byte[]> asset(
            @PathVariable String file,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String accepted) {
        return answer(
                "assets/" + file,
                accepted,
                CacheControl.maxAge(A_YEAR).cachePublic().immutable());
    }

    @GetMapping("/favicon.svg")
    @Requires(Permission.PUBLIC)
    ResponseEntity<byte[]> icon(
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String accepted) {
        return answer(
                "favicon.svg", accepted, CacheControl.maxAge(Duration.ofDays(1)).cachePublic());
    }

    private ResponseEntity<byte[]> answer(String name, @Nullable String accepted, CacheControl caching) {
        ConsoleAssets.Asset asset = assets.find(name, accepted == null ? "" : accepted)
                .orElseThrow(() -> ProblemException.notFound("asset", name));
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(asset.type()))
                .cacheControl(caching)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (!asset.encoding().isEmpty()) {
            answer.header(HttpHeaders.CONTENT_ENCODING, asset.encoding());
        }
        return answer.body(asset.bytes());
    }
}
