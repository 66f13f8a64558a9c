package io.countersign.rego.syntax;

import io.countersign.rego.syntax.RegoModule.Import;
import io.countersign.rego.syntax.Rule.Head;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.value.RegoBoolean;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a module the one way: tabs, one statement a line, rules apart from each other, imports in order. Comments stay
 * where they belong, and the layout of collections and long operators is kept. Formatting twice changes nothing more.
 */
public final class RegoFormatter {

    private final RegoModule module;
    private final SourceMap source;
    private final PrintedPage page;
    private final StatementWriter statements;
    private final TermWriter terms;

    private RegoFormatter(RegoModule module, String text) {
        this.module = module;
        this.source = new SourceMap(module.file(), text);
        this.page = new PrintedPage(source.comments());
        this.statements = new StatementWriter(source, page);
        this.terms = statements.terms();
    }

    /**
     * The formatted source. It is read again before it is answered: what does not mean the same is never answered.
     *
     * @throws RegoFailure if the source cannot be parsed, or not be written in another way without changing what it means
     */
    public static String format(String file, String text, ParserOptions language) {
        RegoModule module = RegoParser.module(file, text, language);
        String formatted;
        try {
            formatted = new RegoFormatter(module, text).module();
        } catch (StackOverflowError deep) {
            throw new RegoFailure(Lexer.PARSE_ERROR, "the source is nested too deeply", module.loc());
        }
        RegoModule again = RegoParser.module(file, formatted, language);
        if (!ModuleDocument.of(ImportOrder.inOrder(module)).equals(ModuleDocument.of(ImportOrder.inOrder(again)))) {
            throw new RegoFailure(
                    "rego_format_error",
                    "the file was left as it is: formatted, it would mean something else",
                    module.loc());
        }
        return formatted;
    }

    private String module() {
        int last = page.commentsBefore(module.loc().row(), 0, true);
        if (last > 0 && module.loc().row() > last + 1) {
            page.blankLine();
        }
        page.write("package " + packageName());
        page.endLine(module.loc().row());
        last = module.loc().row();
        List<Object> items = new ArrayList<>(ImportOrder.of(module.imports(), source.comments()));
        items.addAll(module.rules());
        items.sort((a, b) -> compare(place(a), place(b)));
        Object before = module;
        boolean brokenBefore = true;
        for (int i = 0; i < items.size(); i++) {
            Object item = items.get(i);
            if (item instanceof Rule rule && isChained(rule) && !hasKeyword("if", rule.loc())) {
                continue;
            }
            int gap = page.length();
            int row = place(item).row();
            int commented = page.commentsBefore(row, last, true);
            if (commented > 0 && row > commented + 1) {
                page.blankLine();
            }
            int start = page.length();
            last = item instanceof Import one ? imported(one) : rule((Rule) item, items, i);
            boolean broken = page.spansLines(start);
            if (!(before instanceof Import && item instanceof Import)
                    && (broken || brokenBefore || before.getClass() != item.getClass())) {
                page.blankLineAt(gap);
            }
            brokenBefore = broken;
            before = item;
        }
        int gap = page.length();
        page.commentsBefore(Integer.MAX_VALUE, last, true);
        if (items.isEmpty() && page.length() > gap) {
            page.blankLineAt(gap);
        }
        return page.toString();
    }

    private static int compare(Location a, Location b) {
        return a.row() != b.row() ? Integer.compare(a.row(), b.row()) : Integer.compare(a.column(), b.column());
    }

    private static Location place(Object item) {
        return item instanceof Import one ? one.loc() : ((Rule) item).loc();
    }

    private String packageName() {
        StringBuilder name = new StringBuilder();
        for (String part : module.path().subList(1, module.path().size())) {
            if (name.isEmpty()) {
                name.append(part);
            } else if (Texts.isName(part)) {
                name.append('.').append(part);
            } else {
                name.append('[')
                        .append(io.countersign.rego.value.RegoString.of(part))
                        .append(']');
            }
        }
        return name.toString();
    }

    private int imported(Import one) {
        page.write("import ");
        terms.ref(one.path());
        if (one.alias() != null) {
            page.write(" as " + one.alias());
        }
        int row = Math.max(one.loc().row(), source.endRow(one.path()));
        page.endLine(row);
        return row;
    }

    // --- Rules ---

    /** Whether it is a further body of the rule before it. */
    private boolean isChained(Rule rule) {
        return source.isWord(rule.loc(), "{");
    }

    /** Whether a word is a keyword at a place, by the language or by what was imported before. */
    private boolean hasKeyword(String word, Location place) {
        if (module.v1()) {
            return true;
        }
        for (Import one : module.imports()) {
            String path = one.path().text();
            if (compare(one.loc(), place) < 0
                    && (path.equals("future.keywords") || path.equals("future.keywords." + word))) {
                return true;
            }
        }
        return false;
    }

    private int rule(Rule rule, List<Object> items, int at) {
        boolean hasIf = hasKeyword("if", rule.loc());
        boolean hasContains = hasKeyword("contains", rule.loc());
        Head head = rule.head();
        if (rule.isDefault()) {
            page.write("default ");
        }
        terms.ref(head.ref());
        arguments(head);
        if (head.key() != null && hasContains) {
            page.write(" contains ");
            terms.term(head.key());
        } else if (head.key() != null) {
            page.write("[");
            terms.term(head.key());
            page.write("]");
        }
        boolean withIf = hasIf && (head.key() == null || hasContains);
        boolean always = isImplied(rule.body());
        boolean valued = head.value() != null && !isImplied(head.value());
        if (valued && head.value() != null) {
            page.write(" := ");
            terms.term(head.value());
        }
        int last = Math.max(head.loc().row(), head.value() == null || !valued ? 0 : source.endRow(head.value()));
        last = Math.max(last, head.key() == null ? 0 : source.endRow(head.key()));
        boolean more = rule.otherwise() != null;
        if (!rule.isDefault() && !always) {
            last = body(rule.body(), withIf, last, more);
        }
        for (Rule other = rule.otherwise(); other != null; other = other.otherwise()) {
            page.write(" else");
            boolean implied = isImplied(other.body());
            Term value = other.head().value();
            if (value != null && (!isImplied(value) || implied)) {
                page.write(" := ");
                terms.term(value);
                last = source.endRow(value);
            }
            if (!implied) {
                last = body(other.body(), withIf, Math.max(last, other.loc().row()), true);
            }
        }
        for (int i = at + 1; !hasIf && i < items.size() && items.get(i) instanceof Rule next && isChained(next); i++) {
            last = body(next.body(), false, next.loc().row(), true);
        }
        page.endRule(last);
        return last;
    }

    private void arguments(Head head) {
        if (head.args() == null) {
            return;
        }
        page.write("(");
        for (int i = 0; i < head.args().size(); i++) {
            page.write(i > 0 ? ", " : "");
            terms.term(head.args().get(i));
        }
        page.write(")");
    }

    private boolean isImplied(Term value) {
        return value instanceof Scalar s && s.value().equals(RegoBoolean.TRUE) && !source.isWord(s.loc(), "true");
    }

    private boolean isImplied(Body body) {
        return body.exprs().size() == 1 && body.exprs().get(0).form() instanceof Expr.Plain p && isImplied(p.term());
    }

    /** Writes a body behind a head, and answers its last row. */
    private int body(Body body, boolean withIf, int headRow, boolean braces) {
        boolean braced = source.follows(body.loc(), "{");
        int closing = braced ? source.closingRowAround(body.loc()) : source.endRow(body);
        page.write(withIf ? " if " : " ");
        if (withIf && !braces && body.exprs().size() == 1 && fits(body, headRow, closing)) {
            statements.statement(body.exprs().get(0));
        } else {
            statements.braced(body, Math.min(headRow, body.loc().row()), braced ? closing : closing + 1);
        }
        return closing;
    }

    private boolean fits(Body body, int headRow, int closing) {
        return statements.fitsOneLine(body, headRow, closing) && !source.isWord(body.loc(), "{");
    }
}
