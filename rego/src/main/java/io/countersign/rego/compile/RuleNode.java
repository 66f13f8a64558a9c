package io.countersign.rego.compile;

import io.countersign.rego.syntax.Texts;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A place beneath `data` that rules stand at or under. */
public final class RuleNode {

    private final Map<Value, RuleNode> children = new LinkedHashMap<>();
    private @Nullable RuleGroup group;

    /** The places right beneath. */
    public Map<Value, RuleNode> children() {
        return children;
    }

    /** The rules at this place, if there are any; then there are no places beneath. */
    public @Nullable RuleGroup group() {
        return group;
    }

    void group(@Nullable RuleGroup found) {
        group = found;
    }

    RuleNode child(Value key) {
        return children.computeIfAbsent(key, k -> new RuleNode());
    }

    /** The place at the end of a path, or null. */
    public @Nullable RuleNode find(List<Value> path) {
        RuleNode node = this;
        for (Value key : path) {
            node = node.children.get(key);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    /** Every group here and beneath. */
    public void eachGroup(Consumer<RuleGroup> visit) {
        if (group != null) {
            visit.accept(group);
        }
        children.values().forEach(child -> child.eachGroup(visit));
    }

    static String text(List<Value> path) {
        StringBuilder out = new StringBuilder("data");
        for (Value key : path) {
            if (key instanceof RegoString s && Texts.isName(s.value())) {
                out.append('.').append(s.value());
            } else {
                out.append('[').append(key).append(']');
            }
        }
        return out.toString();
    }
}
