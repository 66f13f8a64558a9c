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
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNull;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parses terms, by precedence. */
final class TermParser {

    private static final Map<String, String> RELATIONS =
            Map.of("==", "equal", "!=", "neq", "<", "lt", "<=", "lte", ">", "gt", ">=", "gte");
    private static final Map<String, String> SUMS = Map.of("+", "plus", "-", "minus");
    private static final Map<String, String> PRODUCTS = Map.of("*", "mul", "/", "div", "%", "rem");

    private final TokenCursor cursor;
    private final BodyParser bodies;

    /** Whether a bar here separates the head of a comprehension from its body. */
    private boolean barEndsHead;

    TermParser(TokenCursor cursor, BodyParser bodies) {
        this.cursor = cursor;
        this.bodies = bodies;
    }

    static Call call(Location loc, String name, Term... args) {
        List<Term> path = new ArrayList<>();
        String[] parts = name.split("\\.", -1);
        for (int i = 1; i < parts.length; i++) {
            path.add(new Scalar(loc, RegoString.of(parts[i])));
        }
        return new Call(loc, new Ref(loc, new Var(loc, parts[0]), path), List.of(args));
    }

    /** A whole term; `k, v in c` only where the flag allows a comma. */
    Term whole(boolean comma) {
        cursor.enter();
        Term left = relation();
        if (comma && cursor.symbol(",")) {
            int mark = cursor.mark();
            cursor.take();
            Term middle = tryRelation();
            if (middle != null && cursor.keyword("in")) {
                Location loc = left.loc();
                cursor.take();
                left = call(loc, "internal.member_3", left, middle, relation());
            } else {
                cursor.reset(mark);
            }
        }
        while (cursor.keyword("in")) {
            cursor.take();
            left = call(left.loc(), "internal.member_2", left, relation());
        }
        cursor.leave();
        return left;
    }

    private @Nullable Term tryRelation() {
        try {
            return relation();
        } catch (RegoFailure none) {
            return null;
        }
    }

    Term relation() {
        Term left = union();
        while (cursor.peek().kind() == Kind.SYMBOL) {
            String name = RELATIONS.get(cursor.peek().text());
            if (name == null) {
                return left;
            }
            cursor.take();
            left = call(left.loc(), name, left, union());
        }
        return left;
    }

    private Term union() {
        Term left = intersection();
        while (!barEndsHead && cursor.symbol("|")) {
            cursor.take();
            left = call(left.loc(), "or", left, intersection());
        }
        return left;
    }

    private Term intersection() {
        Term left = sum();
        while (cursor.symbol("&")) {
            cursor.take();
            left = call(left.loc(), "and", left, sum());
        }
        return left;
    }

    private Term sum() {
        Term left = product();
        while (cursor.peek().kind() == Kind.SYMBOL) {
            String name = SUMS.get(cursor.peek().text());
            if (name == null) {
                return left;
            }
            cursor.take();
            left = call(left.loc(), name, left, product());
        }
        return left;
    }

    private Term product() {
        Term left = single();
        while (cursor.peek().kind() == Kind.SYMBOL) {
            String name = PRODUCTS.get(cursor.peek().text());
            if (name == null) {
                return left;
            }
            cursor.take();
            left = call(left.loc(), name, left, single());
        }
        return left;
    }

    /** A term without infix operators. */
    Term single() {
        cursor.enter();
        Token token = cursor.peek();
        Location loc = token.loc();
        Term term = switch (token.kind()) {
            case NUMBER -> {
                cursor.take();
                yield new Scalar(loc, RegoNumber.parse(token.text()));
            }
            case STRING, RAW_STRING -> {
                cursor.take();
                yield suffixes(new Scalar(loc, RegoString.of(token.text())), false);
            }
            case TEMPLATE, RAW_TEMPLATE -> template(cursor.take());
            case NAME -> name(token);
            case SYMBOL -> symbol(token);
            case END -> throw cursor.unexpected("expected term");
        };
        cursor.leave();
        return term;
    }

    private Term symbol(Token token) {
        return switch (token.text()) {
            case "[" -> suffixes(array(), true);
            case "{" -> suffixes(braces(), true);
            case "(" -> {
                cursor.take();
                boolean outer = barEndsHead;
                barEndsHead = false;
                Term inner = whole(true);
                barEndsHead = outer;
                if (!cursor.symbol(")")) {
                    throw cursor.unexpected("expected )");
                }
                cursor.take();
                yield inner;
            }
            case "-" -> {
                cursor.take();
                if (cursor.peek().kind() != Kind.NUMBER || !cursor.adjacent()) {
                    throw cursor.unexpected("expected number");
                }
                yield new Scalar(
                        token.loc(), RegoNumber.parse("-" + cursor.take().text()));
            }
            default -> throw cursor.unexpected("expected term");
        };
    }

    private Term name(Token token) {
        Location loc = token.loc();
        String word = token.text();
        if (cursor.keywords.contains(word) && !cursor.beginsRef()) {
            switch (word) {
                case "null" -> {
                    cursor.take();
                    return new Scalar(loc, RegoNull.NULL);
                }
                case "true", "false" -> {
                    cursor.take();
                    return new Scalar(loc, RegoBoolean.of(word.equals("true")));
                }
                case "contains" -> {
                    Token second = cursor.peekSecond();
                    if (!second.isSymbol("(") || second.start() != token.end()) {
                        throw cursor.unexpected("expected term");
                    }
                }
                default -> throw cursor.unexpected("unexpected keyword");
            }
        }
        cursor.take();
        if (word.equals("set") && cursor.symbol("(") && cursor.adjacent()) {
            int mark = cursor.mark();
            cursor.take();
            if (cursor.accept(")")) {
                return suffixes(new SetTerm(loc, List.of()), true);
            }
            cursor.reset(mark);
        }
        return suffixes(new Var(loc, word.equals("_") ? cursor.wildcard() : word), true);
    }

    private Term suffixes(Term start, boolean calls) {
        Term head = start;
        List<Term> path = new ArrayList<>();
        while (cursor.adjacent()) {
            if (cursor.symbol(".")) {
                cursor.take();
                Token part = cursor.peek();
                if (part.kind() != Kind.NAME || !cursor.adjacent()) {
                    throw cursor.unexpected("expected ident");
                }
                cursor.take();
                path.add(new Scalar(part.loc(), RegoString.of(part.text())));
            } else if (cursor.symbol("[")) {
                cursor.take();
                boolean outer = barEndsHead;
                barEndsHead = false;
                path.add(whole(true));
                barEndsHead = outer;
                cursor.expect("]");
            } else if (calls && cursor.symbol("(") && isOperator(head, path)) {
                Ref operator = new Ref(start.loc(), head, List.copyOf(path));
                head = new Call(start.loc(), operator, arguments());
                path.clear();
            } else {
                break;
            }
        }
        return path.isEmpty() ? head : new Ref(start.loc(), head, List.copyOf(path));
    }

    private static boolean isOperator(Term head, List<Term> path) {
        return head instanceof Var
                && path.stream().allMatch(p -> p instanceof Scalar s && s.value() instanceof RegoString);
    }

    private List<Term> arguments() {
        cursor.take();
        return list(")");
    }

    /** Terms up to a closing symbol, which is taken; a comma may stand before it. */
    private List<Term> list(String close) {
        boolean outer = barEndsHead;
        barEndsHead = false;
        List<Term> terms = new ArrayList<>();
        while (!cursor.accept(close)) {
            terms.add(whole(false));
            if (!cursor.symbol(close) && !cursor.accept(",")) {
                throw cursor.unexpected("expected \",\" or \"" + close + "\"");
            }
        }
        barEndsHead = outer;
        return terms;
    }

    /** The first term of a literal; it ends before a bar. */
    private Term first() {
        boolean outer = barEndsHead;
        barEndsHead = true;
        Term head = whole(false);
        barEndsHead = outer;
        return head;
    }

    private Body comprehensionBody(String close) {
        boolean outer = barEndsHead;
        barEndsHead = false;
        cursor.expect("|");
        Body body = bodies.statements(close);
        cursor.expect(close);
        barEndsHead = outer;
        return body;
    }

    /** What follows a bar is a body if it can be read as one, else the bar is an operator. */
    private Term comprehensionOr(String close, Function<Body, Term> comprehension, Supplier<Term> otherwise, int mark) {
        boolean outer = barEndsHead;
        RegoFailure noBody;
        try {
            return comprehension.apply(comprehensionBody(close));
        } catch (RegoFailure failure) {
            noBody = failure;
        }
        barEndsHead = outer;
        cursor.reset(mark);
        try {
            return otherwise.get();
        } catch (RegoFailure wrong) {
            throw noBody;
        }
    }

    private Term array() {
        Location loc = cursor.take().loc();
        if (cursor.accept("]")) {
            return new ArrayTerm(loc, List.of());
        }
        int mark = cursor.mark();
        Term head = first();
        if (cursor.symbol("|")) {
            return comprehensionOr(
                    "]", body -> new ArrayComprehension(loc, head, body), () -> new ArrayTerm(loc, list("]")), mark);
        }
        return new ArrayTerm(loc, rest(head, "]"));
    }

    private List<Term> rest(Term first, String close) {
        List<Term> items = new ArrayList<>(List.of(first));
        if (cursor.accept(close)) {
            return items;
        }
        if (!cursor.accept(",")) {
            throw cursor.unexpected("expected \",\" or \"" + close + "\"");
        }
        items.addAll(list(close));
        return items;
    }

    private Term braces() {
        Location loc = cursor.take().loc();
        if (cursor.accept("}")) {
            return new ObjectTerm(loc, List.of(), List.of());
        }
        int mark = cursor.mark();
        Term head = first();
        if (cursor.symbol("|")) {
            return comprehensionOr("}", body -> new SetComprehension(loc, head, body), () -> set(loc), mark);
        }
        return cursor.symbol(":") ? object(loc, head) : new SetTerm(loc, rest(head, "}"));
    }

    private Term set(Location loc) {
        boolean outer = barEndsHead;
        barEndsHead = false;
        Term head = whole(false);
        barEndsHead = outer;
        return cursor.symbol(":") ? object(loc, head) : new SetTerm(loc, rest(head, "}"));
    }

    private Term object(Location loc, Term firstKey) {
        cursor.take();
        int mark = cursor.mark();
        Term head = first();
        if (cursor.symbol("|")) {
            return comprehensionOr(
                    "}",
                    body -> new ObjectComprehension(loc, firstKey, head, body),
                    () -> {
                        boolean outer = barEndsHead;
                        barEndsHead = false;
                        Term value = whole(false);
                        barEndsHead = outer;
                        return pairs(loc, firstKey, value);
                    },
                    mark);
        }
        return pairs(loc, firstKey, head);
    }

    private Term pairs(Location loc, Term firstKey, Term firstValue) {
        boolean outer = barEndsHead;
        barEndsHead = false;
        List<Term> keys = new ArrayList<>(List.of(firstKey));
        List<Term> values = new ArrayList<>(List.of(firstValue));
        while (!cursor.accept("}")) {
            if (!cursor.accept(",")) {
                throw cursor.unexpected("expected \",\" or \"}\"");
            }
            if (cursor.accept("}")) {
                break;
            }
            keys.add(whole(false));
            cursor.expect(":");
            values.add(whole(false));
        }
        barEndsHead = outer;
        return new ObjectTerm(loc, keys, values);
    }

    @SuppressWarnings("unchecked")
    private Term template(Token token) {
        List<String> texts = new ArrayList<>();
        List<Expr> parts = new ArrayList<>();
        for (Object piece : token.holes()) {
            if (piece instanceof String text) {
                texts.add(text);
            } else {
                TokenCursor inner = cursor.within((List<Token>) piece);
                if (inner.atEnd()) {
                    throw cursor.fault("invalid template-string expression: it is empty", token.loc());
                }
                Expr part = new BodyParser(inner).templatePart();
                if (!inner.atEnd()) {
                    throw inner.unexpected("expected }");
                }
                parts.add(part);
            }
        }
        return new Template(token.loc(), texts, parts, token.kind() == Kind.RAW_TEMPLATE);
    }
}
