package io.countersign.server.audit;

import io.countersign.core.audit.FieldChange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;

/** Reads a changed field; entries of earlier days keep it as words, {@code field: before -> after}. */
final class FieldChangeReader extends ValueDeserializer<FieldChange> {

    private static final Pattern WORDS = Pattern.compile("(\\w+): (.*) -> (.*)", Pattern.DOTALL);

    @Override
    public FieldChange deserialize(JsonParser parser, DeserializationContext context) {
        JsonNode kept = context.readTree(parser);
        if (!kept.isString()) {
            return new FieldChange(
                    kept.path("field").asString(""), text(kept.path("before")), text(kept.path("after")));
        }
        Matcher words = WORDS.matcher(kept.asString());
        return words.matches()
                ? new FieldChange(words.group(1), words.group(2), words.group(3))
                : new FieldChange(kept.asString(), null, null);
    }

    private static @Nullable String text(JsonNode value) {
        return value.isString() ? value.asString() : null;
    }
}
