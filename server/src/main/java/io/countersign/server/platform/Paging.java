package io.countersign.server.platform;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for; a route takes it as a parameter, from {@code limit} and {@code cursor}.
 *
 * @param list whose cursors it reads and writes
 * @param limit 1 to 200 items
 * @param after key of the last item already seen, empty at the beginning
 */
public record Paging(String list, int limit, String after) {

    /** How many items a page has when nobody says. */
    public static final int DEFAULT = 50;

    /** How many it has at most. */
    public static final int MOST = 200;

    /** Reads the query parameters; 400 for anything that no page of this list gave. */
    static Paging of(String list, @Nullable String limit, @Nullable String cursor) {
        String after = cursor == null || cursor.isEmpty() ? "" : Cursors.read(list, cursor);
        return new Paging(list, limit == null ? DEFAULT : number(limit), after);
    }

    private static int number(String limit) {
        try {
            int number = Integer.parseInt(limit);
            if (number >= 1 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw ProblemException.badField("wrong-value", "limit", "`limit` is a number from 1 to " + MOST);
    }

    /** What leads on behind this key. */
    public String cursor(String key) {
        return Cursors.write(list, key);
    }

    /** How many rows to read: one more than the page has, which tells whether there is another. */
    public int rows() {
        return limit + 1;
    }
}
