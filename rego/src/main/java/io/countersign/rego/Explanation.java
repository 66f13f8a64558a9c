package io.countersign.rego;

import io.countersign.rego.plan.Trace;
import io.countersign.rego.syntax.Location;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a policy answered what it answered: the rules that were asked, how far each came, and the statement that failed.
 *
 * @param path what was asked
 * @param decision the answer
 * @param groups what was asked first, then what failing statements looked at
 * @param steps all that happened, in order, as text
 */
public record Explanation(String path, RegoDecision decision, List<Group> groups, List<String> steps) {

    private static final int MOST_GROUPS = 50;

    /** The rules of one name, and what they came to; the value is null when that is undefined. */
    public record Group(String name, @Nullable Value value, List<Tried> rules) {}

    /**
     * A rule, how it ended, and the statements it came to: when it failed, the last of them is the one that failed, which
     * may be the value of its head.
     */
    public record Tried(Location place, String head, Outcome outcome, List<Statement> statements) {}

    /** How a rule ended. */
    public enum Outcome {
        /** Its body held. */
        HELD,
        /** A statement failed. */
        FAILED,
        /** It was not looked at: an earlier rule had decided, or its arguments did not fit. */
        NOT_TRIED
    }

    /** A statement: how often it was tried and held, and what its terms were; a value that is null is undefined. */
    public record Statement(Location place, String text, long tried, long held, Map<String, @Nullable Value> values) {}

    static Explanation of(String path, RegoDecision decision, Trace trace) {
        Set<Trace.GroupTrace> wanted = new LinkedHashSet<>();
        Deque<Trace.GroupTrace> next = new ArrayDeque<>();
        for (Trace.GroupTrace group : trace.all()) {
            if (isBeneath(group.name(), path) || isBeneath(path, group.name())) {
                next.add(group);
            }
        }
        while (!next.isEmpty() && wanted.size() < MOST_GROUPS) {
            Trace.GroupTrace group = next.removeFirst();
            if (!wanted.add(group)) {
                continue;
            }
            for (Trace.RuleTrace rule : group.rules()) {
                Trace.StatementTrace last = lastTried(rule);
                if (rule.held() == 0 && last != null) {
                    next.addAll(trace.needs(last));
                }
            }
        }
        List<String> steps = new ArrayList<>();
        trace.events()
                .forEach(event -> steps.add("  ".repeat(event.depth())
                        + event.kind().name().toLowerCase(java.util.Locale.ROOT)
                        + (event.place().row() > 0 ? " " + event.place() : "") + " " + event.text()));
        return new Explanation(
                path, decision, wanted.stream().map(Explanation::group).toList(), steps);
    }

    private static boolean isBeneath(String name, String path) {
        return name.equals(path) || name.startsWith(path + ".") || name.startsWith(path + "[");
    }

    private static Trace.@Nullable StatementTrace lastTried(Trace.RuleTrace rule) {
        Trace.StatementTrace last = null;
        for (Trace.StatementTrace statement : rule.statements()) {
            last = statement.tried() > 0 ? statement : last;
        }
        return last;
    }

    private static Group group(Trace.GroupTrace group) {
        List<Tried> rules = new ArrayList<>();
        for (Trace.RuleTrace rule : group.rules()) {
            List<Statement> statements = new ArrayList<>();
            for (Trace.StatementTrace one : rule.statements()) {
                if (one.tried() > 0) {
                    statements.add(new Statement(one.place(), one.text(), one.tried(), one.held(), one.values()));
                }
            }
            Outcome outcome =
                    rule.held() > 0 ? Outcome.HELD : statements.isEmpty() ? Outcome.NOT_TRIED : Outcome.FAILED;
            rules.add(new Tried(rule.place(), rule.head(), outcome, statements));
        }
        return new Group(group.name(), group.value(), rules);
    }

    /** The explanation for people. */
    public String text() {
        StringBuilder out = new StringBuilder(path);
        switch (decision) {
            case RegoDecision.Defined defined -> out.append(" is ").append(Trace.brief(defined.value()));
            case RegoDecision.Undefined u -> out.append(" is undefined");
            case RegoDecision.Failed failed ->
                out.append(" ended in an error: ").append(failed.errors().get(0));
        }
        out.append('\n');
        for (Group group : groups) {
            for (Tried rule : group.rules()) {
                rule(out, group, rule);
            }
        }
        return out.toString();
    }

    private static void rule(StringBuilder out, Group group, Tried rule) {
        out.append('\n').append(rule.place()).append(": ").append(rule.head());
        switch (rule.outcome()) {
            case HELD -> out.append(": held");
            case NOT_TRIED -> out.append(": not tried");
            case FAILED ->
                out.append(": failed at line ")
                        .append(rule.statements().getLast().place().row());
        }
        out.append("    (").append(group.name()).append(")\n");
        for (int i = 0; i < rule.statements().size(); i++) {
            Statement one = rule.statements().get(i);
            boolean failed =
                    rule.outcome() == Outcome.FAILED && i == rule.statements().size() - 1;
            out.append("  ")
                    .append(failed ? "failed " : "held   ")
                    .append("line ")
                    .append(one.place().row())
                    .append(": ")
                    .append(one.text());
            if (one.tried() > 1) {
                out.append(" (tried ").append(one.tried()).append(" times)");
            }
            out.append('\n');
            if (failed) {
                one.values()
                        .forEach((name, value) -> out.append("           ")
                                .append(name)
                                .append(value == null ? " is undefined" : " is " + Trace.brief(value))
                                .append('\n'));
            }
        }
    }

    /** The explanation as a document: `path`, `result`, `groups` with their rules and statements. */
    public RegoObject document() {
        List<Value> all = new ArrayList<>();
        for (Group group : groups) {
            List<Value> rules = new ArrayList<>();
            group.rules().forEach(rule -> rules.add(document(rule)));
            RegoObject.Builder one = new RegoObject.Builder(3)
                    .put("name", RegoString.of(group.name()))
                    .put("rules", RegoArray.of(rules));
            if (group.value() != null) {
                one.put("value", group.value());
            }
            all.add(one.build());
        }
        RegoObject.Builder out =
                new RegoObject.Builder(3).put("path", RegoString.of(path)).put("groups", RegoArray.of(all));
        switch (decision) {
            case RegoDecision.Defined defined -> out.put("result", defined.value());
            case RegoDecision.Undefined u -> {}
            case RegoDecision.Failed failed ->
                out.put("error", RegoString.of(failed.errors().get(0).toString()));
        }
        return out.build();
    }

    private static RegoObject document(Tried rule) {
        List<Value> statements = new ArrayList<>();
        for (Statement one : rule.statements()) {
            Map<String, Value> values = new LinkedHashMap<>();
            one.values().forEach((name, value) -> {
                if (value != null) {
                    values.put(name, value);
                }
            });
            statements.add(new RegoObject.Builder(6)
                    .put("row", RegoNumber.of(one.place().row()))
                    .put("text", RegoString.of(one.text()))
                    .put("tried", RegoNumber.of(one.tried()))
                    .put("held", RegoNumber.of(one.held()))
                    .put("values", RegoObject.of(values))
                    .build());
        }
        return new RegoObject.Builder(5)
                .put("file", RegoString.of(rule.place().file()))
                .put("row", RegoNumber.of(rule.place().row()))
                .put("head", RegoString.of(rule.head()))
                .put("outcome", RegoString.of(rule.outcome().name().toLowerCase(java.util.Locale.ROOT)))
                .put("statements", RegoArray.of(statements))
                .build();
    }
}
