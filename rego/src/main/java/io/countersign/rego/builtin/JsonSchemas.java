package io.countersign.rego.builtin;

import io.countersign.rego.value.JsonFault;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.Paths;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Schema up to draft 7, as far as policies use it; refs only lead into the schema itself. */
final class JsonSchemas {

    private static final List<String> TYPES =
            List.of("array", "boolean", "integer", "number", "null", "object", "string");
    private static final int DEEPEST = 200;

    private final Host host;
    private final Value root;

    JsonSchemas(Host host, Value root) {
        this.host = host;
        this.root = root;
    }

    static Value document(Host host, Value operand, int position) {
        if (operand instanceof RegoString text) {
            try {
                return JsonReader.read(text.value());
            } catch (JsonFault fault) {
                throw BuiltinFailure.operand(position, "invalid JSON string: " + fault.getMessage());
            }
        }
        if (operand instanceof RegoObject) {
            host.fits(operand);
            return JsonReader.read(operand.toJson());
        }
        throw BuiltinFailure.operand(position, "must be one of {string, object} but got " + operand.typeName());
    }

    /** What makes a schema no schema, or nothing. */
    static String fault(Value schema) {
        if (schema instanceof RegoBoolean) {
            return "";
        }
        if (!(schema instanceof RegoObject object)) {
            return "schema must be an object or a boolean";
        }
        Value type = object.get("type");
        List<Value> types = type instanceof RegoArray list ? list.list() : type == null ? List.of() : List.of(type);
        for (Value one : types) {
            if (!(one instanceof RegoString name) || !TYPES.contains(name.value())) {
                return "has a primitive type that is NOT VALID -- given: /"
                        + (one instanceof RegoString s ? s.value() : one.toString())
                        + "/ Expected valid values are:[" + String.join(" ", TYPES) + "]";
            }
        }
        for (String key : List.of("properties", "definitions", "$defs", "patternProperties")) {
            if (object.get(key) instanceof RegoObject inner) {
                for (Map.Entry<Value, Value> entry : inner.entries()) {
                    String fault = fault(entry.getValue());
                    if (!fault.isEmpty()) {
                        return fault;
                    }
                }
            }
        }
        for (String key : List.of("items", "not", "additionalProperties", "if", "then", "else", "contains")) {
            String fault = object.get(key) instanceof RegoObject inner ? fault(inner) : "";
            if (!fault.isEmpty()) {
                return fault;
            }
        }
        for (String key : List.of("allOf", "anyOf", "oneOf")) {
            if (object.get(key) instanceof RegoArray list) {
                for (Value inner : list.list()) {
                    String fault = fault(inner);
                    if (!fault.isEmpty()) {
                        return fault;
                    }
                }
            }
        }
        return "";
    }

    List<Value> errors(Value instance) {
        List<Value> errors = new ArrayList<>();
        check(root, instance, "(root)", errors, 0);
        return errors;
    }

    private void add(List<Value> errors, String field, String type, String description) {
        host.reserve(2L * (field.length() + description.length()));
        errors.add(new RegoObject.Builder(4)
                .put("desc", RegoString.of(description))
                .put("error", RegoString.of(field + ": " + description))
                .put("field", RegoString.of(field))
                .put("type", RegoString.of(type))
                .build());
    }

    private boolean valid(Value schema, Value instance, int depth) {
        List<Value> errors = new ArrayList<>();
        check(schema, instance, "(root)", errors, depth + 1);
        return errors.isEmpty();
    }

    private static boolean hasType(Value instance, String type) {
        return switch (type) {
            case "integer" -> instance instanceof RegoNumber n && n.isIntegral();
            default -> instance.typeName().equals(type);
        };
    }

    private static String typeOf(Value instance) {
        return instance instanceof RegoNumber n && n.isIntegral() ? "integer" : instance.typeName();
    }

    private void check(Value schema, Value instance, String field, List<Value> errors, int depth) {
        host.work(1);
        if (depth > DEEPEST) {
            throw BuiltinFailure.error("the schema is nested too deeply");
        }
        if (schema instanceof RegoBoolean flag) {
            if (!flag.value()) {
                add(errors, field, "false", "False always fails validation");
            }
            return;
        }
        if (!(schema instanceof RegoObject object)) {
            return;
        }
        if (object.get("$ref") instanceof RegoString ref) {
            Value target = resolve(ref.value());
            if (target == null) {
                throw BuiltinFailure.error("remote reference loading disabled: " + ref.value());
            }
            check(target, instance, field, errors, depth + 1);
            return;
        }
        type(object, instance, field, errors);
        Value choices = object.get("enum");
        if (choices instanceof RegoArray list && !isAmong(list, instance)) {
            List<String> texts = list.list().stream().map(Value::toJson).toList();
            add(errors, field, "enum", field + " must be one of the following: " + String.join(", ", texts));
        }
        Value constant = object.get("const");
        if (constant != null && !constant.equals(instance)) {
            add(errors, field, "const", field + " does not match: " + constant.toJson());
        }
        combined(object, instance, field, errors, depth);
        switch (instance) {
            case RegoObject value -> properties(object, value, field, errors, depth);
            case RegoArray value -> items(object, value, field, errors, depth);
            case RegoString value -> text(object, value.value(), field, errors);
            case RegoNumber value -> number(object, value.exact(), field, errors);
            default -> {}
        }
    }

    private boolean isAmong(RegoArray choices, Value instance) {
        host.work(choices.size());
        return choices.list().contains(instance);
    }

    private @Nullable Value resolve(String ref) {
        if (ref.equals("#")) {
            return root;
        }
        if (!ref.startsWith("#/")) {
            return null;
        }
        return Paths.walk(root, JsonDocuments.pointer(ref.substring(1)).toArray(new Value[0]));
    }

    private void type(RegoObject schema, Value instance, String field, List<Value> errors) {
        Value type = schema.get("type");
        List<Value> types = type instanceof RegoArray list ? list.list() : type == null ? List.of() : List.of(type);
        if (types.isEmpty()) {
            return;
        }
        List<String> names = types.stream().map(t -> ((RegoString) t).value()).toList();
        if (names.stream().noneMatch(name -> hasType(instance, name))) {
            String wanted = names.size() == 1 ? names.get(0) : "[" + String.join(",", names) + "]";
            add(errors, field, "invalid_type", "Invalid type. Expected: " + wanted + ", given: " + typeOf(instance));
        }
    }

    private void combined(RegoObject schema, Value instance, String field, List<Value> errors, int depth) {
        if (schema.get("allOf") instanceof RegoArray all) {
            boolean holds = true;
            for (Value inner : all.list()) {
                int before = errors.size();
                check(inner, instance, field, errors, depth + 1);
                holds &= errors.size() == before;
            }
            if (!holds) {
                add(errors, field, "number_all_of", "Must validate all the schemas (allOf)");
            }
        }
        if (schema.get("anyOf") instanceof RegoArray any
                && any.list().stream().noneMatch(inner -> valid(inner, instance, depth))) {
            add(errors, field, "number_any_of", "Must validate at least one schema (anyOf)");
        }
        if (schema.get("oneOf") instanceof RegoArray one
                && one.list().stream()
                                .filter(inner -> valid(inner, instance, depth))
                                .count()
                        != 1) {
            add(errors, field, "number_one_of", "Must validate one and only one schema (oneOf)");
        }
        Value not = schema.get("not");
        if (not != null && valid(not, instance, depth)) {
            add(errors, field, "number_not", "Must not validate the schema (not)");
        }
        Value condition = schema.get("if");
        if (condition != null) {
            Value branch = schema.get(valid(condition, instance, depth) ? "then" : "else");
            if (branch != null) {
                check(branch, instance, field, errors, depth + 1);
            }
        }
    }

    private static String beneath(String field, String key) {
        return field.equals("(root)") ? key : field + "." + key;
    }

    private void properties(RegoObject schema, RegoObject value, String field, List<Value> errors, int depth) {
        RegoObject known = schema.get("properties") instanceof RegoObject o ? o : RegoObject.EMPTY;
        RegoObject patterns = schema.get("patternProperties") instanceof RegoObject o ? o : RegoObject.EMPTY;
        if (schema.get("required") instanceof RegoArray required) {
            for (Value key : required.list()) {
                if (value.get(key) == null && key instanceof RegoString name) {
                    add(errors, field, "required", name.value() + " is required");
                }
            }
        }
        Value further = schema.get("additionalProperties");
        for (Map.Entry<Value, Value> entry : value.entries()) {
            String key = entry.getKey() instanceof RegoString s
                    ? s.value()
                    : entry.getKey().toString();
            Value own = known.get(entry.getKey());
            boolean matched = own != null;
            if (own != null) {
                check(own, entry.getValue(), beneath(field, key), errors, depth + 1);
            }
            host.work(patterns.size());
            for (Map.Entry<Value, Value> pattern : patterns.entries()) {
                if (PatternFunctions.compile(((RegoString) pattern.getKey()).value())
                        .matcher(key)
                        .find()) {
                    matched = true;
                    check(pattern.getValue(), entry.getValue(), beneath(field, key), errors, depth + 1);
                }
            }
            if (!matched && RegoBoolean.FALSE.equals(further)) {
                add(errors, field, "additional_property_not_allowed", "Additional property " + key + " is not allowed");
            } else if (!matched && further instanceof RegoObject) {
                check(further, entry.getValue(), beneath(field, key), errors, depth + 1);
            }
        }
        size(
                schema,
                "minProperties",
                "maxProperties",
                value.size(),
                field,
                errors,
                "array_min_properties",
                "array_max_properties",
                "Must have at least %s properties",
                "Must have at most %s properties");
    }

    private void items(RegoObject schema, RegoArray value, String field, List<Value> errors, int depth) {
        Value items = schema.get("items");
        for (int i = 0; i < value.size(); i++) {
            Value inner = items instanceof RegoArray list
                    ? (i < list.size() ? list.get(i) : schema.get("additionalItems"))
                    : items;
            if (inner != null) {
                check(inner, value.get(i), beneath(field, Integer.toString(i)), errors, depth + 1);
            }
        }
        size(
                schema,
                "minItems",
                "maxItems",
                value.size(),
                field,
                errors,
                "array_min_items",
                "array_max_items",
                "Array must have at least %s items",
                "Array must have at most %s items");
        if (RegoBoolean.TRUE.equals(schema.get("uniqueItems"))
                && RegoSet.of(value.list()).size() < value.size()) {
            add(errors, field, "unique", "array items[0,1] must be unique");
        }
        Value contains = schema.get("contains");
        if (contains != null && value.list().stream().noneMatch(item -> valid(contains, item, depth))) {
            add(errors, field, "contains", "At least one of the items must match");
        }
    }

    private void size(
            RegoObject schema,
            String least,
            String most,
            int size,
            String field,
            List<Value> errors,
            String leastType,
            String mostType,
            String leastText,
            String mostText) {
        if (schema.get(least) instanceof RegoNumber n
                && BigDecimal.valueOf(size).compareTo(n.exact()) < 0) {
            add(errors, field, leastType, String.format(leastText, n));
        }
        if (schema.get(most) instanceof RegoNumber n && BigDecimal.valueOf(size).compareTo(n.exact()) > 0) {
            add(errors, field, mostType, String.format(mostText, n));
        }
    }

    private void text(RegoObject schema, String value, String field, List<Value> errors) {
        size(
                schema,
                "minLength",
                "maxLength",
                value.codePointCount(0, value.length()),
                field,
                errors,
                "string_gte",
                "string_lte",
                "String length must be greater than or equal to %s",
                "String length must be less than or equal to %s");
        if (schema.get("pattern") instanceof RegoString pattern
                && !PatternFunctions.compile(pattern.value()).matcher(value).find()) {
            add(errors, field, "pattern", "Does not match pattern '" + pattern.value() + "'");
        }
    }

    private void number(RegoObject schema, BigDecimal value, String field, List<Value> errors) {
        if (schema.get("minimum") instanceof RegoNumber n && value.compareTo(n.exact()) < 0) {
            add(errors, field, "number_gte", "Must be greater than or equal to " + n);
        }
        if (schema.get("maximum") instanceof RegoNumber n && value.compareTo(n.exact()) > 0) {
            add(errors, field, "number_lte", "Must be less than or equal to " + n);
        }
        if (schema.get("exclusiveMinimum") instanceof RegoNumber n && value.compareTo(n.exact()) <= 0) {
            add(errors, field, "number_gt", "Must be greater than " + n);
        }
        if (schema.get("exclusiveMaximum") instanceof RegoNumber n && value.compareTo(n.exact()) >= 0) {
            add(errors, field, "number_lt", "Must be less than " + n);
        }
        if (schema.get("multipleOf") instanceof RegoNumber n
                && n.exact().signum() != 0
                && value.remainder(n.exact()).signum() != 0) {
            add(errors, field, "multiple_of", "Must be a multiple of " + n);
        }
    }
}
