package io.countersign.server.audit;

import io.countersign.server.platform.Cursors;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes where a page of entries ends, and reads it again. */
final class EntryKeys {

    private static final Pattern KEY = Pattern.compile("(-?[0-9]{1,18})/([0-9]{1,18})");

    private EntryKeys() {}

    static AuditSearchStore.Key of(FoundEntry entry) {
        return new AuditSearchStore.Key(entry.time(), entry.leafIndex());
    }

    static String write(FoundEntry entry) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, entry.time()) + "/" + entry.leafIndex();
    }

    /** The key that was written, none for the empty text; 400 for anything else. */
    static AuditSearchStore.@Nullable Key read(String text) {
        if (text.isEmpty()) {
            return null;
        }
        Matcher key = KEY.matcher(text);
        if (!key.matches()) {
            throw Cursors.refused();
        }
        return new AuditSearchStore.Key(
                Instant.EPOCH.plus(Long.parseLong(key.group(1)), ChronoUnit.MICROS), Long.parseLong(key.group(2)));
    }
}
