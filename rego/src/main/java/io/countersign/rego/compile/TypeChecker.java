package io.countersign.rego.compile;

import io.countersign.rego.builtin.Builtin;
import io.countersign.rego.builtin.Builtins;
import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.type.Type;
import java.util.List;
import java.util.StringJoiner;

/**
 * Finds operators and functions that get what they can never take: literals, comprehensions, and what other functions
 * answer. What stands in documents or variables is not known here, and is judged when it is evaluated.
 */
final class TypeChecker {

    private final List<RuleGroup> groups;
    private final List<RegoError> errors;

    TypeChecker(List<RuleGroup> groups, List<RegoError> errors) {
        this.groups = groups;
        this.errors = errors;
    }

    void check() {
        for (RuleGroup group : groups) {
            for (RuleGroup.Entry entry : group.entries()) {
                for (Rule rule = entry.rule(); rule != null; rule = rule.otherwise()) {
                    check(rule);
                }
            }
        }
    }

    private void check(Rule rule) {
        Rule.Head head = rule.head();
        head.ref().path().forEach(term -> Walk.all(term, this::call));
        if (head.key() != null) {
            Walk.all(head.key(), this::call);
        }
        if (head.value() != null) {
            Walk.all(head.value(), this::call);
        }
        check(rule.body());
    }

    void check(Body body) {
        Walk.all(body, this::call);
    }

    private void call(Term term) {
        if (!(term instanceof Call call)) {
            return;
        }
        Builtin builtin = Builtins.find(call.name());
        if (builtin == null
                || builtin.isVariadic()
                || call.args().size() != builtin.type().arguments().size()) {
            return;
        }
        for (int i = 0; i < call.args().size(); i++) {
            String kind = kind(call.args().get(i));
            if (!kind.isEmpty() && !builtin.accepts(i, kind)) {
                errors.add(new RegoError(
                        Codes.TYPE,
                        call.name() + ": invalid argument(s)\n\thave: " + have(call) + "\n\twant: " + want(builtin),
                        call.loc()));
                return;
            }
        }
    }

    private static String have(Call call) {
        StringJoiner out = new StringJoiner(", ", "(", ")");
        call.args().forEach(arg -> out.add(kind(arg).isEmpty() ? "any" : kind(arg)));
        return out.toString();
    }

    private static String want(Builtin builtin) {
        StringJoiner out = new StringJoiner(", ", "(", ")");
        builtin.type().arguments().forEach(type -> out.add(type.toString()));
        return out.toString();
    }

    /** The type that a term has whatever the documents are, or nothing if that is not known. */
    private static String kind(Term term) {
        return switch (term) {
            case Term.Scalar s -> s.value().typeName();
            case Term.ArrayTerm a -> "array";
            case Term.SetTerm s -> "set";
            case Term.ObjectTerm o -> "object";
            case Term.ArrayComprehension c -> "array";
            case Term.SetComprehension c -> "set";
            case Term.ObjectComprehension c -> "object";
            case Term.Template t -> "string";
            case Term.Var v -> "";
            case Term.Ref r -> "";
            case Call c -> {
                Builtin builtin = Builtins.find(c.name());
                if (builtin == null
                        || builtin.isRelation()
                        || builtin.type().arguments().size() != c.args().size()) {
                    yield "";
                }
                yield builtin.type().result() instanceof Type.Simple simple ? simple.name() : "";
            }
        };
    }
}
