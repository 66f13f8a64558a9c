package io.countersign.rego.syntax;

import io.countersign.rego.syntax.Expr.Block;
import io.countersign.rego.syntax.Expr.Every;
import io.countersign.rego.syntax.Expr.Form;
import io.countersign.rego.syntax.Expr.Logic;
import io.countersign.rego.syntax.Expr.Plain;
import io.countersign.rego.syntax.Expr.SomeIn;
import io.countersign.rego.syntax.Expr.SomeVars;
import io.countersign.rego.syntax.Expr.With;
import io.countersign.rego.syntax.Term.Var;
import java.util.ArrayList;
import java.util.List;

/** Parses statements and the bodies they make. */
final class BodyParser {

    private final TokenCursor cursor;
    private final TermParser terms;

    BodyParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.terms = new TermParser(cursor, this);
    }

    TermParser terms() {
        return terms;
    }

    /** A body in braces. */
    Body braced() {
        Location loc = cursor.expect("{").loc();
        if (cursor.symbol("}")) {
            throw cursor.fault("found empty body", loc);
        }
        Body body = statements("}");
        cursor.expect("}");
        return body;
    }

    /** Statements up to a closing symbol, or the end if it is empty. */
    Body statements(String close) {
        List<Expr> exprs = new ArrayList<>();
        Location loc = cursor.peek().loc();
        while (true) {
            while (cursor.accept(";") && !exprs.isEmpty()) {
                // An empty statement.
            }
            if (cursor.atEnd() || (!close.isEmpty() && cursor.symbol(close))) {
                break;
            }
            exprs.add(statement());
            if (!cursor.atEnd()
                    && !cursor.symbol(";")
                    && !cursor.peek().newLine()
                    && !(!close.isEmpty() && cursor.symbol(close))) {
                throw cursor.unexpected("expected \\n or ; or " + (close.isEmpty() ? "end" : close));
            }
        }
        if (exprs.isEmpty()) {
            throw cursor.unexpected("expected a statement");
        }
        return new Body(loc, exprs);
    }

    /** One statement with what modifies it. */
    Expr statement() {
        cursor.enter();
        Expr expr = disjunction();
        List<With> withs = withs();
        cursor.leave();
        if (withs.isEmpty()) {
            return expr;
        }
        List<With> all = new ArrayList<>(expr.withs());
        all.addAll(withs);
        return new Expr(expr.loc(), expr.form(), expr.negated(), all);
    }

    private List<With> withs() {
        List<With> withs = new ArrayList<>();
        while (cursor.keyword("with")) {
            Location loc = cursor.take().loc();
            Term target = terms.single();
            if (!cursor.acceptKeyword("as")) {
                throw cursor.unexpected("expected as keyword");
            }
            withs.add(new With(loc, target, terms.relation()));
        }
        return withs;
    }

    private boolean logical() {
        return cursor.keywords.contains("and") || cursor.keywords.contains("or");
    }

    private Expr disjunction() {
        Expr left = conjunction();
        while (cursor.keyword("or")) {
            cursor.take();
            Expr right = conjunction();
            left = new Expr(left.loc(), new Logic(false, body(left), body(right)), false, List.of());
        }
        return left;
    }

    private Expr conjunction() {
        Expr left = operand();
        while (cursor.keyword("and")) {
            cursor.take();
            Expr right = operand();
            left = new Expr(left.loc(), new Logic(true, body(left), body(right)), false, List.of());
        }
        return left;
    }

    private static Body body(Expr expr) {
        return expr.form() instanceof Block block
                        && !expr.negated()
                        && expr.withs().isEmpty()
                ? block.body()
                : new Body(expr.loc(), List.of(expr));
    }

    private Expr operand() {
        Location loc = cursor.peek().loc();
        if (cursor.keyword("not")) {
            cursor.take();
            if (cursor.keywords.contains("not {") && cursor.symbol("{")) {
                int mark = cursor.mark();
                try {
                    Expr inner = new Expr(loc, new Block(braced()), true, List.of());
                    if (statementEnds()) {
                        return inner;
                    }
                } catch (RegoFailure notABody) {
                    if (!logical()) {
                        cursor.reset(mark);
                        try {
                            return negated(loc, atom());
                        } catch (RegoFailure nothing) {
                            throw notABody;
                        }
                    }
                    throw notABody;
                }
                cursor.reset(mark);
            }
            if (cursor.keyword("some") || cursor.keyword("every")) {
                throw cursor.fault(
                        "illegal negation of '" + cursor.peek().text() + "'",
                        cursor.peek().loc());
            }
            return negated(loc, logical() ? operandAfterNot() : atom());
        }
        return logical() ? group() : atom();
    }

    private Expr operandAfterNot() {
        return cursor.symbol("{") || cursor.symbol("(") ? group() : atom();
    }

    private Expr negated(Location loc, Expr inner) {
        if (cursor.keywords.contains("not {") && inner.form() instanceof Plain) {
            return new Expr(loc, new Block(new Body(inner.loc(), List.of(inner))), true, List.of());
        }
        return new Expr(loc, inner.form(), true, inner.withs());
    }

    private boolean statementEnds() {
        return cursor.atEnd()
                || cursor.peek().newLine()
                || cursor.symbol(";")
                || cursor.symbol("}")
                || cursor.symbol("]")
                || cursor.symbol(")")
                || cursor.keyword("and")
                || cursor.keyword("or")
                || cursor.keyword("with")
                || cursor.keyword("else");
    }

    /** A body in braces, a statement in parentheses, or else a plain statement. */
    private Expr group() {
        int mark = cursor.mark();
        Location loc = cursor.peek().loc();
        if (cursor.symbol("{")) {
            try {
                Body body = braced();
                if (statementEnds()) {
                    return new Expr(loc, new Block(body), false, List.of());
                }
            } catch (RegoFailure noBody) {
                // Then it is a set or an object.
            }
            cursor.reset(mark);
        }
        if (cursor.symbol("(")) {
            try {
                Expr plain = atom();
                if (statementEnds()) {
                    return plain;
                }
            } catch (RegoFailure noTerm) {
                // Then it is a group.
            }
            cursor.reset(mark);
            cursor.take();
            Expr inner = statement();
            cursor.expect(")");
            return new Expr(loc, new Block(new Body(inner.loc(), List.of(inner))), false, List.of());
        }
        return atom();
    }

    private Expr atom() {
        Token token = cursor.peek();
        Form form;
        if (cursor.keyword("some")) {
            form = some();
        } else if (cursor.keyword("every")) {
            form = every();
        } else {
            form = new Plain(term());
        }
        return new Expr(token.loc(), form, false, List.of());
    }

    private Term term() {
        Term left = terms.whole(true);
        String name = cursor.symbol("=") ? "eq" : cursor.symbol(":=") ? "assign" : "";
        if (name.isEmpty()) {
            return left;
        }
        cursor.take();
        return TermParser.call(left.loc(), name, left, terms.whole(true));
    }

    /** What stands between the braces of a template string. */
    Expr templatePart() {
        Expr expr = statement();
        if (expr.negated() || !(expr.form() instanceof Plain)) {
            throw cursor.fault("unexpected statement in a template string: expected a term", expr.loc());
        }
        return expr;
    }

    private Form some() {
        cursor.take();
        if (!cursor.keywords.contains("in")) {
            return new SomeVars(vars());
        }
        int mark = cursor.mark();
        Term first = terms.relation();
        if (cursor.accept(",")) {
            Term second = terms.relation();
            if (cursor.acceptKeyword("in")) {
                return new SomeIn(first, second, terms.relation());
            }
        } else if (cursor.acceptKeyword("in")) {
            return new SomeIn(null, first, terms.relation());
        }
        cursor.reset(mark);
        return new SomeVars(vars());
    }

    private List<Var> vars() {
        List<Var> vars = new ArrayList<>();
        do {
            Term term = terms.single();
            if (!(term instanceof Var v)) {
                throw cursor.fault("expected a variable", term.loc());
            }
            vars.add(v);
        } while (cursor.accept(","));
        return vars;
    }

    private Form every() {
        Location loc = cursor.take().loc();
        Term first = terms.relation();
        Term second = cursor.accept(",") ? terms.relation() : null;
        if (!cursor.acceptKeyword("in")) {
            throw cursor.unexpected("expected `x[, y] in xs { ... }` expression");
        }
        if (!(first instanceof Var) || (second != null && !(second instanceof Var))) {
            throw cursor.fault("unexpected every: expected a variable before in", loc);
        }
        Term domain = terms.relation();
        Body body = braced();
        return second == null ? new Every(null, first, domain, body) : new Every(first, second, domain, body);
    }
}
