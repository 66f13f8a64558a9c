package io.countersign.server.platform;

import java.util.function.Predicate;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.JsonNode;

/** What no text and no list of a body exceeds, whoever reads it; most of their readers take much less. */
public final class Bounds {

    /** UTF-16 units of a text. */
    static final int LONGEST_TEXT = 10_000;

    /** Entries of a list. */
    static final int LONGEST_LIST = 10_000;

    private static final String TOO_LONG = "a text here has at most 10,000 characters";
    private static final String TOO_MANY = "a list here has at most 10,000 entries";

    private Bounds() {}

    /**
     * Refuses a member of a list that has too many before it, in the moment that it is read.
     *
     * @param parser at the member itself, or at the end of it
     */
    static void demandFewBefore(JsonParser parser) {
        TokenStreamContext place = parser.streamReadContext();
        TokenStreamContext list = place.inObject() ? place.getParent() : place;
        if (list != null && list.inArray() && list.getCurrentIndex() >= LONGEST_LIST) {
            String path = path(list);
            throw Problem.of(400, "too-many", "`" + path + "`: " + TOO_MANY)
                    .fault(Fault.of("too-many", path, TOO_MANY))
                    .raise();
        }
    }

    /** Refuses the text that was just read, by its whole path, such as {@code documents[0].people[2].name}. */
    static ProblemException tooLong(JsonParser parser) {
        return tooLong(path(parser.streamReadContext()));
    }

    private static ProblemException tooLong(String path) {
        return Problem.of(400, "too-long", "`" + path + "`: " + TOO_LONG)
                .fault(Fault.of("too-long", path, TOO_LONG))
                .raise();
    }

    private static String path(TokenStreamContext place) {
        TokenStreamContext above = place.getParent();
        String before = above == null ? "" : path(above);
        if (place.inArray()) {
            return before + "[" + place.getCurrentIndex() + "]";
        }
        String name = place.currentName();
        return name == null ? before : before.isEmpty() ? name : before + "." + name;
    }

    /**
     * Refuses a body that is read without a form when one of its texts is too long.
     *
     * @param mayBeLong whether what stands at this path, such as {@code evaluations[2].subject.id}, has a bound of its own
     */
    public static void demandShort(JsonNode body, Predicate<String> mayBeLong) {
        if (holdsLong(body)) { // seldom; only then are paths worth their making
            demandShort("", body, mayBeLong);
        }
    }

    private static boolean holdsLong(JsonNode node) {
        if (node.isString()) {
            return node.asString().length() > LONGEST_TEXT;
        }
        for (JsonNode below : node) {
            if (holdsLong(below)) {
                return true;
            }
        }
        return false;
    }

    private static void demandShort(String path, JsonNode node, Predicate<String> mayBeLong) {
        if (node.isString()) {
            if (node.asString().length() > LONGEST_TEXT && !mayBeLong.test(path)) {
                throw tooLong(path);
            }
        } else if (node.isObject()) {
            node.properties()
                    .forEach(member -> demandShort(
                            path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                            member.getValue(),
                            mayBeLong));
        } else {
            for (int i = 0; i < node.size(); i++) {
                demandShort(path + "[" + i + "]", node.path(i), mayBeLong);
            }
        }
    }
}
