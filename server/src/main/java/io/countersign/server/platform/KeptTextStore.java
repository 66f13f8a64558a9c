package io.countersign.server.platform;

import java.sql.SQLException;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;

/** Knows which texts PostgreSQL keeps. */
final class KeptTextStore {

    /** {@code character_not_in_repertoire} and {@code untranslatable_character}. */
    private static final Set<String> ODD_TEXT = Set.of("22021", "22P05");

    private KeptTextStore() {}

    /** Whether PostgreSQL refused a character of a text, such as a NUL, and not what the text says. */
    static boolean refusedCharacter(DataIntegrityViolationException failure) {
        return failure.getMostSpecificCause() instanceof SQLException said
                && ODD_TEXT.contains(String.valueOf(said.getSQLState()));
    }
}
