package io.countersign.rego.compile;

import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.type.Type;
import io.countersign.rego.type.Types;
import io.countersign.rego.value.RegoString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what can never be: functions that get what they cannot take, terms that cannot be equal, and refs that lead
 * nowhere. It follows types through rules, functions and variables; of input and base documents it knows what
 * schemas in metadata say.
 */
final class TypeChecker {

    private final RuleNode root;
    private final List<RuleGroup> groups;
    private final List<RegoError> errors;
    private final List<RegoModule> modules;
    private final Map<RuleGroup, Type> known = new HashMap<>();

    TypeChecker(RuleNode root, List<RuleGroup> groups, List<RegoModule> modules, List<RegoError> errors) {
        this.root = root;
        this.modules = modules;
        this.groups = groups;
        this.errors = errors;
    }

    void check() {
        groups.forEach(this::type);
    }

    void check(Body body) {
        new BodyTypes(this, SchemaNotes.NONE, Map.of()).body(body);
    }

    void error(RegoError error) {
        errors.add(error);
    }

    RuleNode root() {
        return root;
    }

    /** The type of what a group defines, or of what its function answers; its rules are checked on the way. */
    Type type(RuleGroup group) {
        Type type = known.get(group);
        if (type == null) {
            known.put(group, Type.ANY);
            type = inferred(group);
            known.put(group, type);
        }
        return type;
    }

    private Type inferred(RuleGroup group) {
        List<Type> values = new ArrayList<>();
        List<Type> keys = new ArrayList<>();
        List<RuleGroup.Entry> entries = new ArrayList<>(group.entries());
        if (group.defaultEntry() != null) {
            entries.add(group.defaultEntry());
        }
        IdentityHashMap<RegoModule, SchemaNotes> above = new IdentityHashMap<>();
        for (RuleGroup.Entry entry : entries) {
            SchemaNotes schemas = above.computeIfAbsent(
                            entry.module(), module -> SchemaNotes.above(group, module, modules))
                    .and(entry);
            for (Rule rule = entry.rule(); rule != null; rule = rule.otherwise()) {
                rule(rule, schemas, values, keys);
            }
        }
        return switch (group.kind()) {
            case SET -> new Type.SetOf(Types.union(keys));
            case COMPLETE, FUNCTION -> Types.union(values);
            case OBJECT -> object(group, values);
        };
    }

    private void rule(Rule rule, SchemaNotes schemas, List<Type> values, List<Type> keys) {
        Rule.Head head = rule.head();
        BodyTypes body = new BodyTypes(this, schemas, Map.of());
        body.body(rule.body());
        head.ref().path().forEach(body::type);
        if (head.key() != null) {
            keys.add(body.type(head.key()));
        }
        values.add(head.value() == null ? Type.ANY : body.type(head.value()));
    }

    /** An object whose rules all have one constant key has those keys and no others. */
    private static Type object(RuleGroup group, List<Type> values) {
        Map<io.countersign.rego.value.Value, Type> fields = new HashMap<>();
        boolean open = values.size() != group.entries().size();
        for (int i = 0; i < group.entries().size() && !open; i++) {
            RuleGroup.Entry entry = group.entries().get(i);
            RegoString key = key(entry);
            if (key == null) {
                open = true;
            } else {
                Type before = fields.get(key);
                fields.put(key, before == null ? values.get(i) : Types.union(List.of(before, values.get(i))));
            }
        }
        return open ? new Type.ObjectOf(Map.of(), Type.ANY, Type.ANY) : new Type.ObjectOf(fields, null, null);
    }

    private static @Nullable RegoString key(RuleGroup.Entry entry) {
        List<Term> rest = entry.rest();
        boolean single = rest.size() == 1 && !entry.rule().head().isSet();
        return single && rest.get(0) instanceof Scalar s && s.value() instanceof RegoString text ? text : null;
    }
}
