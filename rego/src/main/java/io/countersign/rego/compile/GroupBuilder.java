package io.countersign.rego.compile;

import io.countersign.rego.compile.RuleGroup.Entry;
import io.countersign.rego.compile.RuleGroup.Kind;
import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Rule.Head;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Gathers rules by where they stand, and finds those that cannot stand together. */
@SuppressWarnings("ReferenceEquality")
final class GroupBuilder {

    private final List<RegoError> errors;
    private final RuleNode root = new RuleNode();
    private final List<RuleGroup> groups = new ArrayList<>();
    private final Map<List<Value>, List<Entry>> byPath = new LinkedHashMap<>();

    GroupBuilder(List<RegoError> errors) {
        this.errors = errors;
    }

    RuleNode root() {
        return root;
    }

    List<RuleGroup> groups() {
        return groups;
    }

    /** The whole path of a head beneath `data`. */
    static List<Term> full(RegoModule module, Ref ref) {
        List<Term> path = new ArrayList<>();
        for (String part : module.path().subList(1, module.path().size())) {
            path.add(new Scalar(module.loc(), RegoString.of(part)));
        }
        path.add(new Scalar(ref.loc(), RegoString.of(ref.head() instanceof Term.Var v ? v.name() : "")));
        path.addAll(ref.path());
        return path;
    }

    /** The constants a path begins with. */
    static List<Value> constants(List<Term> path) {
        List<Value> constants = new ArrayList<>();
        for (Term part : path) {
            if (!(part instanceof Scalar s)) {
                break;
            }
            constants.add(s.value());
        }
        return constants;
    }

    void build(List<RegoModule> modules) {
        for (RegoModule module : modules) {
            for (Rule rule : module.rules()) {
                List<Term> path = full(module, rule.head().ref());
                List<Value> ground = constants(path);
                byPath.computeIfAbsent(ground, p -> new ArrayList<>())
                        .add(new Entry(module, rule, path.subList(ground.size(), path.size())));
            }
        }
        List<List<Value>> places = new ArrayList<>(byPath.keySet());
        places.sort((a, b) -> Integer.compare(a.size(), b.size()));
        for (List<Value> place : places) {
            List<Entry> entries = byPath.getOrDefault(place, List.of());
            RuleGroup above = groupAbove(place);
            if (above != null) {
                fold(above, place, entries);
                continue;
            }
            RuleGroup group = new RuleGroup(groups.size(), place);
            groups.add(group);
            node(place).group(group);
            entries.forEach(entry -> add(group, entry));
            settle(group);
        }
        packages(modules);
        for (RegoModule module : modules) {
            RuleNode node = root;
            for (String part : module.path().subList(1, module.path().size())) {
                node = node.group() == null ? node.child(RegoString.of(part)) : node;
            }
        }
    }

    private RuleNode node(List<Value> path) {
        RuleNode node = root;
        for (Value key : path) {
            node = node.child(key);
        }
        return node;
    }

    private @org.jspecify.annotations.Nullable RuleGroup groupAbove(List<Value> path) {
        RuleNode node = root;
        for (Value key : path) {
            RuleGroup group = node.group();
            if (group != null) {
                return group;
            }
            node = node.children().get(key);
            if (node == null) {
                return null;
            }
        }
        return node.group();
    }

    private void add(RuleGroup group, Entry entry) {
        if (entry.rule().isDefault()) {
            if (group.defaultEntry() != null) {
                errors.add(error("multiple default rules " + group.name() + " found", entry));
            }
            group.defaultEntry(entry);
        } else {
            group.entries().add(entry);
        }
    }

    private static RegoError error(String message, Entry entry) {
        return new RegoError(Codes.TYPE, message, entry.rule().loc());
    }

    private static Kind kind(Entry entry) {
        Head head = entry.rule().head();
        if (head.isFunction() && !List.of().equals(head.args())) {
            return Kind.FUNCTION;
        }
        return entry.rest().isEmpty() ? (head.isSet() ? Kind.SET : Kind.COMPLETE) : Kind.OBJECT;
    }

    private void settle(RuleGroup group) {
        List<Entry> all = new ArrayList<>(group.entries());
        Entry byDefault = group.defaultEntry();
        if (byDefault != null) {
            all.add(byDefault);
        }
        Kind kind = kind(all.get(0));
        group.kind(kind);
        for (Entry entry : all) {
            List<Term> args = entry.rule().head().args();
            if (kind(entry) != kind || (args != null && args.size() != group.arity())) {
                List<String> places = new ArrayList<>();
                all.forEach(e -> places.add(e.rule().loc().toString()));
                errors.add(error("conflicting rules " + group.name() + " found", all.get(0)));
                return;
            }
        }
    }

    /** Rules further down become entries of the object that is made above them. */
    private void fold(RuleGroup above, List<Value> place, List<Entry> entries) {
        for (Entry entry : entries) {
            if (above.kind() != Kind.OBJECT
                    || kind(entry) == Kind.FUNCTION
                    || entry.rule().isDefault()) {
                TreeSet<String> names = new TreeSet<>(List.of(RuleNode.text(place)));
                errors.add(error(
                        "rule " + above.name() + " conflicts with " + names,
                        above.entries().isEmpty() ? entry : above.entries().get(0)));
                continue;
            }
            List<Term> rest = new ArrayList<>();
            for (Value key : place.subList(above.path().size(), place.size())) {
                rest.add(new Scalar(entry.rule().loc(), key));
            }
            rest.addAll(entry.rest());
            above.entries().add(new Entry(entry.module(), entry.rule(), rest));
        }
    }

    private void packages(List<RegoModule> modules) {
        for (RegoModule module : modules) {
            List<Value> path = new ArrayList<>();
            for (String part : module.path().subList(1, module.path().size())) {
                path.add(RegoString.of(part));
                RuleNode node = root.find(path);
                RuleGroup group = node == null ? null : node.group();
                if (group != null && !group.entries().isEmpty() && isOther(module, group)) {
                    errors.add(error(
                            "package " + RuleNode.text(path) + " conflicts with rule " + group.name() + " defined at "
                                    + group.entries().get(0).rule().loc(),
                            new Entry(module, group.entries().get(0).rule(), List.of())));
                }
            }
        }
    }

    private static boolean isOther(RegoModule module, RuleGroup group) {
        return group.entries().stream().noneMatch(entry -> entry.module() == module);
    }
}
