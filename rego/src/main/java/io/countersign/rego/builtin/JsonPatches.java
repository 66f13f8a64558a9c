package io.countersign.rego.builtin;

import io.countersign.rego.value.Paths;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoCollection;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON Patch (RFC 6902), with paths that may be arrays, and sets whose elements are their own keys. */
final class JsonPatches {

    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private JsonPatches() {}

    /** The patched document, or null when a path leads nowhere or a test fails. */
    static @Nullable Value apply(Host host, Value target, RegoArray patches) {
        Value document = target;
        for (Value patch : patches.list()) {
            if (!(patch instanceof RegoObject operation)) {
                throw BuiltinFailure.operand(
                        2, "must be array of JSON-Patch objects but got array containing " + patch.typeName());
            }
            document = one(host, document, operation);
            if (document == null) {
                return null;
            }
        }
        return document;
    }

    private static @Nullable Value one(Host host, Value document, RegoObject operation) {
        String op = attribute(operation, "op") instanceof RegoString s ? s.value() : "";
        List<Value> path = path(operation, "path");
        host.work(copied(document, path));
        return switch (op) {
            case "add" -> put(document, path, 0, attribute(operation, "value"), true);
            case "replace" -> {
                Value value = attribute(operation, "value");
                if (path.isEmpty()) {
                    yield value;
                }
                Value removed = find(document, path) == null ? null : remove(document, path, 0);
                yield removed == null ? null : put(removed, path, 0, value, true);
            }
            case "remove" -> path.isEmpty() ? null : remove(document, path, 0);
            case "move", "copy" -> {
                List<Value> from = path(operation, "from");
                host.work(copied(document, from));
                Value value = find(document, from);
                if (value == null) {
                    yield null;
                }
                Value base = op.equals("move") && !from.isEmpty() ? remove(document, from, 0) : document;
                yield base == null ? null : put(base, path, 0, value, true);
            }
            case "test" -> {
                Value value = find(document, path);
                yield value != null && value.equals(attribute(operation, "value")) ? document : null;
            }
            default -> throw BuiltinFailure.error("unrecognized op \"" + op + "\"");
        };
    }

    /** How many elements an operation copies: those of every collection on its path. */
    private static long copied(Value document, List<Value> path) {
        long copied = 1;
        Value at = document;
        for (Value part : path) {
            if (!(at instanceof RegoCollection collection)) {
                break;
            }
            copied += collection.size();
            at = at instanceof RegoArray array ? element(array, part) : Paths.step(at, part);
        }
        return copied;
    }

    private static Value attribute(RegoObject operation, String name) {
        Value value = operation.get(name);
        if (value == null) {
            throw BuiltinFailure.error("missing '" + name + "' attribute");
        }
        return value;
    }

    private static List<Value> path(RegoObject operation, String name) {
        return switch (attribute(operation, name)) {
            case RegoString text -> JsonDocuments.pointer(text.value());
            case RegoArray array -> array.list();
            default -> throw BuiltinFailure.error("attribute '" + name + "' must be a string or an array");
        };
    }

    private static @Nullable Value find(Value document, List<Value> path) {
        Value at = document;
        for (Value part : path) {
            at = at instanceof RegoArray array ? element(array, part) : Paths.step(at, part);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    private static @Nullable Value element(RegoArray array, Value part) {
        int index = index(part, array.size() - 1);
        return index < 0 ? null : array.get(index);
    }

    /** An index up to the last one allowed, or -1. */
    private static int index(Value part, int last) {
        int index = -1;
        if (part instanceof RegoNumber number) {
            index = number.index();
        } else if (part instanceof RegoString s && INDEX.matcher(s.value()).matches()) {
            index = Integer.parseInt(s.value());
        }
        return index <= last ? index : -1;
    }

    private static @Nullable Value put(@Nullable Value in, List<Value> path, int at, Value value, boolean insert) {
        if (at == path.size()) {
            return value;
        }
        Value key = path.get(at);
        boolean last = at == path.size() - 1;
        return switch (in) {
            case RegoObject object -> {
                Value beneath = last ? value : put(object.get(key), path, at + 1, value, insert);
                yield beneath == null ? null : object.with(key, beneath);
            }
            case RegoArray array -> {
                List<Value> items = new ArrayList<>(array.list());
                if (last) {
                    int index = key instanceof RegoString s && s.value().equals("-")
                            ? items.size()
                            : index(key, items.size());
                    if (index < 0) {
                        yield null;
                    }
                    items.add(index, value);
                    yield RegoArray.of(items);
                }
                int index = index(key, items.size() - 1);
                Value beneath = index < 0 ? null : put(items.get(index), path, at + 1, value, insert);
                if (beneath == null) {
                    yield null;
                }
                items.set(index, beneath);
                yield RegoArray.of(items);
            }
            case RegoSet set -> {
                RegoSet.Builder items = new RegoSet.Builder(set.size() + 1);
                if (last) {
                    set.list().forEach(items::add);
                    items.add(value);
                    yield key.equals(value) ? items.build() : null;
                }
                Value found = set.find(key);
                Value beneath = found == null ? null : put(found, path, at + 1, value, insert);
                if (beneath == null) {
                    yield null;
                }
                set.list().forEach(item -> items.add(item.equals(key) ? beneath : item));
                yield items.build();
            }
            case null -> null;
            default -> null;
        };
    }

    private static @Nullable Value remove(Value in, List<Value> path, int at) {
        Value key = path.get(at);
        boolean last = at == path.size() - 1;
        return switch (in) {
            case RegoObject object -> {
                Value found = object.get(key);
                Value beneath = found == null || last ? null : remove(found, path, at + 1);
                if (found == null || (!last && beneath == null)) {
                    yield null;
                }
                RegoObject.Builder rest = new RegoObject.Builder(object.size());
                for (Map.Entry<Value, Value> entry : object.entries()) {
                    if (!entry.getKey().equals(key)) {
                        rest.put(entry.getKey(), entry.getValue());
                    } else if (beneath != null) {
                        rest.put(key, beneath);
                    }
                }
                yield rest.build();
            }
            case RegoArray array -> {
                int index = index(key, array.size() - 1);
                if (index < 0) {
                    yield null;
                }
                List<Value> items = new ArrayList<>(array.list());
                if (last) {
                    items.remove(index);
                } else {
                    Value beneath = remove(items.get(index), path, at + 1);
                    if (beneath == null) {
                        yield null;
                    }
                    items.set(index, beneath);
                }
                yield RegoArray.of(items);
            }
            case RegoSet set -> {
                Value found = set.find(key);
                Value beneath = found == null || last ? null : remove(found, path, at + 1);
                if (found == null || (!last && beneath == null)) {
                    yield null;
                }
                RegoSet.Builder rest = new RegoSet.Builder(set.size());
                for (Value item : set.list()) {
                    if (!item.equals(key)) {
                        rest.add(item);
                    } else if (beneath != null) {
                        rest.add(beneath);
                    }
                }
                yield rest.build();
            }
            default -> null;
        };
    }
}
