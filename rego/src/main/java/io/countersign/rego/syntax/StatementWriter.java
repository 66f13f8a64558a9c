package io.countersign.rego.syntax;

import io.countersign.rego.syntax.Expr.Block;
import io.countersign.rego.syntax.Expr.Every;
import io.countersign.rego.syntax.Expr.Logic;
import io.countersign.rego.syntax.Expr.Plain;
import io.countersign.rego.syntax.Expr.SomeIn;
import io.countersign.rego.syntax.Expr.SomeVars;
import io.countersign.rego.syntax.Expr.With;
import io.countersign.rego.syntax.Term.Call;

/** Writes statements and bodies. */
final class StatementWriter {

    private final SourceMap source;
    private final PrintedPage page;
    private final TermWriter terms;

    StatementWriter(SourceMap source, PrintedPage page) {
        this.source = source;
        this.page = page;
        this.terms = new TermWriter(source, page, this);
    }

    TermWriter terms() {
        return terms;
    }

    /** Whether all of a body stood in one line that began in a row and was closed in another. */
    boolean fitsOneLine(Body body, int row, int closingRow) {
        int last = row;
        for (Expr expr : body.exprs()) {
            if (expr.loc().row() > last) {
                return false;
            }
            last = source.endRow(expr);
        }
        return closingRow <= last && !page.hasComment(row, closingRow - 1);
    }

    void inOneLine(Body body) {
        for (int i = 0; i < body.exprs().size(); i++) {
            if (i > 0) {
                page.write("; ");
            }
            statement(body.exprs().get(i));
        }
    }

    /** Statements on lines of their own, with the comments up to the row where the body is closed. */
    void lines(Body body, int openRow, int closingRow) {
        int last = 0;
        for (int i = 0; i < body.exprs().size(); i++) {
            Expr expr = body.exprs().get(i);
            last = page.commentsBefore(expr.loc().row(), last, true);
            if (last > 0 && expr.loc().row() > last + 1) {
                page.blankLine();
            }
            statement(expr);
            last = source.endRow(expr);
            if (i + 1 < body.exprs().size()
                    && source.isWord(body.exprs().get(i + 1).loc(), "-")) {
                page.write(";");
            }
            page.endLine(last);
        }
        page.commentsBefore(closingRow, last, true);
    }

    /** A body in braces, over several lines. */
    void braced(Body body, int openRow, int closingRow) {
        page.write("{");
        page.in();
        page.endLine(openRow);
        lines(body, openRow, closingRow);
        page.out();
        page.write("}");
    }

    /** A body in braces, in one line if it was. */
    private void bracedAsWritten(Body body) {
        int closing = source.closingRowAround(body.loc());
        if (body.exprs().size() == 1 && fitsOneLine(body, body.loc().row(), closing)) {
            page.write("{ ");
            inOneLine(body);
            page.write(" }");
        } else {
            braced(body, body.loc().row() - 1, closing);
        }
    }

    void statement(Expr expr) {
        if (expr.negated()) {
            page.write("not ");
        }
        switch (expr.form()) {
            case Plain p -> {
                if (p.term() instanceof Call call && source.isInfix(call)) {
                    terms.infix(call, true);
                } else {
                    terms.term(p.term());
                }
            }
            case SomeVars s -> {
                page.write("some ");
                for (int i = 0; i < s.vars().size(); i++) {
                    page.write(i > 0 ? ", " : "");
                    terms.term(s.vars().get(i));
                }
            }
            case SomeIn s -> {
                page.write("some ");
                if (s.key() != null) {
                    terms.term(s.key(), 1);
                    page.write(", ");
                }
                terms.term(s.value(), 1);
                page.write(" in ");
                terms.term(s.domain(), 1);
            }
            case Every e -> every(e);
            case Block b -> block(expr, b.body());
            case Logic l -> {
                operand(l.left(), l.and(), true);
                page.write(l.and() ? " and " : " or ");
                operand(l.right(), l.and(), false);
            }
        }
        withs(expr);
    }

    private void every(Every every) {
        page.write("every ");
        if (every.key() != null) {
            terms.term(every.key(), 1);
            page.write(", ");
        }
        terms.term(every.value(), 1);
        page.write(" in ");
        terms.term(every.domain(), 1);
        page.write(" ");
        bracedAsWritten(every.body());
    }

    private void block(Expr expr, Body body) {
        Expr only = body.exprs().get(0);
        boolean single = body.exprs().size() == 1;
        if (single && expr.negated() && isBare(only)) {
            statement(only);
        } else if (single && !expr.negated() && source.follows(body.loc(), "(")) {
            page.write("(");
            statement(only);
            page.write(")");
        } else {
            bracedAsWritten(body);
        }
    }

    private static boolean isBare(Expr expr) {
        return expr.form() instanceof Plain && !expr.negated() && expr.withs().isEmpty();
    }

    /** One side of `and` or `or`. */
    private void operand(Body body, boolean and, boolean left) {
        Expr only = body.exprs().get(0);
        if (body.exprs().size() > 1 || only.form() instanceof Block) {
            bracedAsWritten(body);
            return;
        }
        boolean open = only.withs().isEmpty()
                && !(only.form() instanceof Logic inner && !(inner.and() || (left && !and)))
                && !(only.form() instanceof Logic && and && !left)
                && !(only.form() instanceof Logic && only.negated());
        if (open) {
            statement(only);
        } else {
            page.write("(");
            statement(only);
            page.write(")");
        }
    }

    private void withs(Expr expr) {
        int last = expr.withs().isEmpty()
                ? 0
                : source.endRow(new Expr(expr.loc(), expr.form(), expr.negated(), java.util.List.of()));
        boolean broken = false;
        for (With with : expr.withs()) {
            if (with.loc().row() > last) {
                if (!broken) {
                    page.in();
                    broken = true;
                }
                page.endLine(last);
                page.commentsBefore(with.loc().row(), 0, false);
            } else {
                page.write(" ");
            }
            page.write("with ");
            terms.term(with.target());
            page.write(" as ");
            terms.term(with.value(), 1);
            last = source.endRow(with.value());
        }
        if (broken) {
            page.out();
        }
    }
}
