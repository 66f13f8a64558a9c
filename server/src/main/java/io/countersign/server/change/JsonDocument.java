package io.countersign.server.change;

import io.countersign.server.change.JsonPart.Elements;
import io.countersign.server.change.JsonPart.Form;
import io.countersign.server.change.JsonPart.Member;
import io.countersign.server.change.JsonPart.Members;
import io.countersign.server.change.JsonPart.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON document with the place of every value in it. It is read from the true bytes, so that covering a secret never
 * breaks it, and shown from the covered ones.
 */
final class JsonDocument {

    private static final int DEEPEST = 128;
    private static final int MOST_VALUES = 1_000_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(10_000)
                    .build())
            .build();

    /** Objects with more members than this are looked up by name through an index. */
    private static final int FEW = 16;

    private final byte[] bytes;
    private final byte[] shown;
    private final Map<Integer, Map<String, JsonPart>> indexes = new HashMap<>();
    private int values;
    private @Nullable JsonPart root;

    private JsonDocument(byte[] bytes, byte[] shown) {
        this.bytes = bytes;
        this.shown = shown;
    }

    /**
     * Reads a document; nothing where the bytes are none in UTF-8, are nested deeper than 128 levels, or hold more than a
     * million values.
     *
     * @param shown as many bytes as there are true ones, some of them covered
     */
    static Optional<JsonDocument> read(byte[] bytes, byte[] shown) {
        if (!begins(bytes) || !Utf8.isValid(bytes)) {
            return Optional.empty();
        }
        JsonDocument document = new JsonDocument(bytes, shown);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            parser.nextToken();
            document.root = document.value(parser);
            return parser.nextToken() == null ? Optional.of(document) : Optional.empty();
        } catch (JacksonException | NotAValue notOne) {
            return Optional.empty();
        }
    }

    /** No mark of an encoding, which would be skipped, and no sign of another one than UTF-8. */
    private static boolean begins(byte[] bytes) {
        for (int at = 0; at < Math.min(bytes.length, 4); at++) {
            if (bytes[at] == 0 || (at == 0 && bytes[at] == (byte) 0xef)) {
                return false;
            }
        }
        return bytes.length > 0;
    }

    /** Nothing where a value should be, or one too many. */
    private static final class NotAValue extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    JsonPart root() {
        if (root == null) {
            throw new IllegalStateException("nothing was read");
        }
        return root;
    }

    /** The first member with this name. */
    @Nullable
    JsonPart find(Members members, String name) {
        if (members.all().size() > FEW) {
            return indexes.computeIfAbsent(members.start(), _ -> index(members)).get(name);
        }
        for (Member member : members.all()) {
            if (member.name().text().equals(name)) {
                return member.value();
            }
        }
        return null;
    }

    private static Map<String, JsonPart> index(Members members) {
        Map<String, JsonPart> index = new HashMap<>();
        members.all().forEach(member -> index.putIfAbsent(member.name().text(), member.value()));
        return index;
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] shown() {
        return shown;
    }

    private JsonPart value(JsonParser parser) {
        if (++values > MOST_VALUES) {
            throw new NotAValue();
        }
        JsonToken token = parser.currentToken();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        if (token == JsonToken.START_OBJECT) {
            List<Member> members = new ArrayList<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                Scalar name = scalar(parser, Form.TEXT);
                parser.nextToken();
                members.add(new Member(name, value(parser)));
            }
            return new Members(this, members, start, end(parser));
        }
        if (token == JsonToken.START_ARRAY) {
            List<JsonPart> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return new Elements(this, elements, start, end(parser));
        }
        return scalar(parser, form(token));
    }

    private Scalar scalar(JsonParser parser, Form form) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.finishToken();
        return new Scalar(this, form, start, form == Form.TEXT ? afterQuotes(start) : end(parser));
    }

    /** The place after the quotation mark that ends the text beginning here; the parser has found it to be one. */
    private int afterQuotes(int start) {
        int at = start + 1;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int end(JsonParser parser) {
        return (int) parser.currentLocation().getByteOffset();
    }

    private static Form form(@Nullable JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> Form.TEXT;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Form.NUMBER;
            case VALUE_TRUE -> Form.TRUE;
            case VALUE_FALSE -> Form.FALSE;
            case VALUE_NULL -> Form.NULL;
            case null, default -> throw new NotAValue();
        };
    }
}
