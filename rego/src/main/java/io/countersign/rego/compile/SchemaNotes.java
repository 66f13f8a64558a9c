package io.countersign.rego.compile;

import io.countersign.rego.syntax.Annotation;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.type.SchemaTypes;
import io.countersign.rego.type.Type;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schemas that metadata gives documents for one rule: those of packages above first, the rule's own last. */
final class SchemaNotes {

    /** What nothing is known of. */
    static final SchemaNotes NONE = new SchemaNotes();

    private final Map<List<String>, Type> byPath;

    private SchemaNotes() {
        this(Map.of());
    }

    private SchemaNotes(Map<List<String>, Type> byPath) {
        this.byPath = new HashMap<>(byPath);
    }

    /** What the packages above and the rules of a group say to every rule of the group in one module. */
    static SchemaNotes above(RuleGroup group, RegoModule of, List<RegoModule> modules) {
        SchemaNotes notes = new SchemaNotes();
        List<String> path = of.path();
        for (int length = 1; length <= path.size(); length++) {
            List<String> above = path.subList(0, length);
            modules.stream()
                    .filter(module -> module.path().equals(above))
                    .forEach(module -> notes.add(module.metadata(), "subpackages"));
        }
        modules.stream()
                .filter(module -> module.path().equals(path))
                .forEach(module -> notes.add(module.metadata(), "package"));
        group.entries().forEach(other -> notes.add(other.metadata(), "document"));
        return notes;
    }

    /** The same with what a rule says itself. */
    SchemaNotes and(RuleGroup.Entry entry) {
        if (entry.metadata().isEmpty()) {
            return this;
        }
        SchemaNotes notes = new SchemaNotes(byPath);
        notes.add(entry.metadata(), "rule");
        return notes;
    }

    private void add(List<Annotation> annotations, String scope) {
        for (Annotation annotation : annotations) {
            if (annotation.scope().equals(scope) && annotation.content().get("schemas") instanceof RegoArray schemas) {
                schemas.list().forEach(this::add);
            }
        }
    }

    /** A path with its schema; names of schemas that are elsewhere say nothing here. */
    private void add(Value schema) {
        if (schema instanceof RegoObject object) {
            object.entries().forEach(entry -> {
                if (entry.getKey() instanceof RegoString path && !(entry.getValue() instanceof RegoString)) {
                    byPath.put(List.of(path.value().split("\\.", -1)), SchemaTypes.of(entry.getValue()));
                }
            });
        }
    }

    /** The longest beginning of a ref that has a schema: how many of its parts, or -1. */
    int covered(Ref ref) {
        if (byPath.isEmpty() || !(ref.head() instanceof Var root)) {
            return -1;
        }
        List<String> names = new ArrayList<>(List.of(root.name()));
        int longest = byPath.containsKey(names) ? 0 : -1;
        for (Term part : ref.path()) {
            if (!(part instanceof Scalar s && s.value() instanceof RegoString name)) {
                break;
            }
            names.add(name.value());
            longest = byPath.containsKey(names) ? names.size() - 1 : longest;
        }
        return longest;
    }

    /** The type that so many parts of a ref lead to. */
    @Nullable
    Type type(Ref ref, int parts) {
        List<String> names = new ArrayList<>();
        names.add(ref.head() instanceof Var root ? root.name() : "");
        ref.path().subList(0, parts).forEach(part -> {
            if (part instanceof Scalar s && s.value() instanceof RegoString name) {
                names.add(name.value());
            }
        });
        return byPath.get(names);
    }
}
