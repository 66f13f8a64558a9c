package io.countersign.server.platform;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Tells what is wrong with a JSON body in words that name the field, the line and the column. */
final class JsonFaults {

    private static final String MALFORMED = "malformed-json";

    private JsonFaults() {}

    /** The problem of a body that could not be read. */
    static Problem problem(Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException unknown -> unknown(unknown);
            case InvalidFormatException format ->
                field(format, "wrong-type", "`" + format.getValue() + "` is not " + expected(format.getTargetType()));
            case MismatchedInputException mismatch -> mismatched(mismatch);
            case StreamConstraintsException constraint ->
                Problem.of(
                        400,
                        "json-too-large",
                        ParserWords.limit(constraint.getOriginalMessage()) + at(constraint.getLocation()));
            case InputCoercionException number -> field(number, "wrong-value", "this number is too large or too small");
            case StreamReadException syntax -> syntax(syntax);
            case JacksonException other when other.getCause() instanceof ProblemException ours -> ours.problem();
            case JacksonException other -> field(other, "wrong-value", said(other));
            default -> Problem.of(400, MALFORMED, "the body could not be read");
        };
    }

    private static Problem unknown(UnrecognizedPropertyException unknown) {
        String known = unknown.getKnownPropertyIds() == null
                ? ""
                : unknown.getKnownPropertyIds().stream()
                        .map(String::valueOf)
                        .sorted()
                        .collect(Collectors.joining(", "));
        Problem problem = field(unknown, "unknown-field", "there is no field `" + unknown.getPropertyName() + "` here");
        return known.isEmpty() ? problem : problem.remedy("the fields here are: " + known);
    }

    private static Problem mismatched(MismatchedInputException mismatch) {
        String words = String.valueOf(mismatch.getOriginalMessage());
        if (words.startsWith("Missing required creator property") || words.startsWith("Invalid `null` value")) {
            return field(mismatch, "field-required", "this field is needed");
        }
        if (words.startsWith("No content")) {
            return ProblemException.noBody().problem();
        }
        if (words.startsWith("Trailing token")) {
            return Problem.of(400, MALFORMED, "there is more than one JSON value" + at(mismatch.getLocation()));
        }
        return field(mismatch, "wrong-type", "this must be " + expected(mismatch.getTargetType()));
    }

    private static Problem syntax(StreamReadException syntax) {
        String words = String.valueOf(syntax.getOriginalMessage());
        if (words.startsWith("Duplicate")) {
            return Problem.of(400, "duplicate-field", lowered(words) + at(syntax.getLocation()));
        }
        if (words.startsWith("Invalid UTF-8")) {
            return Problem.of(400, "invalid-utf-8", "the body is not UTF-8" + at(syntax.getLocation()));
        }
        return Problem.of(
                400, MALFORMED, "the body is not JSON: " + ParserWords.syntax(words) + at(syntax.getLocation()));
    }

    private static Problem field(JacksonException failed, String code, String message) {
        String path = path(failed);
        String where = path.isEmpty() ? "" : "`" + path + "`: ";
        return Problem.of(400, code, where + message + at(failed.getLocation()))
                .fault(new Fault(code, path.isEmpty() ? null : path, message, null, null, null));
    }

    /** The path of the field as a reader writes it, for example {@code quorum.requiredUserIds[2]}. */
    private static String path(JacksonException failed) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : failed.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    /** What a value of this type is called. */
    static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type.isEnum()) {
            return "one of "
                    + java.util.stream.Stream.of(type.getEnumConstants())
                            .map(constant -> "`"
                                    + ((Enum<?>) constant)
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', '-') + "`")
                            .collect(Collectors.joining(", "));
        }
        return switch (type.getName()) {
            case "java.lang.String" -> "a text";
            case "int", "long", "java.lang.Integer", "java.lang.Long" -> "a whole number";
            case "boolean", "java.lang.Boolean" -> "true or false";
            case "java.time.Instant" -> "an instant such as `2026-03-02T09:00:00Z`";
            case "java.time.Duration" -> "a duration such as `PT1H`";
            case "java.time.ZoneId" -> "a time zone such as `Europe/Istanbul`";
            default -> java.util.Collection.class.isAssignableFrom(type) ? "a list" : "an object";
        };
    }

    private static String said(JacksonException failed) {
        return failed.getCause() instanceof IllegalArgumentException reason && reason.getMessage() != null
                ? reason.getMessage()
                : "this value does not go here";
    }

    private static String lowered(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
