package io.countersign.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended.
 *
 * @param text a few words, at most 4,000 characters, or none
 * @param link where more can be seen, an http or https address, or none
 * @param artifacts names or addresses of what was produced, at most 50
 */
public record ExecutionReport(
        boolean success, @Nullable String text, @Nullable String link, List<String> artifacts) {

    public ExecutionReport {
        artifacts = List.copyOf(artifacts);
    }

    /** It went well. */
    public static ExecutionReport succeeded() {
        return new ExecutionReport(true, null, null, List.of());
    }

    /** It did not; in a few words. */
    public static ExecutionReport failed(String text) {
        return new ExecutionReport(false, text, null, List.of());
    }

    /** The same with where more can be seen. */
    public ExecutionReport link(String address) {
        return new ExecutionReport(success, text, address, artifacts);
    }

    /** The word for it on the wire. */
    String result() {
        return success ? "succeeded" : "failed";
    }
}
