package io.countersign.server.platform;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in words for the caller what the parser says in words for who configures it. */
final class ParserWords {

    /**
     * How something is said.
     *
     * @param said by the parser, from its beginning
     * @param words for it, with the groups of the pattern in them
     */
    private record Saying(Pattern said, String words) {

        static Saying of(String said, String words) {
            return new Saying(Pattern.compile(said, Pattern.DOTALL), words);
        }
    }

    private static final List<Saying> SYNTAX = List.of(
            Saying.of("Non-standard token '([^']*)'", "`$1` is no JSON"),
            Saying.of(".*\\(non-standard\\) comment", "JSON has no comments"),
            Saying.of(".*JSON spec does not allow numbers to have plus signs", "a number has no plus sign"),
            Saying.of(".*Leading zeroes", "a number does not begin with a zero before other digits"),
            Saying.of(".*Decimal point not followed by", "a digit stands behind the point of a number"),
            Saying.of(".*Exponent indicator not followed by", "a digit stands behind the `e` of a number"),
            Saying.of(
                    "Illegal unquoted character",
                    "a control character stands in a text as it is; escape it, a line's end as `\\\\n`"),
            Saying.of("Unrecognized character escape", "there is no such escape behind a `\\\\`"),
            Saying.of(".*hex-digit for character escape", "four hexadecimal digits stand behind `\\\\u`"),
            Saying.of("Unrecognized token '([^']*)'", "`$1` is no text, number, list, object, true, false or null"),
            Saying.of("Unexpected end-of-input", "it ends too early"),
            Saying.of("Unexpected close marker '(.)': expected '(.)'", "`$1` stands where `$2` is needed"),
            Saying.of("Unexpected character \\('(.)'", "`$1` does not go here"));

    private static final List<Saying> LIMITS = List.of(
            Saying.of("Document nesting depth", "lists and objects stand in each other in at most # levels"),
            Saying.of("Number value length", "a number has at most # characters"),
            Saying.of("Name (?:value )?length", "a name of a field has at most # characters"),
            Saying.of("String value length", "a text has at most # characters"));

    private static final Pattern MOST = Pattern.compile("maximum allowed \\((\\d+)");

    private ParserWords() {}

    /** Why a body is no JSON. */
    static String syntax(String said) {
        for (Saying saying : SYNTAX) {
            Matcher matcher = saying.said().matcher(said);
            if (matcher.lookingAt()) {
                StringBuilder words = new StringBuilder();
                matcher.appendReplacement(words, saying.words());
                return words.toString();
            }
        }
        return "what stands here does not go here";
    }

    /** Which limit of the parser a body exceeds. */
    static String limit(String said) {
        Matcher most = MOST.matcher(said);
        if (most.find()) {
            for (Saying saying : LIMITS) {
                if (saying.said().matcher(said).lookingAt()) {
                    return saying.words().replace("#", String.format(Locale.ROOT, "%,d", Long.valueOf(most.group(1))));
                }
            }
        }
        return "it is larger than what is read";
    }
}
