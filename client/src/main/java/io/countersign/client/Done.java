package io.countersign.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that was permitted and done.
 *
 * @param value what it came to
 * @param executionId the id it ran under
 * @param requestNumber the request that people approved, or none where nothing gated it
 * @param reported whether its outcome arrived; if not, report it again under the execution id
 */
public record Done<T extends @Nullable Object>(
        T value, String executionId, Optional<String> requestNumber, boolean reported) {}
