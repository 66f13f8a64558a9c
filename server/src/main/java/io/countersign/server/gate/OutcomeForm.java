package io.countersign.server.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended.
 *
 * @param result {@code succeeded} or {@code failed}
 * @param text a few words, at most 4,000 characters
 * @param link where more can be seen, an http or https address
 * @param artifacts names or addresses of what was produced, at most 50
 */
record OutcomeForm(
        String result,
        @Nullable String text,
        @Nullable String link,
        @Nullable List<String> artifacts) {}
