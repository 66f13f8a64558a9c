package io.countersign.core.audit;

import org.jspecify.annotations.Nullable;

/**
 * One field that an edit changed.
 *
 * @param field as the API calls it, such as {@code staleAfter}
 * @param before its value until then, null where there was none
 * @param after its value from then on, null where there is none
 */
public record FieldChange(
        String field, @Nullable String before, @Nullable String after) {}
