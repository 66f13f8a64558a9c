package io.countersign.rego.syntax;

import io.countersign.rego.syntax.Expr.Block;
import io.countersign.rego.syntax.Expr.Every;
import io.countersign.rego.syntax.Expr.Logic;
import io.countersign.rego.syntax.Expr.Plain;
import io.countersign.rego.syntax.Expr.SomeIn;
import io.countersign.rego.syntax.Expr.SomeVars;
import io.countersign.rego.syntax.Term.ArrayComprehension;
import io.countersign.rego.syntax.Term.ArrayTerm;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.ObjectComprehension;
import io.countersign.rego.syntax.Term.ObjectTerm;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.SetComprehension;
import io.countersign.rego.syntax.Term.SetTerm;
import io.countersign.rego.syntax.Term.Template;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.value.RegoString;
import java.util.List;
import java.util.StringJoiner;

/** Statements and terms as one line of Rego, for people; names that the compiler made unique show as written. */
public final class ExprTexts {

    private ExprTexts() {}

    /** The text of a statement. */
    public static String of(Expr expr) {
        StringBuilder out = new StringBuilder(expr.negated() ? "not " : "");
        switch (expr.form()) {
            case Plain p -> out.append(of(p.term()));
            case SomeVars s -> out.append("some ").append(list(List.copyOf(s.vars())));
            case SomeIn s ->
                out.append("some ")
                        .append(s.key() == null ? "" : of(s.key()) + ", ")
                        .append(of(s.value()))
                        .append(" in ")
                        .append(of(s.domain()));
            case Every e ->
                out.append("every ")
                        .append(e.key() == null ? "" : of(e.key()) + ", ")
                        .append(of(e.value()))
                        .append(" in ")
                        .append(of(e.domain()))
                        .append(" { ")
                        .append(of(e.body()))
                        .append(" }");
            case Block b -> out.append("{ ").append(of(b.body())).append(" }");
            case Logic l ->
                out.append(of(l.left())).append(l.and() ? " and " : " or ").append(of(l.right()));
        }
        expr.withs()
                .forEach(w -> out.append(" with ")
                        .append(of(w.target()))
                        .append(" as ")
                        .append(of(w.value())));
        return out.toString();
    }

    private static String of(Body body) {
        StringJoiner out = new StringJoiner("; ");
        body.exprs().forEach(expr -> out.add(of(expr)));
        return out.toString();
    }

    /** The texts of terms, with commas between them. */
    public static String list(List<Term> terms) {
        StringJoiner out = new StringJoiner(", ");
        terms.forEach(term -> out.add(of(term)));
        return out.toString();
    }

    /** The text of a term. */
    public static String of(Term term) {
        return switch (term) {
            case Scalar s -> s.value().toString();
            case Var v -> name(v.name());
            case Ref r -> ref(r);
            case Call c -> call(c);
            case ArrayTerm a -> "[" + list(a.items()) + "]";
            case SetTerm s -> s.items().isEmpty() ? "set()" : "{" + list(s.items()) + "}";
            case ObjectTerm o -> {
                StringJoiner out = new StringJoiner(", ", "{", "}");
                for (int i = 0; i < o.keys().size(); i++) {
                    out.add(of(o.keys().get(i)) + ": " + of(o.values().get(i)));
                }
                yield out.toString();
            }
            case ArrayComprehension c -> "[" + of(c.head()) + " | " + of(c.body()) + "]";
            case SetComprehension c -> "{" + of(c.head()) + " | " + of(c.body()) + "}";
            case ObjectComprehension c -> "{" + of(c.key()) + ": " + of(c.value()) + " | " + of(c.body()) + "}";
            case Template t -> template(t);
        };
    }

    private static String name(String unique) {
        int at = unique.indexOf('@');
        return unique.startsWith("$") ? "_" : at < 0 ? unique : unique.substring(0, at);
    }

    private static String ref(Ref ref) {
        StringBuilder out = new StringBuilder(of(ref.head()));
        for (Term part : ref.path()) {
            if (part instanceof Scalar s && s.value() instanceof RegoString text && Texts.isName(text.value())) {
                out.append('.').append(text.value());
            } else {
                out.append('[').append(of(part)).append(']');
            }
        }
        return out.toString();
    }

    private static String call(Call call) {
        String symbol = Operators.symbol(call.name());
        if (symbol != null && call.args().size() == 2) {
            return operand(call.args().get(0)) + " " + symbol + " "
                    + operand(call.args().get(1));
        }
        if (symbol != null && call.args().size() == 3) {
            return "(" + of(call.args().get(0)) + ", " + of(call.args().get(1)) + " in "
                    + of(call.args().get(2)) + ")";
        }
        return ref(call.operator()) + "(" + list(call.args()) + ")";
    }

    private static String operand(Term term) {
        boolean operator = term instanceof Call c
                && Operators.symbol(c.name()) != null
                && c.args().size() == 2;
        return operator ? "(" + of(term) + ")" : of(term);
    }

    private static String template(Template template) {
        StringBuilder out = new StringBuilder("$\"");
        for (int i = 0; i < template.texts().size(); i++) {
            out.append(template.texts().get(i));
            if (i < template.parts().size()) {
                out.append('{').append(of(template.parts().get(i))).append('}');
            }
        }
        return out.append('"').toString();
    }
}
