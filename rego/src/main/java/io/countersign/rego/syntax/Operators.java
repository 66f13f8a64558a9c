package io.countersign.rego.syntax;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators as they are written between two terms, and how strongly they bind. */
final class Operators {

    /** What binds no weaker than anything. */
    static final int TIGHTEST = 9;

    private record Operator(String symbol, int strength) {}

    private static final Map<String, Operator> ALL = Map.ofEntries(
            Map.entry("assign", new Operator(":=", -1)),
            Map.entry("eq", new Operator("=", -1)),
            Map.entry("internal.member_3", new Operator("in", -1)),
            Map.entry("internal.member_2", new Operator("in", 0)),
            Map.entry("equal", new Operator("==", 1)),
            Map.entry("neq", new Operator("!=", 1)),
            Map.entry("lt", new Operator("<", 1)),
            Map.entry("lte", new Operator("<=", 1)),
            Map.entry("gt", new Operator(">", 1)),
            Map.entry("gte", new Operator(">=", 1)),
            Map.entry("or", new Operator("|", 2)),
            Map.entry("and", new Operator("&", 3)),
            Map.entry("plus", new Operator("+", 4)),
            Map.entry("minus", new Operator("-", 4)),
            Map.entry("mul", new Operator("*", 5)),
            Map.entry("div", new Operator("/", 5)),
            Map.entry("rem", new Operator("%", 5)));

    private Operators() {}

    /** The symbol of a function that is an operator, or null. */
    static @Nullable String symbol(String function) {
        Operator operator = ALL.get(function);
        return operator == null ? null : operator.symbol();
    }

    static int strength(String function) {
        Operator operator = ALL.get(function);
        return operator == null ? TIGHTEST : operator.strength();
    }
}
