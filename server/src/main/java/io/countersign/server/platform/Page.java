package io.countersign.server.platform;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor what to send as {@code cursor} for the next part; none on the last one
 */
public record Page<T>(List<T> items, @Nullable String nextCursor, int limit) {

    public Page {
        items = List.copyOf(items);
    }

    /** The page of rows that were read one further than it is long; the key of its last row leads on. */
    public static <T> Page<T> of(List<T> rows, Paging paging, Function<T, String> key) {
        if (rows.size() <= paging.limit()) {
            return new Page<>(rows, null, paging.limit());
        }
        List<T> items = rows.subList(0, paging.limit());
        return new Page<>(items, paging.cursor(key.apply(items.getLast())), paging.limit());
    }

    /** The same page of what is made of its items. */
    public <R> Page<R> map(Function<T, R> made) {
        return new Page<>(items.stream().map(made).toList(), nextCursor, limit);
    }
}
