package io.countersign.rego.syntax;

import io.countersign.rego.syntax.Token.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where a parser is among the tokens, and which names are keywords for it. */
final class TokenCursor {

    private static final int DEEPEST = 400;

    final Set<String> keywords;
    private final List<Token> tokens;
    /** How many wildcards there are, and how often the parser went back. */
    private final int[] wildcards;

    private int at;
    private int depth;
    private int previousEnd = -1;

    TokenCursor(List<Token> tokens, Set<String> keywords, int[] wildcards) {
        this.tokens = tokens;
        this.keywords = keywords;
        this.wildcards = wildcards;
    }

    /** A cursor over the tokens of a part of a template string. */
    TokenCursor within(List<Token> part) {
        return new TokenCursor(part, new HashSet<>(keywords), wildcards);
    }

    String wildcard() {
        return "$" + wildcards[0]++;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(at);
        previousEnd = token.end();
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    int mark() {
        return at;
    }

    /** Goes back. A source that needs this too often is refused, so that parsing stays linear. */
    void reset(int mark) {
        if (++wildcards[1] > 10_000 + 4 * tokens.size()) {
            throw fault("the source is too ambiguous", peek().loc());
        }
        at = mark;
        previousEnd = mark == 0 ? -1 : tokens.get(mark - 1).end();
    }

    boolean atEnd() {
        return peek().kind() == Kind.END;
    }

    /** Whether the next token follows the last one without a space. */
    boolean adjacent() {
        return peek().start() == previousEnd;
    }

    boolean symbol(String symbol) {
        return peek().isSymbol(symbol);
    }

    boolean accept(String symbol) {
        if (symbol(symbol)) {
            take();
            return true;
        }
        return false;
    }

    /** Whether this word stands here as a keyword, and not as the name at the beginning of a ref. */
    boolean keyword(String word) {
        return peek().kind() == Kind.NAME && peek().text().equals(word) && keywords.contains(word) && !beginsRef();
    }

    /** Whether the word here is followed at once by a dot or a bracket, and so is a name even if it is a keyword. */
    boolean beginsRef() {
        Token second = peekSecond();
        return second.start() == peek().end()
                && (second.isSymbol(".")
                        || (second.isSymbol("[") && !peek().text().equals("in")));
    }

    boolean acceptKeyword(String word) {
        if (keyword(word)) {
            take();
            return true;
        }
        return false;
    }

    Token expect(String symbol) {
        if (!symbol(symbol)) {
            throw unexpected("expected " + symbol);
        }
        return take();
    }

    RegoFailure unexpected(String detail) {
        Token token = peek();
        return new RegoFailure(
                Lexer.PARSE_ERROR,
                "unexpected " + token.shown() + (isWord(token) ? " keyword" : " token") + ": " + detail,
                token.loc());
    }

    private boolean isWord(Token token) {
        return token.kind() == Kind.NAME && keywords.contains(token.text());
    }

    RegoFailure fault(String message, Location where) {
        return new RegoFailure(Lexer.PARSE_ERROR, message, where);
    }

    void enter() {
        if (++depth > DEEPEST) {
            throw fault("the source is nested too deeply", peek().loc());
        }
    }

    void leave() {
        depth--;
    }
}
