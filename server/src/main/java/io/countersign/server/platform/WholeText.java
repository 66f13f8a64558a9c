package io.countersign.server.platform;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/** Reads a text, and refuses one that could not be kept as it is: with a NUL in it, with half of a character, or endless. */
class WholeText extends StringDeserializer {

    private final int longest;

    WholeText() {
        this(Bounds.LONGEST_TEXT);
    }

    WholeText(int longest) {
        this.longest = longest;
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        Bounds.demandFewBefore(parser);
        String text = super.deserialize(parser, context);
        if (text != null && text.length() > longest) {
            throw Bounds.tooLong(parser);
        }
        if (text != null && !isWhole(text)) {
            throw new IllegalArgumentException("a text holds no NUL and no half of a character");
        }
        return text;
    }

    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0) {
                return false;
            }
            if (Character.isSurrogate(unit)) {
                if (Character.isBmpCodePoint(text.codePointAt(i))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
