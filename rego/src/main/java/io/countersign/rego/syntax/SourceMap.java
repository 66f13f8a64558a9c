package io.countersign.rego.syntax;

import io.countersign.rego.syntax.Expr.Block;
import io.countersign.rego.syntax.Expr.Every;
import io.countersign.rego.syntax.Expr.Logic;
import io.countersign.rego.syntax.Expr.Plain;
import io.countersign.rego.syntax.Expr.SomeIn;
import io.countersign.rego.syntax.Expr.SomeVars;
import io.countersign.rego.syntax.RegoModule.Comment;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Token.Kind;
import io.countersign.rego.value.RegoString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where everything in a tree stands in its source: its words as they were written, its first and last rows. */
final class SourceMap {

    private final String source;
    private final List<Token> tokens;
    private final List<Comment> comments;
    private final Map<Location, Integer> byPlace = new HashMap<>();
    private final int[] partner;

    SourceMap(String file, String source) {
        this.source = source;
        Lexer lexer = new Lexer(file, source);
        this.tokens = lexer.all();
        this.partner = new int[tokens.size()];
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            byPlace.put(token.loc(), i);
            partner[i] = i;
            if (token.isSymbol("(") || token.isSymbol("[") || token.isSymbol("{")) {
                open.push(i);
            } else if (!open.isEmpty() && (token.isSymbol(")") || token.isSymbol("]") || token.isSymbol("}"))) {
                partner[open.peek()] = i;
                partner[i] = open.pop();
            }
        }
        this.comments = outside(lexer.comments());
    }

    /** The comments outside of template strings, which keep their text whole. */
    List<Comment> comments() {
        return comments;
    }

    private List<Comment> outside(List<Comment> all) {
        List<Comment> kept = new ArrayList<>();
        List<Token> templates =
                tokens.stream().filter(t -> t.kind() == Kind.RAW_TEMPLATE).toList();
        for (Comment comment : all) {
            boolean inside = templates.stream()
                    .anyMatch(t -> t.loc().row() <= comment.loc().row()
                            && (endRow(t) > comment.loc().row()
                                    || (endRow(t) == comment.loc().row()
                                            && t.loc().row() < endRow(t)
                                            && comment.loc().column() < t.end() - lineStart(t.end()) + 1)));
            if (!inside) {
                kept.add(comment);
            }
        }
        return kept;
    }

    private int lineStart(int offset) {
        return source.lastIndexOf('\n', offset - 1) + 1;
    }

    private int indexOf(Location place) {
        return byPlace.getOrDefault(place, -1);
    }

    @Nullable
    Token at(Location place) {
        int index = indexOf(place);
        return index < 0 ? null : tokens.get(index);
    }

    boolean isWord(Location place, String text) {
        Token token = at(place);
        return token != null && token.is(text);
    }

    /** The source between the beginning and the end of the token at a place. */
    String written(Location place) {
        int index = indexOf(place);
        Token token = tokens.get(index);
        int end = token.isSymbol("-") ? tokens.get(index + 1).end() : token.end();
        return source.substring(token.start(), end);
    }

    /** The word as written if the term's own token is there, else its value's text. */
    String scalar(Scalar scalar) {
        Token token = at(scalar.loc());
        if (token == null) {
            return scalar.value().toString();
        }
        boolean own = switch (token.kind()) {
            case STRING, RAW_STRING -> scalar.value() instanceof RegoString;
            case NUMBER -> true;
            case SYMBOL -> token.isSymbol("-");
            case NAME -> token.text().equals(scalar.value().toString());
            case TEMPLATE, RAW_TEMPLATE, END -> false;
        };
        return own ? written(scalar.loc()) : scalar.value().toString();
    }

    /** Whether what stands right before a place is this symbol. */
    boolean follows(Location place, String symbol) {
        int index = indexOf(place);
        return index > 0 && tokens.get(index - 1).isSymbol(symbol);
    }

    /** The row of the bracket that closes the one at a place. */
    int closingRow(Location open) {
        int index = indexOf(open);
        return index < 0 ? open.row() : tokens.get(partner[index]).loc().row();
    }

    /** The row of the bracket that closes the one right before a place. */
    int closingRowAround(Location inner) {
        int index = indexOf(inner);
        return index < 1 ? inner.row() : tokens.get(partner[index - 1]).loc().row();
    }

    /** The row of the parenthesis that begins the arguments of a call. */
    int argumentsRow(Call call) {
        int index = indexOf(call.loc());
        while (index >= 0 && index < tokens.size() && !tokens.get(index).isSymbol("(")) {
            index = tokens.get(index).isSymbol("[") ? partner[index] + 1 : index + 1;
        }
        return index < 0 || index >= tokens.size()
                ? call.loc().row()
                : tokens.get(index).loc().row();
    }

    boolean isInfix(Term term) {
        return term instanceof Call call
                && call.args().size() >= 2
                && Operators.symbol(call.name()) != null
                && call.args().get(0).loc().equals(call.loc());
    }

    private int endRow(Token token) {
        int rows = 0;
        for (int i = source.indexOf('\n', token.start()); i >= 0 && i < token.end(); i = source.indexOf('\n', i + 1)) {
            rows++;
        }
        return token.loc().row() + rows;
    }

    /** The last row of a term. */
    int endRow(Term term) {
        if (isInfix(term) && term instanceof Call call) {
            return endRow(call.args().get(call.args().size() - 1));
        }
        int at = indexOf(term.loc());
        if (at < 0) {
            return term.loc().row();
        }
        at = tokens.get(at).isSymbol("-") ? at + 1 : partner[at] > at ? partner[at] : at;
        while (at + 1 < tokens.size()
                && tokens.get(at + 1).start() == tokens.get(at).end()) {
            Token next = tokens.get(at + 1);
            if (next.isSymbol(".")) {
                at += 2;
            } else if (next.isSymbol("[") || next.isSymbol("(")) {
                at = partner[at + 1];
            } else {
                break;
            }
        }
        return endRow(tokens.get(Math.min(at, tokens.size() - 1)));
    }

    /** The last row of a statement. */
    int endRow(Expr expr) {
        if (!expr.withs().isEmpty()) {
            return endRow(expr.withs().get(expr.withs().size() - 1).value());
        }
        return switch (expr.form()) {
            case Plain p -> endRow(p.term());
            case SomeVars s -> s.vars().get(s.vars().size() - 1).loc().row();
            case SomeIn s -> endRow(s.domain());
            case Every e -> endRow(e.body());
            case Block b -> endRow(b.body());
            case Logic l -> endRow(l.right());
        };
    }

    /** The last row of a body, closing bracket included. */
    int endRow(Body body) {
        int last = endRow(body.exprs().get(body.exprs().size() - 1));
        return follows(body.loc(), "{") || follows(body.loc(), "(")
                ? Math.max(last, closingRowAround(body.loc()))
                : last;
    }
}
