package io.countersign.server.platform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for; a route takes it as a parameter, from {@code limit} and {@code cursor}.
 *
 * @param limit 1 to 200 items
 * @param after key of the last item already seen, empty at the beginning
 */
public record Paging(int limit, String after) {

    /** How many items a page has when nobody says. */
    public static final int DEFAULT = 50;

    /** How many it has at most. */
    public static final int MOST = 200;

    private static final int LONGEST = 1_000;

    /** Reads the query parameters; 400 for anything that no page of ours gave. */
    static Paging of(@Nullable String limit, @Nullable String cursor) {
        return new Paging(limit == null ? DEFAULT : number(limit), cursor == null ? "" : key(cursor));
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

    private static String key(String cursor) {
        if (cursor.length() <= LONGEST) {
            try {
                String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                if (cursor(key).equals(cursor)) {
                    return key;
                }
            } catch (IllegalArgumentException notBase64) {
                // told below
            }
        }
        throw ProblemException.badField(
                "wrong-value", "cursor", "`cursor` is the `nextCursor` of an earlier page, word by word");
    }

    /** What leads on behind this key. */
    public static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** How many rows to read: one more than the page has, which tells whether there is another. */
    public int rows() {
        return limit + 1;
    }
}
