package io.countersign.server.notify;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one entry of the log, in the words every sender takes.
 *
 * @param type the kind of entry, such as {@code breakglass-opened}
 * @param eventType the same as a CloudEvent names it
 * @param headline one line
 * @param session the break-glass session it is about, such as {@code BG-7}, or none
 * @param number the request it is about, such as {@code AR-42}, or none
 * @param page address in the console, beginning with a slash
 * @param facts what else is known, each under a name in camel case, in the order to be read
 */
record Notice(
        String type,
        String eventType,
        Instant at,
        long leafIndex,
        String headline,
        @Nullable String session,
        @Nullable String number,
        String page,
        Map<String, String> facts) {

    /** What is told when somebody asks for a test; it has no place in the log. */
    static final String TEST = "notification-test";

    Notice {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
