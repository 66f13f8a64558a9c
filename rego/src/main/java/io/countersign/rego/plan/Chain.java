package io.countersign.rego.plan;

import io.countersign.rego.plan.Terms.Const;
import io.countersign.rego.plan.Terms.Field;
import io.countersign.rego.plan.Terms.Slot;
import io.countersign.rego.plan.Tests.Equal;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Links of a chain while it is being put together. */
final class Chain {

    private final List<Object> links = new ArrayList<>();
    private boolean scans;

    void test(Test test) {
        links.add(test);
    }

    void step(Step step) {
        links.add(step);
        scans |= !(step instanceof Replacing.Begin) && !(step instanceof Replacing.End);
    }

    /** Whether there may be more than one solution. */
    boolean scans() {
        return scans;
    }

    /** The first link of the finished chain. */
    Step close(Step end) {
        Step next = end;
        boolean ordered = end instanceof Steps.AddToArray
                || end instanceof QueryPlan.Collect
                || end instanceof Comprehensions.Keep;
        List<Test> tests = new ArrayList<>();
        for (int i = links.size() - 1; i >= 0; i--) {
            if (links.get(i) instanceof Test test) {
                tests.add(test);
                continue;
            }
            Step step = (Step) links.get(i);
            Collections.reverse(tests);
            if (step instanceof Steps.Scan scan) {
                Steps.Scan found = indexed(scan, tests);
                if (!ordered) {
                    found.inAnyOrder();
                }
                step = found;
            }
            next = filter(tests, next);
            tests.clear();
            step.next = next;
            next = step;
        }
        Collections.reverse(tests);
        return filter(tests, next);
    }

    private static Step filter(List<Test> tests, Step next) {
        if (tests.isEmpty()) {
            return next;
        }
        Step filter = new Steps.Filter(tests);
        filter.next = next;
        return filter;
    }

    /** A scan whose entries must have a known value somewhere looks them up; that test is taken out. */
    private static Steps.Scan indexed(Steps.Scan scan, List<Test> tests) {
        for (int i = 0; i < tests.size(); i++) {
            if (!(tests.get(i) instanceof Equal equal)) {
                if (isQuiet(tests.get(i))) {
                    continue;
                }
                return scan;
            }
            Value[] path = path(equal.left(), scan.valueSlot);
            Node key = equal.right();
            if (path == null) {
                path = path(equal.right(), scan.valueSlot);
                key = equal.left();
            }
            if (path != null
                    && isOuter(key, Math.min(scan.valueSlot, scan.keySlot < 0 ? scan.valueSlot : scan.keySlot))) {
                tests.remove(i);
                return scan.only(path, key);
            }
            if (!isQuiet(equal)) {
                return scan;
            }
        }
        return scan;
    }

    /** Whether a test can neither fail with an error nor be seen from outside, so that another may come before it. */
    private static boolean isQuiet(Test test) {
        return switch (test) {
            case Equal equal -> isQuiet(equal.left()) && isQuiet(equal.right());
            case Tests.Truth truth -> isQuiet(truth.term());
            default -> false;
        };
    }

    private static boolean isQuiet(Node node) {
        return switch (node) {
            case Const c -> true;
            case Slot s -> true;
            case Terms.Input i -> true;
            case Terms.BaseData d -> true;
            case Field f -> isQuiet(f.of);
            case Terms.At a -> isQuiet(a.of) && isQuiet(a.key);
            case Calls.Member m -> isQuiet(m.element) && isQuiet(m.collection);
            case Calls.Comparison c -> isQuiet(c.left) && isQuiet(c.right);
            default -> false;
        };
    }

    /** The constant path from the scanned value to a node, or null. */
    private static Value @Nullable [] path(Node node, int slot) {
        List<Value> path = new ArrayList<>();
        Node at = node;
        while (at instanceof Field field) {
            path.add(field.key);
            at = field.of;
        }
        if (!(at instanceof Slot s) || s.slot != slot || path.isEmpty()) {
            return null;
        }
        Collections.reverse(path);
        return path.toArray(new Value[0]);
    }

    /** Whether a node is known before the scan begins. */
    private static boolean isOuter(Node node, int firstInner) {
        return switch (node) {
            case Const c -> true;
            case Slot s -> s.slot < firstInner;
            case Terms.Input i -> true;
            case Terms.BaseData d -> true;
            case Terms.Defined d -> true;
            case Field f -> isOuter(f.of, firstInner);
            case Terms.At a -> isOuter(a.of, firstInner) && isOuter(a.key, firstInner);
            case Terms.Keyed k -> isOuter(k.key, firstInner);
            default -> false;
        };
    }
}
