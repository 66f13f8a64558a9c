package io.countersign.cli.command;

import java.util.regex.Pattern;

/** Reads how people name people, teams and accounts. */
public final class Named {

    private static final Pattern ID = Pattern.compile("[a-z]{2,5}_[0-9A-Za-z]{16,}");

    private Named() {}

    /** Who is meant: an id, or a handle with or without its {@code @}. */
    public static String who(String typed) {
        return typed.isEmpty() || typed.startsWith("@") || ID.matcher(typed).matches() ? typed : "@" + typed;
    }
}
