package io.countersign.rego.syntax;

import io.countersign.rego.syntax.RegoModule.Comment;
import io.countersign.rego.syntax.RegoModule.Import;
import io.countersign.rego.syntax.Rule.Head;
import io.countersign.rego.syntax.Term.ArrayTerm;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.ObjectTerm;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.SetTerm;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.syntax.Token.Kind;
import io.countersign.rego.value.NumberTooLong;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses Rego source. Fails with {@link RegoFailure}, code `rego_parse_error`. */
public final class RegoParser {

    private static final Set<String> ALWAYS =
            Set.of("package", "import", "as", "default", "else", "not", "some", "with", "null", "true", "false");
    private static final Set<String> SINCE_V1 = Set.of("in", "every", "if", "contains");
    private static final Set<String> OPERATORS = Set.of("and", "or");

    private final String file;
    private final ParserOptions options;
    private final TokenCursor cursor;
    private final BodyParser bodies;
    private final TermParser terms;
    private final List<Comment> comments;
    private boolean v1;

    private RegoParser(String file, String source, ParserOptions options) {
        this.file = file;
        this.options = options;
        Lexer lexer = new Lexer(file, source);
        List<Token> tokens = lexer.all();
        comments = lexer.comments();
        Set<String> keywords = new HashSet<>(ALWAYS);
        v1 = options.v1();
        if (v1) {
            keywords.addAll(SINCE_V1);
        }
        cursor = new TokenCursor(tokens, keywords, new int[2]);
        bodies = new BodyParser(cursor);
        terms = bodies.terms();
    }

    /** Parses a file. */
    public static RegoModule module(String file, String source, ParserOptions options) {
        try {
            return new RegoParser(file, source, options).module();
        } catch (StackOverflowError deep) {
            throw new RegoFailure(Lexer.PARSE_ERROR, "the source is nested too deeply", new Location(file, 1, 1));
        } catch (NumberTooLong number) {
            throw new RegoFailure(Lexer.PARSE_ERROR, String.valueOf(number.getMessage()), new Location(file, 1, 1));
        }
    }

    /** Parses the body of a query. */
    public static Body query(String source, ParserOptions options) {
        RegoParser parser = new RegoParser("", source, options);
        parser.cursor.keywords.addAll(SINCE_V1);
        if (options.experimental()) {
            parser.cursor.keywords.addAll(OPERATORS);
            parser.cursor.keywords.add("not {");
        }
        return parser.bodies.statements("");
    }

    /** Parses one term, such as an input written as Rego. */
    public static Term term(String source) {
        RegoParser parser = new RegoParser("", source, ParserOptions.V1);
        Term term = parser.terms.whole(false);
        if (!parser.cursor.atEnd()) {
            throw parser.cursor.unexpected("expected end");
        }
        return term;
    }

    /** Whether a name is a keyword somewhere. */
    static boolean isKeyword(String name) {
        return ALWAYS.contains(name) || SINCE_V1.contains(name);
    }

    private RegoModule module() {
        if (cursor.atEnd()) {
            throw cursor.fault("empty module", new Location(file, 1, 1));
        }
        Location loc = cursor.peek().loc();
        if (!cursor.acceptKeyword("package")) {
            throw cursor.fault("package expected", loc);
        }
        List<String> path = new ArrayList<>(List.of("data"));
        packagePath(path);
        endOfStatement();
        AnnotationBlocks blocks = new AnnotationBlocks(comments);
        List<Annotation> packageNotes = new ArrayList<>(blocks.before(loc, true));
        List<Import> imports = new ArrayList<>();
        while (cursor.keyword("import")) {
            Location start = cursor.peek().loc();
            imports.add(importStatement());
            blocks.before(start, false);
            endOfStatement();
        }
        List<Rule> rules = new ArrayList<>();
        while (!cursor.atEnd()) {
            if (cursor.keyword("import")) {
                imports.add(importStatement());
                endOfStatement();
                continue;
            }
            if (cursor.keyword("package")) {
                throw cursor.unexpected("expected rule");
            }
            Location start = cursor.peek().loc();
            List<Annotation> notes = blocks.before(start, false);
            List<Annotation> own = new ArrayList<>();
            for (Annotation note : notes) {
                (note.scope().equals("package") || note.scope().equals("subpackages") ? packageNotes : own).add(note);
            }
            rules.addAll(rules(own));
        }
        return new RegoModule(file, loc, path, imports, rules, v1, packageNotes, comments);
    }

    private void endOfStatement() {
        if (!cursor.atEnd() && !cursor.peek().newLine() && !cursor.accept(";")) {
            throw cursor.unexpected("expected end of statement");
        }
    }

    private void packagePath(List<String> path) {
        Token first = cursor.take();
        if (first.kind() != Kind.NAME) {
            throw cursor.fault("unexpected " + first.shown() + " token: expected ident", first.loc());
        }
        path.add(first.text());
        while (cursor.adjacent() && (cursor.symbol(".") || cursor.symbol("["))) {
            boolean dot = cursor.take().isSymbol(".");
            Token part = cursor.take();
            if (part.kind() != (dot ? Kind.NAME : Kind.STRING)) {
                throw cursor.fault(
                        "unexpected " + part.shown() + " token: expected " + (dot ? "ident" : "string"), part.loc());
            }
            path.add(part.text());
            if (!dot) {
                cursor.expect("]");
            }
        }
    }

    private Import importStatement() {
        Location loc = cursor.take().loc();
        Term term = terms.single();
        Ref path = term instanceof Ref ref ? ref : new Ref(term.loc(), term, List.of());
        String root = path.head() instanceof Var v ? v.name() : "";
        if (!Set.of("data", "input", "future", "rego").contains(root)) {
            throw cursor.fault(
                    "unexpected import path, must begin with one of: {data, future, input, rego}, got: "
                            + (root.isEmpty() ? Texts.of(term) : root),
                    path.loc());
        }
        String alias = null;
        if (cursor.acceptKeyword("as")) {
            Token name = cursor.take();
            if (name.kind() != Kind.NAME || name.text().equals("_")) {
                throw cursor.fault("unexpected " + name.shown() + " token: expected var", name.loc());
            }
            alias = name.text();
        }
        switch (root) {
            case "future" -> futureImport(path, alias);
            case "rego" -> regoImport(path);
            default -> {
                for (Term part : path.path()) {
                    if (!(part instanceof Scalar s) || !(s.value() instanceof RegoString)) {
                        throw cursor.fault("unexpected import path: must only contain string elements", path.loc());
                    }
                }
            }
        }
        return new Import(loc, path, alias);
    }

    private void futureImport(Ref path, @Nullable String alias) {
        List<String> names = new ArrayList<>();
        path.path()
                .forEach(p -> names.add(p instanceof Scalar s && s.value() instanceof RegoString t ? t.value() : ""));
        if (names.isEmpty() || !names.get(0).equals("keywords") || names.size() > 2) {
            throw cursor.fault("invalid import, must be `future.keywords`", path.loc());
        }
        if (alias != null) {
            throw cursor.fault("`future` imports cannot be aliased", path.loc());
        }
        if (names.size() == 1) {
            cursor.keywords.addAll(SINCE_V1);
            return;
        }
        String keyword = names.get(1);
        if (SINCE_V1.contains(keyword)) {
            cursor.keywords.add(keyword);
            if (keyword.equals("every")) {
                cursor.keywords.add("in");
            }
        } else if (keyword.equals("not")) {
            cursor.keywords.add("not {");
        } else if (OPERATORS.contains(keyword) && options.experimental()) {
            cursor.keywords.add(keyword);
            cursor.keywords.add("not {");
        } else {
            throw cursor.fault(
                    "unexpected keyword, must be one of [contains every if in not], got: " + keyword, path.loc());
        }
    }

    private void regoImport(Ref path) {
        if (path.path().size() != 1 || !path.text().equals("rego.v1")) {
            throw cursor.fault("invalid import `" + path.text() + "`, must be `rego.v1`", path.loc());
        }
        v1 = true;
        cursor.keywords.addAll(SINCE_V1);
    }

    // --- Rules ---

    private List<Rule> rules(List<Annotation> notes) {
        Token first = cursor.peek();
        boolean isDefault = cursor.acceptKeyword("default");
        if (cursor.symbol("(")) {
            throw cursor.unexpected("expected the name of a rule");
        }
        Term named = terms.single();
        Location loc = first.loc();
        if (isDefault) {
            return List.of(defaultRule(loc, named, notes));
        }
        Head head = head(loc, named);
        boolean hasIf = cursor.acceptKeyword("if");
        boolean braces = cursor.symbol("{");
        if (v1 && braces && !hasIf) {
            throw cursor.fault("`if` keyword is required before rule body", loc);
        }
        Body body = hasIf ? ifBody() : braces ? bodies.braced() : always(loc);
        Rule otherwise = otherwise(head);
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule(loc, head, body, false, otherwise, notes));
        while (braces && !hasIf && otherwise == null && cursor.symbol("{")) {
            rules.add(new Rule(cursor.peek().loc(), head, bodies.braced(), false, null, notes));
        }
        return rules;
    }

    /** Reads what follows the name of a rule, up to its body. */
    private Head head(Location loc, Term named) {
        Ref ref = reference(named);
        List<Term> args = named instanceof Call call ? call.args() : null;
        if (ref.path().isEmpty() && SINCE_V1.contains(((Var) ref.head()).name()) && v1) {
            throw cursor.fault("unexpected " + ref.text() + " keyword: expected rule", loc);
        }
        if (cursor.acceptKeyword("contains")) {
            return new Head(named.loc(), ref, args, terms.whole(false), null);
        }
        if (cursor.symbol(":=") || cursor.symbol("=")) {
            cursor.take();
            return new Head(named.loc(), ref, args, null, terms.whole(true));
        }
        if (args == null && !cursor.keyword("if")) {
            return bareHead(loc, named, ref);
        }
        return new Head(named.loc(), ref, args, null, new Scalar(loc, RegoBoolean.TRUE));
    }

    /** A name with neither arguments nor a value, before a body in braces or none: the member of a set in older policies. */
    private Head bareHead(Location loc, Term named, Ref ref) {
        if (!cursor.symbol("{")) {
            if (ref.path().isEmpty()) {
                throw cursor.fault("var cannot be used for rule name", loc);
            }
            if (v1) {
                throw cursor.fault("`contains` keyword is required for partial set rules", loc);
            }
        }
        return ref.path().size() == 1
                ? new Head(
                        named.loc(),
                        new Ref(ref.loc(), ref.head(), List.of()),
                        null,
                        ref.path().get(0),
                        null)
                : new Head(named.loc(), ref, null, null, new Scalar(loc, RegoBoolean.TRUE));
    }

    private @Nullable Rule otherwise(Head head) {
        boolean manyValues = head.isSet();
        if (cursor.keyword("else")) {
            if (manyValues) {
                throw cursor.fault(
                        "else keyword cannot be used on multi-value rules",
                        cursor.peek().loc());
            }
            if (!head.ref().path().stream().allMatch(Scalar.class::isInstance)) {
                throw cursor.fault(
                        "else keyword cannot be used on rules with variables in head",
                        cursor.peek().loc());
            }
        }
        return manyValues ? null : elseRule(head.ref(), head.args());
    }

    private Ref reference(Term named) {
        Ref ref = switch (named) {
            case Var v -> new Ref(v.loc(), v, List.of());
            case Ref r -> r;
            case Call c -> c.operator();
            default ->
                throw cursor.fault(
                        (named instanceof Scalar s ? s.value().typeName() : "this term")
                                + " cannot be used for rule name",
                        named.loc());
        };
        if (!(ref.head() instanceof Var v) || v.isWildcard()) {
            throw cursor.fault("this term cannot be used for rule name", named.loc());
        }
        return ref;
    }

    private Rule defaultRule(Location loc, Term named, List<Annotation> notes) {
        Ref ref = reference(named);
        List<Term> args = named instanceof Call call ? call.args() : null;
        if (!cursor.accept(":=") && !cursor.accept("=")) {
            throw cursor.unexpected("expected default rule value (i.e., `default <name> := <value>`)");
        }
        Term value = terms.whole(false);
        if (cursor.keyword("if") || (cursor.symbol("{") && !cursor.peek().newLine())) {
            throw cursor.fault("default rules cannot have a body", cursor.peek().loc());
        }
        defaultValue(value, loc);
        if (args != null) {
            defaultArguments(args, loc);
        }
        Head head = new Head(named.loc(), ref, args, null, value);
        return new Rule(loc, head, always(loc), true, null, notes);
    }

    /** A default is known before anything is asked; only comprehensions may look at documents. */
    private void defaultValue(Term value, Location loc) {
        String what =
                value instanceof Call ? "call" : value instanceof Ref ? "ref" : value instanceof Var ? "var" : null;
        if (what != null) {
            throw cursor.fault("illegal default rule (value cannot contain " + what + ")", loc);
        }
        List<Term> within = new ArrayList<>();
        switch (value) {
            case ArrayTerm array -> within.addAll(array.items());
            case SetTerm set -> within.addAll(set.items());
            case ObjectTerm object -> {
                within.addAll(object.keys());
                within.addAll(object.values());
            }
            default -> {}
        }
        within.forEach(term -> defaultValue(term, loc));
    }

    private void defaultArguments(List<Term> args, Location loc) {
        Set<String> names = new HashSet<>();
        for (Term arg : args) {
            if (!(arg instanceof Var v)) {
                String what = arg instanceof Scalar s
                        ? s.value().typeName()
                        : arg instanceof ArrayTerm
                                ? "array"
                                : arg instanceof ObjectTerm ? "object" : arg instanceof SetTerm ? "set" : "ref";
                throw cursor.fault("illegal default rule (arguments cannot contain " + what + ")", loc);
            }
            if (!v.isWildcard() && !names.add(v.name())) {
                throw cursor.fault("illegal default rule (arguments cannot be repeated " + v.name() + ")", loc);
            }
        }
    }

    private Body ifBody() {
        if (cursor.symbol("{")) {
            int mark = cursor.mark();
            try {
                Body body = bodies.braced();
                if (!cursor.keyword("and") && !cursor.keyword("or")) {
                    return body;
                }
            } catch (RegoFailure noBody) {
                cursor.reset(mark);
                try {
                    Body only = single();
                    if (isEmptyObject(only)) {
                        throw noBody;
                    }
                    return only;
                } catch (RegoFailure nothing) {
                    throw noBody;
                }
            }
            cursor.reset(mark);
        }
        return single();
    }

    private static boolean isEmptyObject(Body body) {
        return body.exprs().get(0).form() instanceof Expr.Plain p
                && p.term() instanceof Term.ObjectTerm o
                && o.keys().isEmpty();
    }

    private Body single() {
        Expr only = bodies.statement();
        return new Body(only.loc(), List.of(only));
    }

    private static Body always(Location loc) {
        return new Body(loc, List.of(Expr.of(loc, new Scalar(loc, RegoBoolean.TRUE))));
    }

    private @Nullable Rule elseRule(Ref ref, @Nullable List<Term> args) {
        List<Object[]> parts = new ArrayList<>();
        while (cursor.keyword("else")) {
            Location loc = cursor.take().loc();
            Term value = null;
            if (cursor.accept(":=") || cursor.accept("=")) {
                value = terms.whole(true);
            }
            boolean hasIf = cursor.acceptKeyword("if");
            if (v1 && !hasIf && cursor.symbol("{")) {
                throw cursor.fault("`if` keyword is required before rule body", loc);
            }
            if (value == null && !hasIf && !cursor.symbol("{")) {
                throw cursor.unexpected("expected else value term or rule body");
            }
            Body body = hasIf ? ifBody() : cursor.symbol("{") ? bodies.braced() : always(loc);
            Term given = value == null ? new Scalar(loc, RegoBoolean.TRUE) : value;
            parts.add(new Object[] {loc, given, body});
        }
        Rule rule = null;
        for (int i = parts.size() - 1; i >= 0; i--) {
            Location loc = (Location) parts.get(i)[0];
            Head head = new Head(loc, ref, args, null, (Term) parts.get(i)[1]);
            rule = new Rule(loc, head, (Body) parts.get(i)[2], false, rule, List.of());
        }
        return rule;
    }
}
