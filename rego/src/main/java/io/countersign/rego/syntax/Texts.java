package io.countersign.rego.syntax;

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
import java.util.List;
import java.util.stream.Collectors;

/** Terms as short text, for messages. */
public final class Texts {

    private Texts() {}

    /** The text of a term. */
    public static String of(Term term) {
        return switch (term) {
            case Scalar s -> s.value().toString();
            case Var v -> v.isWildcard() ? "_" : v.name();
            case Ref r -> r.text();
            case Call c -> c.name() + "(" + join(c.args()) + ")";
            case ArrayTerm a -> "[" + join(a.items()) + "]";
            case SetTerm s -> s.items().isEmpty() ? "set()" : "{" + join(s.items()) + "}";
            case ObjectTerm o -> {
                StringBuilder out = new StringBuilder("{");
                for (int i = 0; i < o.keys().size(); i++) {
                    out.append(i > 0 ? ", " : "")
                            .append(of(o.keys().get(i)))
                            .append(": ")
                            .append(of(o.values().get(i)));
                }
                yield out.append("}").toString();
            }
            case ArrayComprehension c -> "[" + of(c.head()) + " | ...]";
            case SetComprehension c -> "{" + of(c.head()) + " | ...}";
            case ObjectComprehension c -> "{" + of(c.key()) + ": " + of(c.value()) + " | ...}";
            case Template t -> "$\"...\"";
        };
    }

    private static String join(List<Term> terms) {
        return terms.stream().map(Texts::of).collect(Collectors.joining(", "));
    }

    /** Whether a text can stand after a dot. */
    public static boolean isName(String text) {
        if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
            return false;
        }
        return text.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }
}
