package io.countersign.bench;

import io.countersign.bench.StatementLog.Logged;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One cycle's own statements as a script that can be run again and again: whatever is unique to a cycle (ids, digests,
 * numbers) is made unique again by {@code :n}, everything else is what the server sent.
 */
final class CycleScript {

    /** Ids that a cycle draws, digests and keys it computes; the last 12 characters are replaced. */
    private static final Pattern UNIQUE = Pattern.compile(
            "(?:req|vot|grt|call|ask)_[0-9a-z]{26}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}");

    private static final Pattern PLACE = Pattern.compile("\\$(\\d+)");
    private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*+)'");
    private static final int TAIL = 12;

    /** Tables of the job that orders the audit log, and of the one that delivers notifications. */
    private static final List<String> JOBS = List.of("audit_head", "notification_delivery");

    private final String number;
    private final List<String> marks;

    private CycleScript(long number, List<String> marks) {
        this.number = Long.toString(number);
        this.marks = marks;
    }

    /**
     * The statements of the cycle in which the request with this number lived.
     *
     * @param marks texts of which one occurs in every transaction of the cycle
     */
    static List<List<String>> of(List<List<Logged>> transactions, long number, List<String> marks) {
        CycleScript script = new CycleScript(number, marks);
        return transactions.stream()
                .filter(script::belongs)
                .map(transaction -> transaction.stream().map(script::rewrite).toList())
                .map(CycleScript::framed)
                .toList();
    }

    /** Whether it is the cycle's own; jobs that run meanwhile speak of the same numbers by chance. */
    private boolean belongs(List<Logged> transaction) {
        return transaction.stream().noneMatch(logged -> JOBS.stream().anyMatch(logged.sql()::contains))
                && transaction.stream()
                        .anyMatch(logged -> logged.sql().contains("request_number")
                                || logged.parameters().stream()
                                        .anyMatch(parameter -> parameter.equals("'" + number + "'")
                                                || marks.stream().anyMatch(parameter::contains)));
    }

    private static List<String> framed(List<String> statements) {
        if (!statements.getLast().equals("COMMIT")) {
            return statements;
        }
        List<String> framed = new ArrayList<>(statements);
        framed.addFirst("BEGIN");
        return framed;
    }

    private String rewrite(Logged logged) {
        String plain = LITERAL.matcher(logged.sql())
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).contains(":") ? literal(found.group(1)) : found.group()));
        Matcher place = PLACE.matcher(plain);
        StringBuilder sql = new StringBuilder();
        while (place.find()) {
            String parameter = logged.parameters().get(Integer.parseInt(place.group(1)) - 1);
            boolean typed = plain.startsWith("::", place.end());
            // What is no JSON and begins with a brace is an array, which a bare expression would not say.
            String type = parameter.startsWith("'{") && !parameter.contains("\":") && !typed ? "::text[]" : "";
            place.appendReplacement(sql, Matcher.quoteReplacement(expression(parameter) + type));
        }
        place.appendTail(sql);
        return sql.toString();
    }

    private String expression(String parameter) {
        if (parameter.equals("NULL")) {
            return parameter;
        }
        if (parameter.equals("'" + number + "'")) {
            return "(" + number + " + (:n)::bigint)";
        }
        String text = parameter.substring(1, parameter.length() - 1);
        Matcher unique = UNIQUE.matcher(text);
        StringBuilder whole = new StringBuilder("(");
        int from = 0;
        while (unique.find()) {
            whole.append(literal(text.substring(from, unique.end() - TAIL)))
                    .append(" || lpad((:n)::text, ")
                    .append(TAIL)
                    .append(", '0') || ");
            from = unique.end();
        }
        return from == 0
                ? literal(text)
                : whole.append(literal(text.substring(from))).append(")").toString();
    }

    /** A literal without a colon in it, which a script would take for a variable. */
    private static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace(":", "\\x3A") + "'";
    }
}
