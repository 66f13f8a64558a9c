package io.countersign.rego.plan;

import io.countersign.rego.compile.RuleGroup;
import io.countersign.rego.syntax.Location;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an evaluation went through: which rules it tried, how far each came, and with which values. For one thread. */
public final class Trace {

    private static final int MOST_EVENTS = 20_000;
    private static final int LONGEST_VALUE = 200;

    private final Map<RuleGroup, GroupTrace> groups = new LinkedHashMap<>();
    private final List<RuleTrace> rules = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private int depth;

    /** What can happen. */
    public enum Kind {
        /** A group of rules is asked. */
        ENTER,
        /** A statement is tried. */
        EVAL,
        /** A rule gave what it gives. */
        EXIT,
        /** A group of rules is done. */
        DONE
    }

    /** One thing that happened. */
    public record Event(Kind kind, int depth, Location place, String text) {}

    /** A group of rules that was asked. */
    public static final class GroupTrace {
        private final String name;
        private final List<RuleTrace> rules = new ArrayList<>();
        private @Nullable Value value;

        GroupTrace(RuleGroup group) {
            this.name = group.name();
        }

        /** The full name. */
        public String name() {
            return name;
        }

        /** Its rules in order. */
        public List<RuleTrace> rules() {
            return rules;
        }

        /** What it was last worth; null for undefined. */
        public @Nullable Value value() {
            return value;
        }
    }

    /** A rule, and how far it came. */
    public static final class RuleTrace {
        private final Location place;
        private final String head;
        private final List<StatementTrace> statements = new ArrayList<>();
        private long held;
        private long tried;
        private @Nullable StatementTrace running;

        RuleTrace(Location place, String head) {
            this.place = place;
            this.head = head;
        }

        /** Where it stands. */
        public Location place() {
            return place;
        }

        /** What it defines, as text. */
        public String head() {
            return head;
        }

        /** The statements of its body, in the order they were tried. */
        public List<StatementTrace> statements() {
            return statements;
        }

        /** How often its body was tried. */
        public long tried() {
            return tried;
        }

        /** How often all of its body held. */
        public long held() {
            return held;
        }
    }

    /** A statement, and how often it held. */
    public static final class StatementTrace {
        private final Location place;
        private final String text;
        private final List<RuleGroup> needs;
        private final String[] names;
        private long tried;
        private long held;
        private @Nullable Value[] last = new Value[0];
        private @Nullable Value[] failing = new Value[0];

        StatementTrace(Location place, String text, List<RuleGroup> needs, String[] names) {
            this.place = place;
            this.text = text;
            this.needs = needs;
            this.names = names;
        }

        /** Where it stands. */
        public Location place() {
            return place;
        }

        /** The statement as text. */
        public String text() {
            return text;
        }

        /** How often it was tried. */
        public long tried() {
            return tried;
        }

        /** How many solutions it had. */
        public long held() {
            return held;
        }

        /** What its terms were when it was last tried: text to value, null for undefined. */
        public Map<String, @Nullable Value> values() {
            Map<String, @Nullable Value> values = new LinkedHashMap<>();
            @Nullable Value[] shown = failing.length > 0 ? failing : last;
            for (int i = 0; i < shown.length; i++) {
                values.put(names[i], shown[i]);
            }
            return values;
        }
    }

    /** The group of that name, if it was asked. */
    public @Nullable GroupTrace group(String name) {
        for (GroupTrace group : groups.values()) {
            if (group.name().equals(name)) {
                return group;
            }
        }
        return null;
    }

    /** The groups that a statement looks at, of those that were asked. */
    public Set<GroupTrace> needs(StatementTrace statement) {
        Set<GroupTrace> found = new LinkedHashSet<>();
        for (RuleGroup need : statement.needs) {
            GroupTrace group = groups.get(need);
            if (group != null) {
                found.add(group);
            }
        }
        return found;
    }

    /** All groups that were asked, in the order they were. */
    public List<GroupTrace> all() {
        return List.copyOf(groups.values());
    }

    /** What happened, in order; the first twenty thousand things. */
    public List<Event> events() {
        return events;
    }

    // --- What the plan tells ---

    private void event(Kind kind, Location place, String text) {
        if (events.size() < MOST_EVENTS) {
            events.add(new Event(kind, depth, place, text));
        }
    }

    int rule(RuleGroup group, Location place, String head) {
        RuleTrace rule = new RuleTrace(place, head);
        groups.computeIfAbsent(group, GroupTrace::new).rules.add(rule);
        rules.add(rule);
        return rules.size() - 1;
    }

    StatementTrace statement(int rule, Location place, String text, List<RuleGroup> needs, String[] names) {
        StatementTrace statement = new StatementTrace(place, text, needs, names);
        rules.get(rule).statements.add(statement);
        return statement;
    }

    void began(int rule) {
        rules.get(rule).tried++;
    }

    void tries(int rule, StatementTrace statement, @Nullable Value[] values) {
        RuleTrace own = rules.get(rule);
        StatementTrace before = own.running;
        if (before != null) {
            before.failing = before.last;
        }
        own.running = statement;
        statement.tried++;
        statement.last = values;
        event(Kind.EVAL, statement.place, statement.text + shown(statement));
    }

    void holds(int rule, StatementTrace statement) {
        statement.held++;
        rules.get(rule).running = null;
    }

    void fired(int rule) {
        RuleTrace own = rules.get(rule);
        own.held++;
        event(Kind.EXIT, own.place, own.head);
    }

    void enter(RuleGroup group) {
        GroupTrace trace = groups.computeIfAbsent(group, GroupTrace::new);
        event(Kind.ENTER, Location.NONE, trace.name);
        depth++;
    }

    void leave(RuleGroup group, @Nullable Value value) {
        depth--;
        GroupTrace trace = groups.computeIfAbsent(group, GroupTrace::new);
        trace.value = value;
        event(Kind.DONE, Location.NONE, trace.name + (value == null ? " is undefined" : " is " + brief(value)));
    }

    private static String shown(StatementTrace statement) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < statement.last.length; i++) {
            Value value = statement.last[i];
            out.append(out.isEmpty() ? "    " : ", ").append(statement.names[i]).append(" is ");
            out.append(value == null ? "undefined" : brief(value));
        }
        return out.toString();
    }

    /** A value as text that is not too long to read. */
    public static String brief(Value value) {
        String text = value.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
