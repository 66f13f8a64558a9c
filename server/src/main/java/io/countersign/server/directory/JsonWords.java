package io.countersign.server.directory;

import java.util.Locale;

/** The names of enum constants as they stand in JSON and in the database: lower case, with hyphens. */
final class JsonWords {

    private JsonWords() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
