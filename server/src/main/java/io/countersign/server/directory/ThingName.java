package io.countersign.server.directory;

import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for names of projects, environments, clusters and releases: they stand in paths and on command lines. */
final class ThingName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,119}");
    private static final int MAX_DESCRIPTION = 4_000;

    private ThingName() {}

    static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ProblemException.badField(
                    "bad-name",
                    "name",
                    "a name has 1 to 120 letters, digits and ._- and begins with a letter or digit, not `" + name
                            + "`");
        }
        return name;
    }

    static String description(@Nullable String text) {
        if (text != null && text.length() > MAX_DESCRIPTION) {
            throw ProblemException.badField("too-long", "description", "a description has at most 4,000 characters");
        }
        return text == null ? "" : text;
    }

    static ProblemException taken(String thing, String name) {
        return Problem.of(409, "name-taken", "there is another " + thing + " `" + name + "` already")
                .remedy("choose another name, compared without regard to case")
                .raise();
    }
}
