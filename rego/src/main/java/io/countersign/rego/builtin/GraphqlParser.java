package io.countersign.rego.builtin;

import io.countersign.rego.builtin.GraphqlLexer.Token;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Parses GraphQL queries and schemas into the trees that policies see; places are kept beside them. */
@SuppressWarnings({"ReferenceEquality", "RefactorSwitch"})
final class GraphqlParser {

    private static final int DEEPEST = 200;

    private final GraphqlLexer lexer;
    private final Map<Value, String> places = new HashMap<>();
    private Token peek;
    private int depth;

    GraphqlParser(String text) {
        lexer = new GraphqlLexer(text);
        peek = lexer.next();
    }

    /** Where the first node that equals this one stands, as `line:column`. */
    String place(Value node) {
        return places.getOrDefault(node, "1:1");
    }

    static BuiltinFailure error(String message, String place) {
        return BuiltinFailure.error(message + " in GraphQL string at location " + place);
    }

    private BuiltinFailure at(String message, Token token) {
        return error(message, token.line() + ":" + token.column());
    }

    private BuiltinFailure unexpected() {
        return at("Unexpected " + peek.shown(), peek);
    }

    private Token take() {
        Token token = peek;
        peek = lexer.next();
        return token;
    }

    private boolean is(String kind) {
        return peek.kind().equals(kind);
    }

    private boolean isWord(String word) {
        return is("Name") && peek.text().equals(word);
    }

    private boolean accept(String kind) {
        if (is(kind)) {
            take();
            return true;
        }
        return false;
    }

    private Token expect(String kind) {
        if (!is(kind)) {
            throw at("Expected " + kind + ", found " + peek.shown(), peek);
        }
        return take();
    }

    private void expectWord(String word) {
        if (!isWord(word)) {
            throw at("Expected \"" + word + "\", found " + peek.shown(), peek);
        }
        take();
    }

    private String name() {
        return expect("Name").text();
    }

    /** At least one of these between two marks. */
    private List<Value> some(String open, String close, Supplier<Value> one) {
        List<Value> found = new ArrayList<>();
        if (!accept(open)) {
            return found;
        }
        if (is(close)) {
            throw at("expected at least one definition, found " + close, peek);
        }
        if (++depth > DEEPEST) {
            throw at("the document is nested too deeply", peek);
        }
        while (!accept(close)) {
            found.add(one.get());
        }
        depth--;
        return found;
    }

    private static void put(RegoObject.Builder out, String key, List<Value> values) {
        if (!values.isEmpty()) {
            out.put(key, RegoArray.of(values));
        }
    }

    private static RegoString text(String value) {
        return RegoString.of(value);
    }

    // --- Queries ---

    RegoObject query() {
        List<Value> operations = new ArrayList<>();
        List<Value> fragments = new ArrayList<>();
        while (!is("EOF")) {
            if (is("{")) {
                RegoObject.Builder operation = new RegoObject.Builder(4);
                operation.put("Operation", text("query")).put("Name", RegoString.EMPTY);
                put(operation, "SelectionSet", selections());
                operations.add(operation.build());
            } else if (isWord("query") || isWord("mutation") || isWord("subscription")) {
                operations.add(operation());
            } else if (isWord("fragment")) {
                fragments.add(fragment());
            } else {
                throw unexpected();
            }
        }
        RegoObject.Builder document = new RegoObject.Builder(2);
        put(document, "Operations", operations);
        put(document, "Fragments", fragments);
        return document.build();
    }

    private Value operation() {
        RegoObject.Builder out = new RegoObject.Builder(6);
        out.put("Operation", text(take().text()));
        out.put("Name", is("Name") ? text(take().text()) : RegoString.EMPTY);
        put(out, "VariableDefinitions", some("(", ")", this::variable));
        put(out, "Directives", directives(false));
        put(out, "SelectionSet", required());
        return out.build();
    }

    private List<Value> required() {
        if (!is("{")) {
            throw at("Expected {, found " + peek.shown(), peek);
        }
        return selections();
    }

    private List<Value> selections() {
        return some("{", "}", this::selection);
    }

    private Value fragment() {
        take();
        RegoObject.Builder out = new RegoObject.Builder(6);
        if (isWord("on")) {
            throw unexpected();
        }
        out.put("Name", text(name()));
        put(out, "VariableDefinition", some("(", ")", this::variable));
        expectWord("on");
        out.put("TypeCondition", text(name()));
        put(out, "Directives", directives(false));
        put(out, "SelectionSet", required());
        return out.build();
    }

    private Value variable() {
        RegoObject.Builder out = new RegoObject.Builder(6);
        expect("$");
        out.put("Variable", text(name()));
        expect(":");
        out.put("Type", type());
        if (accept("=")) {
            out.put("DefaultValue", value(true));
        }
        put(out, "Directives", directives(false));
        return out.put("Used", RegoBoolean.FALSE).build();
    }

    private Value selection() {
        RegoObject.Builder out = new RegoObject.Builder(6);
        Token start = peek;
        if (accept("...")) {
            if (is("Name") && !isWord("on")) {
                out.put("Name", text(take().text()));
                put(out, "Directives", directives(false));
                return out.build();
            }
            out.put("TypeCondition", RegoString.EMPTY);
            if (isWord("on")) {
                take();
                out.put("TypeCondition", text(name()));
            }
            put(out, "Directives", directives(false));
            put(out, "SelectionSet", required());
            return out.build();
        }
        String name = name();
        out.put("Alias", text(name));
        if (accept(":")) {
            name = name();
        }
        out.put("Name", text(name));
        put(out, "Arguments", some("(", ")", () -> argument(false)));
        put(out, "Directives", directives(false));
        if (is("{")) {
            put(out, "SelectionSet", selections());
        }
        Value field = out.build();
        places.putIfAbsent(field, start.line() + ":" + start.column());
        return field;
    }

    private Value argument(boolean constant) {
        RegoObject.Builder out = new RegoObject.Builder(2);
        out.put("Name", text(name()));
        expect(":");
        return out.put("Value", value(constant)).build();
    }

    private List<Value> directives(boolean constant) {
        List<Value> found = new ArrayList<>();
        while (accept("@")) {
            RegoObject.Builder out = new RegoObject.Builder(3);
            out.put("Name", text(name())).put("Location", RegoString.EMPTY);
            put(out, "Arguments", some("(", ")", () -> argument(constant)));
            found.add(out.build());
        }
        return found;
    }

    private Value type() {
        RegoObject.Builder out = new RegoObject.Builder(3);
        if (++depth > DEEPEST) {
            throw at("the document is nested too deeply", peek);
        }
        if (accept("[")) {
            out.put("NamedType", RegoString.EMPTY).put("Elem", type());
            expect("]");
        } else {
            out.put("NamedType", text(name()));
        }
        depth--;
        return out.put("NonNull", RegoBoolean.of(accept("!"))).build();
    }

    private static RegoObject.Builder scalar(int kind, String raw) {
        return new RegoObject.Builder(4)
                .put("Kind", RegoNumber.of(kind))
                .put("Raw", text(raw))
                .put("ExpectedTypeHasDefault", RegoBoolean.FALSE);
    }

    private Value value(boolean constant) {
        Token token = peek;
        switch (token.kind()) {
            case "$" -> {
                if (constant) {
                    throw unexpected();
                }
                take();
                return scalar(0, name()).build();
            }
            case "[" -> {
                RegoObject.Builder list = scalar(8, "");
                put(list, "Children", many("[", "]", () -> child("", constant)));
                return list.build();
            }
            case "{" -> {
                RegoObject.Builder object = scalar(9, "");
                put(object, "Children", many("{", "}", () -> {
                    String name = name();
                    expect(":");
                    return child(name, constant);
                }));
                return object.build();
            }
            case "Int", "Float", "String", "BlockString" -> {
                take();
                return scalar(List.of("Int", "Float", "String", "BlockString").indexOf(token.kind()) + 1, token.text())
                        .build();
            }
            case "Name" -> {
                take();
                int kind = switch (token.text()) {
                    case "true", "false" -> 5;
                    case "null" -> 6;
                    default -> 7;
                };
                return scalar(kind, token.text()).build();
            }
            default -> throw unexpected();
        }
    }

    private Value child(String name, boolean constant) {
        return new RegoObject.Builder(2)
                .put("Name", text(name))
                .put("Value", value(constant))
                .build();
    }

    private List<Value> many(String open, String close, Supplier<Value> one) {
        List<Value> found = new ArrayList<>();
        expect(open);
        if (++depth > DEEPEST) {
            throw at("the document is nested too deeply", peek);
        }
        while (!accept(close)) {
            found.add(one.get());
        }
        depth--;
        return found;
    }

    // --- Schemas ---

    RegoObject schema() {
        List<Value> schemas = new ArrayList<>();
        List<Value> schemaExtensions = new ArrayList<>();
        List<Value> directives = new ArrayList<>();
        List<Value> definitions = new ArrayList<>();
        List<Value> extensions = new ArrayList<>();
        while (!is("EOF")) {
            Token first = peek;
            String description = description();
            boolean described = first != peek;
            if (isWord("extend")) {
                if (described) {
                    throw at("Unexpected " + first.shown(), first);
                }
                take();
                if (isWord("schema")) {
                    schemaExtensions.add(schemaDefinition("", true));
                } else {
                    extensions.add(definition("", true));
                }
            } else if (isWord("schema")) {
                schemas.add(schemaDefinition(description, false));
            } else if (isWord("directive")) {
                directives.add(directiveDefinition(description));
            } else {
                definitions.add(definition(description, false));
            }
        }
        RegoObject.Builder document = new RegoObject.Builder(6);
        put(document, "Schema", schemas);
        put(document, "SchemaExtension", schemaExtensions);
        put(document, "Directives", directives);
        put(document, "Definitions", definitions);
        put(document, "Extensions", extensions);
        return document.build();
    }

    private String description() {
        return is("String") || is("BlockString") ? take().text() : "";
    }

    private Value schemaDefinition(String description, boolean extension) {
        take();
        RegoObject.Builder out = new RegoObject.Builder(4).put("Description", text(description));
        List<Value> directives = directives(true);
        List<Value> types = some("{", "}", () -> {
            String operation = name();
            expect(":");
            return new RegoObject.Builder(2)
                    .put("Operation", text(operation))
                    .put("Type", text(name()))
                    .build();
        });
        if (extension && directives.isEmpty() && types.isEmpty()) {
            throw unexpected();
        }
        put(out, "Directives", directives);
        put(out, "OperationTypes", types);
        return out.build();
    }

    private Value directiveDefinition(String description) {
        take();
        expect("@");
        RegoObject.Builder out =
                new RegoObject.Builder(6).put("Description", text(description)).put("Name", text(name()));
        put(out, "Arguments", some("(", ")", this::argumentDefinition));
        boolean repeatable = isWord("repeatable");
        if (repeatable) {
            take();
        }
        expectWord("on");
        accept("|");
        List<Value> locations = new ArrayList<>();
        do {
            Token location = peek;
            String name = name();
            if (!GraphqlRules.LOCATIONS.contains(name)) {
                throw at("Unexpected " + location.shown(), location);
            }
            locations.add(text(name));
        } while (accept("|"));
        put(out, "Locations", locations);
        return out.put("IsRepeatable", RegoBoolean.of(repeatable)).build();
    }

    private Value definition(String description, boolean extension) {
        String word = is("Name") ? peek.text() : "";
        String kind = switch (word) {
            case "scalar" -> "SCALAR";
            case "type" -> "OBJECT";
            case "interface" -> "INTERFACE";
            case "union" -> "UNION";
            case "enum" -> "ENUM";
            case "input" -> "INPUT_OBJECT";
            default -> throw unexpected();
        };
        take();
        RegoObject.Builder out = new RegoObject.Builder(8)
                .put("Kind", text(kind))
                .put("Description", text(description))
                .put("Name", text(name()))
                .put("BuiltIn", RegoBoolean.FALSE);
        int plain = out.size();
        if (kind.equals("OBJECT") || kind.equals("INTERFACE")) {
            put(out, "Interfaces", interfaces());
        }
        put(out, "Directives", directives(true));
        switch (kind) {
            case "OBJECT", "INTERFACE" -> put(out, "Fields", some("{", "}", this::fieldDefinition));
            case "INPUT_OBJECT" -> put(out, "Fields", some("{", "}", this::argumentDefinition));
            case "ENUM" -> put(out, "EnumValues", some("{", "}", this::enumValue));
            case "UNION" -> put(out, "Types", members());
            default -> {}
        }
        if (extension && out.size() == plain) {
            throw unexpected();
        }
        return out.build();
    }

    private List<Value> interfaces() {
        List<Value> found = new ArrayList<>();
        if (isWord("implements")) {
            take();
            accept("&");
            do {
                found.add(text(name()));
            } while (accept("&"));
        }
        return found;
    }

    private List<Value> members() {
        List<Value> found = new ArrayList<>();
        if (accept("=")) {
            accept("|");
            do {
                found.add(text(name()));
            } while (accept("|"));
        }
        return found;
    }

    private Value fieldDefinition() {
        RegoObject.Builder out = new RegoObject.Builder(6)
                .put("Description", text(description()))
                .put("Name", text(name()));
        put(out, "Arguments", some("(", ")", this::argumentDefinition));
        expect(":");
        out.put("Type", type());
        put(out, "Directives", directives(true));
        return out.build();
    }

    private Value argumentDefinition() {
        RegoObject.Builder out = new RegoObject.Builder(6)
                .put("Description", text(description()))
                .put("Name", text(name()));
        expect(":");
        out.put("Type", type());
        if (accept("=")) {
            out.put("DefaultValue", value(true));
        }
        put(out, "Directives", directives(true));
        return out.build();
    }

    private Value enumValue() {
        RegoObject.Builder out = new RegoObject.Builder(4)
                .put("Description", text(description()))
                .put("Name", text(name()));
        put(out, "Directives", directives(true));
        return out.build();
    }
}
