package io.countersign.rego.plan;

import io.countersign.rego.compile.RuleGroup;
import io.countersign.rego.compile.RuleGroup.Kind;
import io.countersign.rego.compile.RuleNode;
import io.countersign.rego.compile.Walk;
import io.countersign.rego.syntax.Expr.With;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans refs: what is known beforehand is followed now, what is bound is looked up, everything else is scanned. */
final class RefPlanner {

    private final BodyPlanner bodies;
    private final Planner planner;

    RefPlanner(BodyPlanner bodies, Planner planner) {
        this.bodies = bodies;
        this.planner = planner;
    }

    /** Whether the value that a ref walks through is known, when these variables are. */
    static boolean headIsKnown(Ref ref, Set<String> known) {
        return ref.head() instanceof Var v
                ? Walk.isRoot(v.name()) || known.contains(v.name())
                : known.containsAll(Walk.vars(ref.head()));
    }

    Node node(Ref ref, Chain chain) {
        if (ref.head() instanceof Var v && v.name().equals("data")) {
            return data(ref.path(), chain);
        }
        Node head = ref.head() instanceof Var v && v.name().equals("input")
                ? new Terms.Input()
                : bodies.term(ref.head(), chain);
        return beneath(head, ref.path(), chain);
    }

    private Node beneath(Node head, List<Term> path, Chain chain) {
        Node node = head;
        for (Term part : path) {
            if (part instanceof Scalar s) {
                node = s.value() instanceof RegoString key
                        ? new Terms.Field(node, key)
                        : new Terms.At(node, new Terms.Const(s.value()));
            } else if (bodies.isBound(part)) {
                node = new Terms.At(node, bodies.term(part, chain));
            } else {
                node = scan(node, part, chain);
            }
        }
        return node;
    }

    private Node scan(Node collection, Term part, Chain chain) {
        if (part instanceof Ref || part instanceof Term.Call) {
            return new Terms.At(collection, bodies.term(part, chain));
        }
        boolean wildcard = part instanceof Var v && v.name().startsWith("$");
        int keySlot = wildcard ? -1 : bodies.newSlot();
        int valueSlot = bodies.newSlot();
        chain.step(new Steps.Scan(collection, keySlot, valueSlot));
        key(part, keySlot, chain);
        return new Terms.Slot(valueSlot);
    }

    private void key(Term part, int keySlot, Chain chain) {
        if (part instanceof Var v) {
            bodies.bind(v.name(), keySlot);
        } else {
            bodies.match(part, new Terms.Slot(keySlot), chain);
        }
    }

    private Node data(List<Term> path, Chain chain) {
        RuleNode node = planner.program.root();
        List<Value> fixed = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            RuleGroup group = node.group();
            if (group != null) {
                boolean keyed = planner.group(group).isKeyed() && bodies.isBound(path.get(i));
                return keyed
                        ? beneath(keyed(group, path.get(i), chain), path.subList(i + 1, path.size()), chain)
                        : beneath(defined(group), path.subList(i, path.size()), chain);
            }
            if (!(path.get(i) instanceof Scalar s)) {
                return dynamic(
                        new Documents.Fixed(node, fixed.toArray(new Value[0])), path.subList(i, path.size()), chain);
            }
            RuleNode child = node.children().get(s.value());
            if (child == null) {
                return base(fixed, path.subList(i, path.size()), chain);
            }
            fixed.add(s.value());
            node = child;
        }
        RuleGroup group = node.group();
        return group != null
                ? defined(group)
                : new Documents.Whole(new Documents.Fixed(node, fixed.toArray(new Value[0])), planner);
    }

    private Node keyed(RuleGroup group, Term key, Chain chain) {
        return new Terms.Keyed(planner.group(group), bodies.term(key, chain));
    }

    private Node defined(RuleGroup group) {
        return new Terms.Defined(planner.group(group));
    }

    private Node base(List<Value> fixed, List<Term> path, Chain chain) {
        List<Value> constants = new ArrayList<>(fixed);
        int i = 0;
        while (i < path.size() && path.get(i) instanceof Scalar s) {
            constants.add(s.value());
            i++;
        }
        return beneath(new Terms.BaseData(constants.toArray(new Value[0])), path.subList(i, path.size()), chain);
    }

    private Node dynamic(Documents.Cursor start, List<Term> path, Chain chain) {
        Documents.Cursor cursor = start;
        for (Term part : path) {
            if (bodies.isBound(part) || part instanceof Ref || part instanceof Term.Call) {
                cursor = new Documents.Beneath(cursor, bodies.term(part, chain), planner);
                continue;
            }
            boolean wildcard = part instanceof Var v && v.name().startsWith("$");
            int keySlot = wildcard ? -1 : bodies.newSlot();
            int slot = bodies.newSlot();
            chain.step(new Documents.ScanPlace(cursor, keySlot, slot, planner));
            key(part, keySlot, chain);
            cursor = new Documents.InSlot(slot);
        }
        return new Documents.Whole(cursor, planner);
    }

    // --- with ---

    Replacing.Target target(With with, Chain chain) {
        Term target = with.target();
        Object mock = mock(with.value());
        String root = target instanceof Ref ref && ref.head() instanceof Var v ? v.name() : "";
        if (root.equals("input")) {
            return document('i', (Ref) target, with, chain);
        }
        if (root.equals("data")) {
            Ref ref = (Ref) target;
            RuleGroup function = bodies.function(ref);
            return function == null
                    ? document('d', ref, with, chain)
                    : replacement(planner.group(function), mock, with, chain);
        }
        String name = target instanceof Ref ref ? ref.text() : target instanceof Var v ? v.name() : "";
        return replacement(name, mock, with, chain);
    }

    private Replacing.Target replacement(Object function, @Nullable Object mock, With with, Chain chain) {
        Node value = mock == null ? bodies.term(with.value(), chain) : null;
        return new Replacing.Target('f', new Value[0], new int[0], function, value, mock, with.loc());
    }

    private Replacing.Target document(char kind, Ref ref, With with, Chain chain) {
        Value[] path = new Value[ref.path().size()];
        RuleNode node = kind == 'd' ? planner.program.root() : null;
        for (int i = 0; i < path.length; i++) {
            path[i] = ((Scalar) ref.path().get(i)).value();
            node = node == null ? null : node.children().get(path[i]);
        }
        List<Integer> hidden = new ArrayList<>();
        if (node != null) {
            node.eachGroup(group -> hidden.add(group.id()));
        }
        int[] groups = hidden.stream().mapToInt(Integer::intValue).toArray();
        return new Replacing.Target(kind, path, groups, null, bodies.term(with.value(), chain), null, with.loc());
    }

    /** The function a replacement names, or null if it is a value. */
    private @Nullable Object mock(Term value) {
        if (!(value instanceof Ref ref)) {
            return null;
        }
        if (ref.head() instanceof Scalar
                && ref.path().size() == 1
                && ref.path().get(0) instanceof Scalar s
                && s.value() instanceof RegoString name) {
            return io.countersign.rego.builtin.Builtins.find(name.value());
        }
        if (ref.head() instanceof Var v && v.name().equals("data")) {
            RuleGroup group = bodies.function(ref);
            return group != null && group.kind() == Kind.FUNCTION ? planner.group(group) : null;
        }
        return null;
    }
}
