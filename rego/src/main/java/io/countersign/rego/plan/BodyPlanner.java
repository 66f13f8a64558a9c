package io.countersign.rego.plan;

import io.countersign.rego.builtin.Builtin;
import io.countersign.rego.builtin.Builtins;
import io.countersign.rego.compile.RuleGroup;
import io.countersign.rego.compile.RuleGroup.Kind;
import io.countersign.rego.compile.RuleNode;
import io.countersign.rego.compile.Walk;
import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.Expr;
import io.countersign.rego.syntax.Expr.Every;
import io.countersign.rego.syntax.Expr.Logic;
import io.countersign.rego.syntax.Expr.Plain;
import io.countersign.rego.syntax.Expr.With;
import io.countersign.rego.syntax.Location;
import io.countersign.rego.syntax.Term;
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
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans one rule or query: gives variables slots, terms nodes, and statements links. */
final class BodyPlanner {

    private static final Set<String> COMPARISONS = Set.of("equal", "neq", "lt", "lte", "gt", "gte");

    private final Planner planner;
    private final RefPlanner refs;

    /** Where bound variables are; a body within has its own copy. */
    private Map<String, Integer> bound = new HashMap<>();

    private int slots;

    BodyPlanner(Planner planner) {
        this.planner = planner;
        this.refs = new RefPlanner(this, planner);
    }

    int slots() {
        return slots;
    }

    int newSlot() {
        return slots++;
    }

    int slotOf(String name) {
        return bound.getOrDefault(name, -1);
    }

    void bind(String name, int slot) {
        bound.put(name, slot);
    }

    boolean isBound(Term term) {
        for (String name : Walk.vars(term)) {
            if (!bound.containsKey(name)) {
                return false;
            }
        }
        return true;
    }

    void arguments(List<Term> args, Chain chain) {
        slots = args.size();
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i) instanceof Var v && !bound.containsKey(v.name())) {
                bind(v.name(), i);
            }
        }
        for (int i = 0; i < args.size(); i++) {
            if (!(args.get(i) instanceof Var v && slotOf(v.name()) == i)) {
                match(args.get(i), new Terms.Slot(i), chain);
            }
        }
    }

    void reach(Location place, Chain chain) {
        Coverage coverage = planner.coverage;
        if (coverage != null) {
            chain.test(new Tests.Reached(coverage, coverage.point(place)));
        }
    }

    void body(Body body, Chain chain) {
        for (Expr expr : body.exprs()) {
            reach(expr.loc(), chain);
            statement(expr, chain);
        }
    }

    /** A body that is only asked whether it has a solution. */
    private Step closed(Body body) {
        return inside(() -> {
            Chain chain = new Chain();
            body(body, chain);
            return chain.close(new Steps.Found());
        });
    }

    private <T> T inside(java.util.function.Supplier<T> plan) {
        Map<String, Integer> outer = bound;
        bound = new HashMap<>(outer);
        T planned = plan.get();
        bound = outer;
        return planned;
    }

    // --- Statements ---

    void statement(Expr expr, Chain chain) {
        if (expr.negated()) {
            Expr inner = new Expr(expr.loc(), expr.form(), false, expr.withs());
            Step step = inside(() -> {
                Chain negated = new Chain();
                statement(inner, negated);
                return negated.close(new Steps.Found());
            });
            chain.test(new Tests.Exists(step, false));
            return;
        }
        if (expr.withs().isEmpty()) {
            form(expr, chain);
            return;
        }
        List<Replacing.Target> targets = new ArrayList<>();
        for (With with : expr.withs()) {
            targets.add(refs.target(with, chain));
        }
        int slot = newSlot();
        chain.step(new Replacing.Begin(targets, slot));
        form(expr, chain);
        chain.step(new Replacing.End(slot));
    }

    private void form(Expr expr, Chain chain) {
        switch (expr.form()) {
            case Plain p -> plain(p.term(), chain);
            case Every e -> every(e, chain);
            case Expr.Block b -> chain.test(new Tests.Exists(closed(b.body()), true));
            case Logic l -> {
                Step left = closed(l.left());
                Step right = closed(l.right());
                if (l.and()) {
                    chain.test(new Tests.Exists(left, true));
                    chain.test(new Tests.Exists(right, true));
                } else {
                    chain.test(new Tests.Either(left, right));
                }
            }
            case Expr.SomeVars s -> {}
            case Expr.SomeIn s -> throw new IllegalStateException("some in remains");
        }
    }

    private void every(Every every, Chain chain) {
        Node domain = term(every.domain(), chain);
        int keySlot = every.key() == null ? -1 : newSlot();
        int valueSlot = newSlot();
        Step body = inside(() -> {
            if (every.key() instanceof Var v) {
                bind(v.name(), keySlot);
            }
            if (every.value() instanceof Var v) {
                bind(v.name(), valueSlot);
            }
            return closed(every.body());
        });
        chain.test(new Tests.EveryOf(domain, keySlot, valueSlot, body));
    }

    private void plain(Term term, Chain chain) {
        if (term instanceof Call call && call.name().equals("print")) {
            print(call, chain);
            return;
        }
        if (term instanceof Call call && call.args().size() == 2) {
            String name = call.name();
            if (name.equals("eq") || name.equals("assign")) {
                unify(call.args().get(0), call.args().get(1), chain);
                return;
            }
            if (name.equals("equal")) {
                Node[] sides = terms(call.args(), chain);
                chain.test(new Tests.Equal(sides[0], sides[1]));
                return;
            }
        }
        chain.test(new Tests.Truth(term(term, chain)));
    }

    private void print(Call call, Chain chain) {
        int slot = newSlot();
        List<Step> parts = new ArrayList<>();
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < call.args().size(); i++) {
            Term arg = call.args().get(i);
            texts.add(i < call.args().size() - 1 ? " " : "");
            parts.add(inside(() -> {
                Chain inner = new Chain();
                Node value = term(arg, inner);
                return inner.close(new Comprehensions.Keep(slot, value));
            }));
        }
        Node line = new Comprehensions.OfTemplate(texts, parts, slot);
        chain.test(frame -> {
            if (line.eval(frame) instanceof RegoString text) {
                frame.eval.run.print(text.value());
            }
            return true;
        });
    }

    // --- Unification ---

    private record Pair(Term left, Term right) {}

    /** Makes two terms equal; what cannot be decided yet waits for what the rest binds. */
    private void unify(Term left, Term right, Chain chain) {
        if (!settled(left, right, chain)) {
            throw new IllegalStateException("an unsafe unification remains");
        }
    }

    /** The same as far as it goes; answers whether all of it was decided. */
    private boolean settled(Term left, Term right, Chain chain) {
        List<Pair> waiting = new ArrayList<>();
        waiting.add(new Pair(left, right));
        boolean progress = true;
        while (progress && !waiting.isEmpty()) {
            progress = false;
            List<Pair> now = waiting;
            waiting = new ArrayList<>();
            for (Pair pair : now) {
                progress |= unify(pair, waiting, chain);
            }
        }
        return waiting.isEmpty();
    }

    private boolean unify(Pair pair, List<Pair> waiting, Chain chain) {
        Term left = pair.left();
        Term right = pair.right();
        if (left instanceof ArrayTerm a && right instanceof ArrayTerm b) {
            if (a.items().size() != b.items().size()) {
                chain.test(frame -> false);
                bindAll(left);
                bindAll(right);
                return true;
            }
            for (int i = 0; i < a.items().size(); i++) {
                waiting.add(new Pair(a.items().get(i), b.items().get(i)));
            }
            return true;
        }
        if (left instanceof ObjectTerm a && right instanceof ObjectTerm b && constantKeys(a) && constantKeys(b)) {
            return objects(a, b, waiting, chain);
        }
        if (WalkStep.fits(left, right) && evaluable(right)) {
            WalkStep.plan((ArrayTerm) left, (Call) right, this, chain);
            return true;
        }
        if (evaluable(right)) {
            match(left, term(right, chain), chain);
            return true;
        }
        if (evaluable(left)) {
            match(right, term(left, chain), chain);
            return true;
        }
        waiting.add(pair);
        return left instanceof ObjectTerm a && right instanceof ObjectTerm b && learnt(a, b, chain);
    }

    /** Binds what two objects tell of each other beneath their common keys; answers whether anything was bound. */
    private boolean learnt(ObjectTerm a, ObjectTerm b, Chain chain) {
        int before = bound.size();
        for (int i = 0; i < a.keys().size(); i++) {
            for (int j = 0; j < b.keys().size(); j++) {
                Term mine = a.values().get(i);
                Term theirs = b.values().get(j);
                if (Walk.sameKey(a.keys().get(i), b.keys().get(j), bound.keySet())
                        && !(isBound(mine) && isBound(theirs))) {
                    settled(mine, theirs, chain);
                }
            }
        }
        return bound.size() > before;
    }

    private static boolean constantKeys(ObjectTerm object) {
        return object.keys().stream().allMatch(key -> key instanceof Scalar);
    }

    private boolean objects(ObjectTerm a, ObjectTerm b, List<Pair> waiting, Chain chain) {
        Map<Value, Term> theirs = new HashMap<>();
        for (int i = 0; i < b.keys().size(); i++) {
            theirs.put(((Scalar) b.keys().get(i)).value(), b.values().get(i));
        }
        Map<Value, Term> mine = new HashMap<>();
        for (int i = 0; i < a.keys().size(); i++) {
            mine.put(((Scalar) a.keys().get(i)).value(), a.values().get(i));
        }
        if (!mine.keySet().equals(theirs.keySet())) {
            chain.test(frame -> false);
            bindAll(a);
            bindAll(b);
            return true;
        }
        mine.forEach((key, term) -> waiting.add(new Pair(term, theirs.getOrDefault(key, term))));
        return true;
    }

    /** Binds what would have been bound, after a test that never holds. */
    private void bindAll(Term term) {
        Walk.vars(term).forEach(name -> bound.putIfAbsent(name, newSlot()));
    }

    /** Whether a term can be evaluated, if need be by walking through refs. */
    private boolean evaluable(Term term) {
        return evaluable(term, bound.keySet());
    }

    private boolean evaluable(Term term, Set<String> known) {
        return switch (term) {
            case Scalar s -> true;
            case Var v -> known.contains(v.name());
            case Ref r -> RefPlanner.headIsKnown(r, known) && r.path().stream().allMatch(part -> pathPart(part, known));
            case Call c -> evaluable(c.args(), known);
            case ArrayTerm a -> evaluable(a.items(), known);
            case SetTerm s -> evaluable(s.items(), known);
            case ObjectTerm o -> evaluable(parts(o), known);
            case ArrayComprehension c -> true;
            case SetComprehension c -> true;
            case ObjectComprehension c -> true;
            case Template t -> true;
        };
    }

    /** Whether all of them can; one may need a variable that a ref in another binds, as in {@link #terms}. */
    private boolean evaluable(List<Term> terms, Set<String> known) {
        List<Term> waiting = new ArrayList<>();
        Set<String> more = new HashSet<>(known);
        for (Term term : terms) {
            if (evaluable(term, known)) {
                more.addAll(Walk.vars(term));
            } else {
                waiting.add(term);
            }
        }
        return waiting.isEmpty() || (waiting.size() < terms.size() && evaluable(waiting, more));
    }

    private static List<Term> parts(ObjectTerm object) {
        return Stream.concat(object.keys().stream(), object.values().stream()).toList();
    }

    private boolean pathPart(Term part, Set<String> known) {
        return switch (part) {
            case Var v -> true;
            case ArrayTerm a -> a.items().stream().allMatch(item -> pathPart(item, known));
            case ObjectTerm o ->
                o.keys().stream().allMatch(key -> evaluable(key, known))
                        && o.values().stream().allMatch(value -> pathPart(value, known));
            default -> evaluable(part, known);
        };
    }

    /** Makes a pattern equal to a value that is known. */
    void match(Term pattern, Node value, Chain chain) {
        switch (pattern) {
            case Var v
            when !bound.containsKey(v.name()) -> {
                if (value instanceof Terms.Slot s) {
                    bind(v.name(), s.slot);
                } else {
                    int slot = newSlot();
                    chain.test(new Tests.Assign(slot, value));
                    bind(v.name(), slot);
                }
            }
            case ArrayTerm a
            when !isBound(a) -> {
                int first = slots;
                slots += a.items().size();
                chain.test(new Tests.OpenArray(value, a.items().size(), first));
                for (int i = 0; i < a.items().size(); i++) {
                    match(a.items().get(i), new Terms.Slot(first + i), chain);
                }
            }
            case ObjectTerm o
            when !isBound(o) -> {
                Node[] keys = new Node[o.keys().size()];
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = term(o.keys().get(i), chain);
                }
                int first = slots;
                slots += keys.length;
                chain.test(new Tests.OpenObject(value, keys, first));
                for (int i = 0; i < keys.length; i++) {
                    match(o.values().get(i), new Terms.Slot(first + i), chain);
                }
            }
            default -> chain.test(new Tests.Equal(term(pattern, chain), value));
        }
    }

    // --- Terms ---

    Node term(Term term, Chain chain) {
        return switch (term) {
            case Scalar s -> new Terms.Const(s.value());
            case Var v -> {
                Integer slot = bound.get(v.name());
                if (slot == null) {
                    throw new IllegalStateException("unsafe variable " + v.name());
                }
                yield new Terms.Slot(slot);
            }
            case Ref r -> refs.node(r, chain);
            case Call c -> call(c, chain);
            case ArrayTerm a -> constantOr(new Terms.ArrayNode(terms(a.items(), chain)), a);
            case SetTerm s -> constantOr(new Terms.SetNode(terms(s.items(), chain)), s);
            case ObjectTerm o -> {
                Node[] parts = terms(parts(o), chain);
                int keys = o.keys().size();
                yield constantOr(
                        new Terms.ObjectNode(Arrays.copyOf(parts, keys), Arrays.copyOfRange(parts, keys, parts.length)),
                        o);
            }
            case ArrayComprehension c -> {
                int slot = newSlot();
                yield new Comprehensions.OfArray(slot, inside(() -> {
                    Chain inner = new Chain();
                    body(c.body(), inner);
                    Node head = term(c.head(), inner);
                    return inner.close(new Steps.AddToArray(slot, head));
                }));
            }
            case SetComprehension c -> {
                int slot = newSlot();
                yield new Comprehensions.OfSet(slot, inside(() -> {
                    Chain inner = new Chain();
                    body(c.body(), inner);
                    Node head = term(c.head(), inner);
                    return inner.close(new Steps.AddToSet(slot, head));
                }));
            }
            case ObjectComprehension c -> {
                int slot = newSlot();
                yield new Comprehensions.OfObject(slot, inside(() -> {
                    Chain inner = new Chain();
                    body(c.body(), inner);
                    Node[] entry = terms(List.of(c.key(), c.value()), inner);
                    return inner.close(new Steps.AddToObject(slot, entry[0], entry[1], c.loc()));
                }));
            }
            case Template t -> template(t);
        };
    }

    private static Node constantOr(Node node, Term term) {
        boolean[] constant = {true};
        Walk.each(
                term,
                t -> constant[0] &= t instanceof Scalar
                        || t instanceof ArrayTerm
                        || t instanceof SetTerm
                        || t instanceof ObjectTerm);
        if (!constant[0]) {
            return node;
        }
        Value value = node.eval(NO_FRAME);
        return value == null ? node : new Terms.Const(value);
    }

    @SuppressWarnings("NullAway")
    private static final Frame NO_FRAME = new Frame(0, null);

    Node[] terms(List<Term> terms, Chain chain) {
        Node[] nodes = new Node[terms.size()];
        boolean[] done = new boolean[nodes.length];
        boolean progress = true;
        // A term may need a variable that a ref beside it binds.
        while (progress) {
            progress = false;
            for (int i = 0; i < nodes.length; i++) {
                if (!done[i] && evaluable(terms.get(i))) {
                    nodes[i] = term(terms.get(i), chain);
                    done[i] = true;
                    progress = true;
                }
            }
        }
        for (int i = 0; i < nodes.length; i++) {
            if (!done[i]) {
                nodes[i] = term(terms.get(i), chain);
            }
        }
        return nodes;
    }

    private Node template(Template template) {
        int slot = newSlot();
        List<Step> parts = new ArrayList<>();
        for (Expr part : template.parts()) {
            parts.add(inside(() -> {
                Chain chain = new Chain();
                List<Replacing.Target> targets = new ArrayList<>();
                for (With with : part.withs()) {
                    targets.add(refs.target(with, chain));
                }
                if (!targets.isEmpty()) {
                    chain.step(new Replacing.Begin(targets, newSlot()));
                }
                Node value = term(((Plain) part.form()).term(), chain);
                return chain.close(new Comprehensions.Keep(slot, value));
            }));
        }
        return new Comprehensions.OfTemplate(template.texts(), parts, slot);
    }

    private Node call(Call call, Chain chain) {
        String name = call.name();
        if (call.operator().head() instanceof Var v && v.name().equals("data")) {
            RuleGroup group = rules(call.operator());
            if (group != null && call.args().isEmpty()) {
                return new Terms.Defined(planner.group(group));
            }
            if (group != null) {
                return new Calls.OfRules(planner.group(group), terms(call.args(), chain), call.loc());
            }
        }
        Builtin builtin = Builtins.find(name);
        if (builtin == null) {
            throw new IllegalStateException("unknown function " + name);
        }
        Node[] args = terms(call.args(), chain);
        if (name.equals("eq")) {
            return new Calls.Comparison("equal", args[0], args[1]);
        }
        if (COMPARISONS.contains(name) && args.length == 2) {
            return new Calls.Comparison(name, args[0], args[1]);
        }
        return switch (name) {
            case "plus", "minus", "mul" -> new Calls.Arithmetic(builtin, args[0], args[1], call.loc());
            case "internal.member_2" -> new Calls.Member(args[0], args[1]);
            case "startswith", "endswith" -> new Calls.Affix(builtin, args[0], args[1], call.loc());
            default -> {
                Node node = new Calls.OfBuiltin(builtin, args, call.loc());
                if (!builtin.isRelation()) {
                    yield node;
                }
                int slot = newSlot();
                chain.step(new Steps.Relation(node, slot));
                yield new Terms.Slot(slot);
            }
        };
    }

    @Nullable
    RuleGroup function(Ref operator) {
        RuleGroup group = rules(operator);
        return group != null && group.kind() == Kind.FUNCTION ? group : null;
    }

    private @Nullable RuleGroup rules(Ref operator) {
        RuleNode node = planner.program.root();
        for (Term part : operator.path()) {
            node = part instanceof Scalar(Location l, RegoString s)
                    ? node.children().get(s)
                    : null;
            if (node == null) {
                return null;
            }
        }
        return node.group();
    }
}
