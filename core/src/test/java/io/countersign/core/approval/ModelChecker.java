package io.countersign.core.approval;

import io.countersign.core.approval.Model.Facts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks every interleaving of a small world, breadth first, with the very {@link Approval#apply} that the server calls, and
 * judges each step by the invariants. The first step that breaks one is told with the shortest way that leads there.
 */
public final class ModelChecker {

    private final Model model;
    private final Set<Invariant> watched;
    private final Map<Node, Arrival> arrivals = new HashMap<>();
    private final Queue<Node> open = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final long started = System.nanoTime();
    private long transitions;

    private ModelChecker(Model model, Set<Invariant> watched) {
        this.model = model;
        this.watched = watched;
    }

    /** How far a walk has come: all of it, unless it reached the limit or found something broken. */
    record Walk(
            String model,
            long states,
            long transitions,
            Duration time,
            boolean complete,
            Set<String> seen,
            @Nullable String broken) {

        String summary() {
            return String.format(
                    "%s: %,d states, %,d transitions in %,d ms%s",
                    model, states, transitions, time.toMillis(), complete ? "" : ", not to the end");
        }
    }

    /** A state of the world: the request, what is so around it, and which grants have been used. */
    private record Node(ApprovalRequest request, Facts facts, int spent) {}

    private record Arrival(@Nullable Node from, String step) {}

    static Walk walk(Model model, long limit) {
        return new ModelChecker(model, EnumSet.allOf(Invariant.class)).walk(limit);
    }

    /** Looks for one broken invariant in all small worlds, first near their beginnings: called by name, across class loaders. */
    public static @Nullable String hunt(String invariant, long limit) {
        Set<Invariant> wanted = EnumSet.of(Invariant.valueOf(invariant));
        for (long near = 100; near < limit * 10; near *= 10) {
            for (Model model : Models.small()) {
                Walk walk = new ModelChecker(model, wanted).walk(Math.min(near, limit));
                if (walk.broken() != null) {
                    return walk.broken();
                }
            }
        }
        return null;
    }

    private Walk walk(long limit) {
        arrive(new Node(model.opened(), new Facts(0, 0, 0, 0), 0), null, "opened");
        while (!open.isEmpty() && arrivals.size() < limit) {
            Node node = open.remove();
            for (Facts moved : model.moves(node.facts())) {
                transitions++;
                arrive(
                        new Node(node.request(), moved, node.spent()),
                        node,
                        "the world moves: " + model.describe(moved));
            }
            for (Command command : model.commands()) {
                transitions++;
                String broken = step(node, command);
                if (broken != null) {
                    return result(broken);
                }
            }
        }
        return result(null);
    }

    private Walk result(@Nullable String broken) {
        Duration time = Duration.ofNanos(System.nanoTime() - started);
        boolean complete = broken == null && open.isEmpty();
        return new Walk(model.name(), arrivals.size(), transitions, time, complete, seen, broken);
    }

    private @Nullable String step(Node node, Command command) {
        Circumstances circumstances = model.circumstances(node.facts());
        Change change = Approval.apply(node.request(), command, circumstances);
        change.events().forEach(event -> seen.add(event.getClass().getSimpleName()));
        if (change.refusal() != null) {
            seen.add(change.refusal().getClass().getSimpleName());
        }
        Step step = new Step(model, node.request(), command, circumstances, change, node.spent());
        for (Invariant invariant : watched) {
            if (!invariant.holds(step)) {
                return invariant + " is broken by " + command + " answered with " + change.events() + " and "
                        + change.refusal() + way(node);
            }
        }
        boolean granted = step.granted() != null;
        if (!change.changed() || (granted && !model.mayGrantMore(node.facts()))) {
            return null;
        }
        Facts facts = node.facts();
        Facts after = granted ? new Facts(facts.switched(), facts.rules(), facts.moment(), facts.granted() + 1) : facts;
        arrive(new Node(change.request(), after, step.spentAfter()), node, command.toString());
        return null;
    }

    private void arrive(Node node, @Nullable Node from, String step) {
        if (arrivals.putIfAbsent(node, new Arrival(from, step)) == null) {
            open.add(node);
        }
    }

    private String way(Node end) {
        List<String> steps = new ArrayList<>();
        Node node = end;
        while (node != null) {
            Arrival arrival = arrivals.get(node);
            if (arrival == null) {
                break;
            }
            steps.addFirst(arrival.step());
            node = arrival.from();
        }
        return "\nafter\n  " + String.join("\n  ", steps);
    }
}
