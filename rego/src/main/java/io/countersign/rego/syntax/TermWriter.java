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
import io.countersign.rego.syntax.Token.Kind;
import io.countersign.rego.value.RegoString;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes terms: operators with the parentheses they need, collections over several lines where they were so before. */
final class TermWriter {

    private final SourceMap source;
    private final PrintedPage page;
    private final StatementWriter statements;

    TermWriter(SourceMap source, PrintedPage page, StatementWriter statements) {
        this.source = source;
        this.page = page;
        this.statements = statements;
    }

    /** Something in a list: its rows in the source, and how it is written. */
    private record Item(int row, int endRow, Runnable writing) {}

    /** A term where nothing binds stronger. */
    void term(Term term) {
        term(term, 0);
    }

    /** A term beside something that binds with that strength; what binds weaker gets parentheses. */
    void term(Term term, int strength) {
        if (!source.isInfix(term)) {
            plain(term);
        } else if (Operators.strength(((Call) term).name()) < strength) {
            parenthesized(term);
        } else {
            infix((Call) term, true);
        }
    }

    /** A term of a list or before a bar: a bar of its own needs parentheses. */
    void element(Term term) {
        if (source.isInfix(term) && showsBar((Call) term)) {
            parenthesized(term);
        } else {
            term(term, 0);
        }
    }

    private void parenthesized(Term term) {
        page.write("(");
        infix((Call) term, true);
        page.write(")");
    }

    private boolean showsBar(Call call) {
        if (call.name().equals("or")) {
            return true;
        }
        int strength = Operators.strength(call.name());
        for (int i = 0; i < call.args().size(); i++) {
            Term arg = call.args().get(i);
            if (isOpen(arg, i == 0 ? strength : strength + 1) && showsBar((Call) arg)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an operand is an operator's term that stands without parentheses. */
    private boolean isOpen(Term operand, int strength) {
        return source.isInfix(operand) && Operators.strength(((Call) operand).name()) >= Math.max(0, strength);
    }

    private boolean breaks(Call call) {
        int strength = Operators.strength(call.name());
        Term left = call.args().get(0);
        Term right = call.args().get(call.args().size() - 1);
        return right.loc().row() > source.endRow(left)
                || (isOpen(left, strength) && breaks((Call) left))
                || (isOpen(right, strength + 1) && breaks((Call) right));
    }

    /** An operator between its operands; lines break behind operators where they broke before. */
    void infix(Call call, boolean outermost) {
        int strength = Operators.strength(call.name());
        boolean within = outermost && strength >= 0 && breaks(call);
        if (within) {
            page.in();
        }
        operand(call.args().get(0), strength < 0 && !isAssignment(call) ? 1 : Math.max(0, strength));
        if (call.args().size() == 3) {
            page.write(", ");
            operand(call.args().get(1), 1);
        }
        page.write(" " + Objects.requireNonNull(Operators.symbol(call.name())));
        Term left = call.args().get(call.args().size() - 2);
        Term right = call.args().get(call.args().size() - 1);
        if (strength >= 0 && right.loc().row() > source.endRow(left)) {
            page.endLine(source.endRow(left));
            page.commentsBefore(right.loc().row(), 0, false);
        } else {
            page.write(" ");
        }
        operand(right, strength < 0 && !isAssignment(call) ? 1 : strength + 1);
        if (within) {
            page.out();
        }
    }

    private static boolean isAssignment(Call call) {
        return call.name().equals("assign") || call.name().equals("eq");
    }

    private void operand(Term operand, int strength) {
        if (isOpen(operand, strength)) {
            infix((Call) operand, strength == 0);
        } else {
            term(operand, Math.max(0, strength));
        }
    }

    private void plain(Term term) {
        switch (term) {
            case Scalar s -> page.write(source.scalar(s));
            case Var v -> page.write(v.isWildcard() ? "_" : v.name());
            case Ref r -> ref(r);
            case Call c -> {
                ref(c.operator());
                int open = source.argumentsRow(c);
                list("(", items(c.args(), false), ")", open);
            }
            case ArrayTerm a -> list("[", items(a.items(), true), "]", a.loc().row());
            case SetTerm s -> {
                if (s.items().isEmpty()) {
                    page.write("set()");
                } else {
                    list("{", items(s.items(), true), "}", s.loc().row());
                }
            }
            case ObjectTerm o -> object(o);
            case ArrayComprehension c -> comprehension("[", () -> element(c.head()), c.head(), c.body(), "]", c.loc());
            case SetComprehension c -> comprehension("{", () -> element(c.head()), c.head(), c.body(), "}", c.loc());
            case ObjectComprehension c ->
                comprehension("{", () -> pair(c.key(), c.value()), c.value(), c.body(), "}", c.loc());
            case Template t -> page.write(source.written(t.loc()));
        }
    }

    private void pair(Term key, Term value) {
        element(key);
        page.write(": ");
        element(value);
    }

    /** A ref: parts that are names stand behind a dot. */
    void ref(Ref ref) {
        term(ref.head(), Operators.TIGHTEST);
        for (Term part : ref.path()) {
            if (part instanceof Scalar s && s.value() instanceof RegoString text && isDotted(s, text)) {
                page.write("." + text.value());
            } else {
                page.write("[");
                term(part, 0);
                page.write("]");
            }
        }
    }

    private boolean isDotted(Scalar part, RegoString text) {
        Token token = source.at(part.loc());
        return (token != null && token.kind() == Kind.NAME)
                || (Texts.isName(text.value()) && !RegoParser.isKeyword(text.value()));
    }

    private List<Item> items(List<Term> terms, boolean elements) {
        List<Item> items = new ArrayList<>();
        for (Term term : terms) {
            items.add(
                    new Item(term.loc().row(), source.endRow(term), elements ? () -> element(term) : () -> term(term)));
        }
        return items;
    }

    private void object(ObjectTerm object) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < object.keys().size(); i++) {
            Term key = object.keys().get(i);
            Term value = object.values().get(i);
            items.add(new Item(key.loc().row(), source.endRow(value), () -> pair(key, value)));
        }
        list("{", items, "}", object.loc().row());
    }

    /** A list whose items stand on lines of their own if any of them began on a line of its own. */
    private void list(String open, List<Item> items, String close, int openRow) {
        boolean[] breaks = new boolean[items.size()];
        boolean any = false;
        int last = openRow;
        for (int i = 0; i < breaks.length; i++) {
            breaks[i] = items.get(i).row() > last;
            any |= breaks[i];
            last = items.get(i).endRow();
        }
        page.write(open);
        if (any) {
            breaks[0] = true;
            page.in();
        }
        last = openRow;
        for (int i = 0; i < breaks.length; i++) {
            Item item = items.get(i);
            if (breaks[i]) {
                page.endLine(last);
                page.commentsBefore(item.row(), 0, false);
            } else if (i > 0) {
                page.write(" ");
            }
            item.writing().run();
            if (any || i < breaks.length - 1) {
                page.write(",");
            }
            last = item.endRow();
        }
        if (any) {
            page.endLine(last);
            page.out();
        }
        page.write(close);
    }

    private void comprehension(String open, Runnable head, Term lastOfHead, Body body, String close, Location loc) {
        page.write(open);
        head.run();
        page.write(" |");
        int row = source.endRow(lastOfHead);
        int closing = source.closingRow(loc);
        if (statements.fitsOneLine(body, row, closing)) {
            page.write(" ");
            statements.inOneLine(body);
        } else {
            page.in();
            page.endLine(row);
            statements.lines(body, row, closing);
            page.out();
        }
        page.write(close);
    }
}
