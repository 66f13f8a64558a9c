package io.countersign.rego.compile;

import io.countersign.rego.builtin.Builtin;
import io.countersign.rego.builtin.Builtins;
import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.Expr;
import io.countersign.rego.syntax.ExprTexts;
import io.countersign.rego.syntax.Location;
import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.ArrayTerm;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.ObjectTerm;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.SetTerm;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.type.Type;
import io.countersign.rego.type.Types;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The types of one body: its variables as they become known, statement by statement. */
final class BodyTypes {

    private final TypeChecker rules;
    private final SchemaNotes schemas;
    private final Map<String, Type> vars;

    BodyTypes(TypeChecker rules, SchemaNotes schemas, Map<String, Type> outer) {
        this.rules = rules;
        this.schemas = schemas;
        this.vars = new HashMap<>(outer);
    }

    private BodyTypes inner() {
        return new BodyTypes(rules, schemas, vars);
    }

    void body(Body body) {
        body.exprs().forEach(this::statement);
    }

    private void statement(Expr expr) {
        if (expr.negated()) {
            inner().statement(new Expr(expr.loc(), expr.form(), false, expr.withs()));
            return;
        }
        expr.withs().forEach(with -> {
            if (!(with.value() instanceof Ref)) {
                type(with.value());
            }
        });
        switch (expr.form()) {
            case Expr.Plain p -> plain(p.term());
            case Expr.Every e -> every(e);
            case Expr.Block b -> inner().body(b.body());
            case Expr.Logic l -> {
                inner().body(l.left());
                inner().body(l.right());
            }
            case Expr.SomeVars s -> {}
            case Expr.SomeIn s -> {}
        }
    }

    private void every(Expr.Every every) {
        Type domain = type(every.domain());
        BodyTypes inside = inner();
        if (every.key() instanceof Var v) {
            inside.vars.put(v.name(), orAny(Types.keys(domain)));
        }
        if (every.value() instanceof Var v) {
            inside.vars.put(v.name(), orAny(Types.values(domain)));
        }
        inside.body(every.body());
    }

    private static Type orAny(@Nullable Type type) {
        return type == null ? Type.ANY : type;
    }

    private void plain(Term term) {
        if (term instanceof Call call && call.args().size() == 2 && isEquality(call.name())) {
            Term left = call.args().get(0);
            Term right = call.args().get(1);
            Type rightType = type(right);
            Type leftType = isOpen(left) ? Type.ANY : type(left);
            if (!Types.meet(leftType, rightType)) {
                error("match error\n\tleft  : " + leftType + "\n\tright : " + rightType, call.loc());
            }
            bind(left, rightType);
            bind(right, leftType);
            return;
        }
        type(term);
    }

    private static boolean isEquality(String name) {
        return name.equals("eq") || name.equals("assign") || name.equals("equal");
    }

    private boolean isOpen(Term term) {
        return term instanceof Var v && !vars.containsKey(v.name());
    }

    /** Gives variables of a pattern the types of what they are equal to. */
    private void bind(Term pattern, Type type) {
        switch (pattern) {
            case Var v -> vars.putIfAbsent(v.name(), type);
            case ArrayTerm array -> {
                for (int i = 0; i < array.items().size(); i++) {
                    bind(array.items().get(i), orAny(Types.under(type, io.countersign.rego.value.RegoNumber.of(i))));
                }
            }
            case ObjectTerm object -> {
                for (int i = 0; i < object.keys().size(); i++) {
                    Type under = object.keys().get(i) instanceof Scalar s ? Types.under(type, s.value()) : null;
                    bind(object.values().get(i), orAny(under));
                }
            }
            default -> {}
        }
    }

    // --- Terms ---

    /** The type of a term; what is wrong within it is an error. */
    Type type(Term term) {
        return Types.bounded(unbounded(term));
    }

    private Type unbounded(Term term) {
        return switch (term) {
            case Scalar s -> Types.of(s.value());
            case Var v -> vars.getOrDefault(v.name(), Type.ANY);
            case ArrayTerm array -> new Type.ArrayOf(types(array.items()), null);
            case SetTerm set -> new Type.SetOf(Types.union(types(set.items())));
            case ObjectTerm object -> object(object);
            case Term.ArrayComprehension c -> {
                BodyTypes inside = inner();
                inside.body(c.body());
                yield new Type.ArrayOf(List.of(), inside.type(c.head()));
            }
            case Term.SetComprehension c -> {
                BodyTypes inside = inner();
                inside.body(c.body());
                yield new Type.SetOf(inside.type(c.head()));
            }
            case Term.ObjectComprehension c -> {
                BodyTypes inside = inner();
                inside.body(c.body());
                yield new Type.ObjectOf(Map.of(), inside.type(c.key()), inside.type(c.value()));
            }
            case Term.Template t -> {
                t.parts().forEach(part -> inner().statement(part));
                yield Type.STRING;
            }
            case Ref ref -> ref(ref);
            case Call call -> call(call);
        };
    }

    private List<Type> types(List<Term> terms) {
        List<Type> types = new ArrayList<>();
        terms.forEach(term -> types.add(type(term)));
        return types;
    }

    private Type object(ObjectTerm object) {
        Map<Value, Type> known = new LinkedHashMap<>();
        boolean open = false;
        for (int i = 0; i < object.keys().size(); i++) {
            type(object.keys().get(i));
            Type value = type(object.values().get(i));
            if (object.keys().get(i) instanceof Scalar s) {
                known.put(s.value(), value);
            } else {
                open = true;
            }
        }
        return open ? new Type.ObjectOf(Map.of(), Type.ANY, Type.ANY) : new Type.ObjectOf(known, null, null);
    }

    // --- Refs ---

    private Type ref(Ref ref) {
        int at = Math.max(0, schemas.covered(ref));
        Type type = schemas.type(ref, at);
        if (type != null) {
            return beneath(type, ref, at);
        }
        at = 0;
        if (ref.head() instanceof Var v && v.name().equals("data")) {
            RuleNode node = rules.root();
            while (at < ref.path().size()
                    && node != null
                    && node.group() == null
                    && ref.path().get(at) instanceof Scalar s) {
                node = node.children().get(s.value());
                at++;
            }
            RuleGroup group = node == null ? null : node.group();
            type = group == null || group.kind() == RuleGroup.Kind.FUNCTION ? Type.ANY : rules.type(group);
        } else {
            type = ref.head() instanceof Var v && v.name().equals("input") ? Type.ANY : type(ref.head());
        }
        return beneath(type, ref, at);
    }

    private Type beneath(Type start, Ref ref, int at) {
        Type type = start;
        for (Term part : ref.path().subList(at, ref.path().size())) {
            Type next = step(type, part);
            if (next == null) {
                error("undefined ref: " + ExprTexts.of(ref), ref.loc());
                return Type.ANY;
            }
            type = next;
        }
        return type;
    }

    private @Nullable Type step(Type type, Term part) {
        if (part instanceof Scalar s) {
            return Types.under(type, s.value());
        }
        Type keys = Types.keys(type);
        if (keys == null || (!isOpen(part) && !Types.meet(keys, type(part)))) {
            return null;
        }
        bind(part, keys);
        return Types.values(type);
    }

    // --- Calls ---

    private Type call(Call call) {
        if (call.operator().head() instanceof Var v && v.name().equals("data")) {
            types(call.args());
            RuleNode node =
                    rules.root().find(GroupBuilder.constants(call.operator().path()));
            RuleGroup group = node == null ? null : node.group();
            return group == null ? Type.ANY : rules.type(group);
        }
        Builtin builtin = Builtins.find(call.name());
        List<Type> have = types(call.args());
        if (builtin == null || builtin.isVariadic() || have.size() != builtin.arity()) {
            return Type.ANY;
        }
        for (int i = 0; i < have.size(); i++) {
            if (!takes(builtin.type().arguments().get(i), call.args().get(i), have.get(i))) {
                error(
                        call.name() + ": invalid argument(s)\n\thave: " + text(have) + "\n\twant: "
                                + text(builtin.type().arguments()),
                        call.loc());
                break;
            }
        }
        Type result = builtin.type().result();
        return result == null ? Type.ANY : result;
    }

    /** Whether an argument can be what a function takes; literals are looked into part by part. */
    private boolean takes(Type wanted, Term term, Type have) {
        if (wanted instanceof Type.Any any && !any.of().isEmpty()) {
            return any.of().stream().anyMatch(part -> takes(part, term, have));
        }
        return Types.meet(have, wanted);
    }

    private static String text(List<Type> types) {
        StringJoiner out = new StringJoiner(", ", "(", ")");
        types.forEach(type -> out.add(type.toString()));
        return out.toString();
    }

    private void error(String message, Location place) {
        rules.error(new RegoError(Codes.TYPE, message, place));
    }
}
