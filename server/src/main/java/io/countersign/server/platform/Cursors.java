package io.countersign.server.platform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What leads from one page of a list to the next: the key of the last item, with a seal by which a list knows its own
 * again. The seal keeps nothing secret; it tells what was mistyped, cut off, or given out by another list.
 */
public final class Cursors {

    private static final int LONGEST = 1_000;
    private static final int SEAL = 8;

    private Cursors() {}

    /** The cursor that leads on behind the item with this key. */
    public static String write(String list, String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((seal(list, key) + key).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The key that a cursor was made of.
     *
     * @throws ProblemException 400 {@code bad-cursor} when this list never gave it out
     */
    public static String read(String list, String cursor) {
        if (cursor.length() <= LONGEST) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                String key = text.length() < SEAL ? "" : text.substring(SEAL);
                if (write(list, key).equals(cursor)) {
                    return key;
                }
            } catch (IllegalArgumentException notBase64) {
                // told below
            }
        }
        throw refused();
    }

    /** 400: what was sent as {@code cursor} leads nowhere in this list. */
    public static ProblemException refused() {
        return ProblemException.badField(
                "bad-cursor", "cursor", "`cursor` is the `nextCursor` of an earlier page of this list, word by word");
    }

    private static String seal(String list, String key) {
        return Secrets.hash(list + "\n" + key).substring(0, SEAL);
    }
}
