package io.countersign.rego.compile;

import io.countersign.rego.syntax.Annotation;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rules that define one thing: a value, a set, an object, or a function. */
public final class RuleGroup {

    private final int id;
    private final List<Value> path;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable Entry defaultEntry;
    private Kind kind = Kind.COMPLETE;

    RuleGroup(int id, List<Value> path) {
        this.id = id;
        this.path = path;
    }

    /** What the rules define together. */
    public enum Kind {
        /** One value. */
        COMPLETE,
        /** The elements of a set. */
        SET,
        /** The entries of an object, perhaps several levels of it. */
        OBJECT,
        /** A function. */
        FUNCTION
    }

    /**
     * One rule of the group.
     *
     * @param rest the terms of the head's ref beyond the path of the group
     */
    public record Entry(RegoModule module, Rule rule, List<Term> rest) {

        /** The metadata right before it. */
        public List<Annotation> metadata() {
            return rule.metadata();
        }
    }

    /** The number of the group in its program. */
    public int id() {
        return id;
    }

    /** Where it is beneath `data`, which is not part of it. */
    public List<Value> path() {
        return path;
    }

    /** The rules, in the order of the sources. */
    public List<Entry> entries() {
        return entries;
    }

    /** The rule that was declared with `default`. */
    public @Nullable Entry defaultEntry() {
        return defaultEntry;
    }

    void defaultEntry(Entry entry) {
        defaultEntry = entry;
    }

    /** What it defines. */
    public Kind kind() {
        return kind;
    }

    void kind(Kind found) {
        kind = found;
    }

    /** How many arguments a function takes. */
    public int arity() {
        Entry first = entries.isEmpty() ? defaultEntry : entries.get(0);
        List<Term> args = first == null ? null : first.rule().head().args();
        return args == null ? 0 : args.size();
    }

    /** The full name, as in `data.a.b`. */
    public String name() {
        return RuleNode.text(path);
    }
}
