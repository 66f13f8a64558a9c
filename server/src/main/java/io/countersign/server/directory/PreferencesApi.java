package io.countersign.server.directory;

import io.countersign.server.directory.PreferenceStore.Preference;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the caller prefers in the console, on whichever machine he signs in. */
@RestController
@Tag(name = "Access")
final class PreferencesApi {

    private static final Preference USUAL = new Preference("system", true, "inbox", null);
    private static final Set<String> THEMES = Set.of("system", "light", "dark");
    private static final Set<String> START_PAGES = Set.of("home", "inbox", "requests", "policies", "audit");

    private final PreferenceStore store;

    PreferencesApi(PreferenceStore store) {
        this.store = store;
    }

    /**
     * Preferences; what a new state leaves out is as usual again.
     *
     * @param theme {@code system}, {@code light} or {@code dark}
     * @param singleKeys whether single keys do things, such as J and K
     * @param startPage {@code home}, {@code inbox}, {@code requests}, {@code policies} or {@code audit}
     * @param zone the time zone times are shown in, such as {@code Europe/Berlin}; the browser's own when there is none
     */
    record Preferences(
            @Nullable String theme,
            @Nullable Boolean singleKeys,
            @Nullable String startPage,
            @Nullable String zone) {}

    @GetMapping("/api/v1/me/preferences")
    @Requires(Permission.SIGNED_IN)
    @Operation(operationId = "readPreferences", summary = "What you prefer in the console")
    Preferences read(Caller caller) {
        return shown(store.find(caller.organizationId(), caller.principalId()).orElse(USUAL));
    }

    @PutMapping("/api/v1/me/preferences")
    @Requires(Permission.SIGNED_IN)
    @Operation(operationId = "savePreferences", summary = "Save what you prefer in the console")
    Preferences save(Caller caller, @RequestBody Preferences body) {
        Fields fields = new Fields();
        String theme = fields.oneOf("theme", body.theme() == null ? USUAL.theme() : body.theme(), THEMES);
        String start =
                fields.oneOf("startPage", body.startPage() == null ? USUAL.startPage() : body.startPage(), START_PAGES);
        if (body.zone() != null && !ZoneId.getAvailableZoneIds().contains(body.zone())) {
            fields.wrong("zone", "wrong-value", "`" + body.zone() + "` is no time zone; one is `Europe/Berlin`");
        }
        fields.check();
        Preference preference = new Preference(
                theme, body.singleKeys() == null ? USUAL.singleKeys() : body.singleKeys(), start, body.zone());
        store.save(caller.organizationId(), caller.principalId(), preference);
        return shown(preference);
    }

    private static Preferences shown(Preference preference) {
        return new Preferences(preference.theme(), preference.singleKeys(), preference.startPage(), preference.zone());
    }
}
