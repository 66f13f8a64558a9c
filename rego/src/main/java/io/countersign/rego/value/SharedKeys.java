package io.countersign.rego.value;

import org.jspecify.annotations.Nullable;

/**
 * Strings that documents have as keys, each held once where that is possible, so that equal keys mostly are the same
 * object. It forgets by overwriting; threads may overwrite each other's, since nothing depends on what is remembered.
 */
public final class SharedKeys {

    private static final int LONGEST = 64;
    private static final int MASK = (1 << 12) - 1;
    private static final @Nullable RegoString[] KNOWN = new @Nullable RegoString[MASK + 1];

    private SharedKeys() {}

    /** The string that stands for all equal ones, or the string itself. */
    public static RegoString of(RegoString key) {
        String text = key.value();
        RegoString known = find(text, 0, text.length(), text.hashCode());
        return known == null ? remember(key) : known;
    }

    /** The key that a part of a text is; its hash is that of the string. */
    static RegoString of(String text, int from, int to, int hash) {
        RegoString known = find(text, from, to, hash);
        return known == null ? remember(RegoString.of(text.substring(from, to))) : known;
    }

    private static @Nullable RegoString find(String text, int from, int to, int hash) {
        int place = place(hash);
        RegoString known = KNOWN[place];
        if (known != null && isSame(known.value(), text, from, to, hash)) {
            return known;
        }
        known = KNOWN[place ^ 1];
        return known != null && isSame(known.value(), text, from, to, hash) ? known : null;
    }

    private static boolean isSame(String known, String text, int from, int to, int hash) {
        return known.length() == to - from && known.hashCode() == hash && text.startsWith(known, from);
    }

    private static RegoString remember(RegoString key) {
        if (key.value().length() <= LONGEST) {
            int place = place(key.value().hashCode());
            KNOWN[KNOWN[place] == null ? place : place ^ 1] = key;
        }
        return key;
    }

    private static int place(int hash) {
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ (mixed >>> 15)) & MASK;
    }
}
