package io.countersign.rego.builtin;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parts of documents, chosen by paths. */
final class JsonDocuments {

    /** Paths with common beginnings; a place without further ones is an end. */
    private static final class Tree {
        final Map<Value, Tree> beneath = new TreeMap<>();
        boolean end;
    }

    private JsonDocuments() {}

    static List<List<Value>> paths(Value[] args) {
        List<Value> given = switch (args[1]) {
            case RegoArray array -> array.list();
            case RegoSet set -> set.list();
            default -> throw BuiltinFailure.operand(2, "must be one of {set, array} but got " + args[1].typeName());
        };
        List<List<Value>> paths = new ArrayList<>();
        for (Value path : given) {
            paths.add(path(path));
        }
        return paths;
    }

    private static List<Value> path(Value path) {
        return switch (path) {
            case RegoString text -> pointer(text.value());
            case RegoArray array -> array.list();
            default ->
                throw BuiltinFailure.operand(
                        2,
                        "must be one of {set, array} containing string paths or array of path segments but got "
                                + path.typeName());
        };
    }

    static List<Value> pointer(String text) {
        List<Value> parts = new ArrayList<>();
        if (text.isEmpty()) {
            return parts;
        }
        String rest = text.startsWith("/") ? text.substring(1) : text;
        for (String part : rest.split("/", -1)) {
            parts.add(RegoString.of(part.replace("~1", "/").replace("~0", "~")));
        }
        return parts;
    }

    private static Tree tree(List<List<Value>> paths) {
        Tree root = new Tree();
        for (List<Value> path : paths) {
            Tree at = root;
            for (Value part : path) {
                at = at.beneath.computeIfAbsent(part, p -> new Tree());
            }
            // The path to the document itself says nothing, as in OPA.
            at.end = !path.isEmpty();
        }
        return root;
    }

    static Value filter(RegoObject from, List<List<Value>> paths) {
        Value kept = keep(from, tree(paths));
        return kept == null ? RegoObject.EMPTY : kept;
    }

    private static @Nullable Tree under(Tree tree, Value key) {
        Tree found = tree.beneath.get(key);
        if (found == null && key instanceof RegoNumber number) {
            found = tree.beneath.get(RegoString.of(number.text()));
        }
        return found;
    }

    private static @Nullable Value keep(Value from, Tree tree) {
        if (tree.end || (tree.beneath.isEmpty() && !(from instanceof RegoObject))) {
            return from;
        }
        return switch (from) {
            case RegoObject object -> {
                RegoObject.Builder kept = new RegoObject.Builder(tree.beneath.size());
                for (Map.Entry<Value, Value> entry : object.entries()) {
                    Tree next = under(tree, entry.getKey());
                    Value value = next == null ? null : keep(entry.getValue(), next);
                    if (value != null) {
                        kept.put(entry.getKey(), value);
                    }
                }
                yield kept.build();
            }
            case RegoArray array -> {
                List<Value> kept = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    Tree next = under(tree, RegoNumber.of(i));
                    Value value = next == null ? null : keep(array.get(i), next);
                    if (value != null) {
                        kept.add(value);
                    }
                }
                yield RegoArray.of(kept);
            }
            case RegoSet set -> {
                RegoSet.Builder kept = new RegoSet.Builder(4);
                for (Value element : set.list()) {
                    Tree next = under(tree, element);
                    Value value = next == null ? null : keep(element, next);
                    if (value != null) {
                        kept.add(value);
                    }
                }
                yield kept.build();
            }
            default -> null;
        };
    }

    static Value remove(RegoObject from, List<List<Value>> paths) {
        Value rest = without(from, tree(paths));
        return rest == null ? RegoObject.EMPTY : rest;
    }

    private static @Nullable Value without(Value from, Tree tree) {
        if (tree.end) {
            return null;
        }
        if (tree.beneath.isEmpty()) {
            return from;
        }
        return switch (from) {
            case RegoObject object -> {
                RegoObject.Builder rest = new RegoObject.Builder(object.size());
                for (Map.Entry<Value, Value> entry : object.entries()) {
                    Tree next = under(tree, entry.getKey());
                    Value value = next == null ? entry.getValue() : without(entry.getValue(), next);
                    if (value != null) {
                        rest.put(entry.getKey(), value);
                    }
                }
                yield rest.build();
            }
            case RegoArray array -> {
                List<Value> rest = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    Tree next = under(tree, RegoNumber.of(i));
                    Value value = next == null ? array.get(i) : without(array.get(i), next);
                    if (value != null) {
                        rest.add(value);
                    }
                }
                yield RegoArray.of(rest);
            }
            case RegoSet set -> {
                RegoSet.Builder rest = new RegoSet.Builder(set.size());
                for (Value element : set.list()) {
                    Tree next = under(tree, element);
                    Value value = next == null ? element : without(element, next);
                    if (value != null) {
                        rest.add(value);
                    }
                }
                yield rest.build();
            }
            default -> from;
        };
    }
}
