package io.countersign.rego.compile;

import io.countersign.rego.builtin.Builtins;
import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.RegoModule.Import;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Rule.Head;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles modules in OPA's order of stages; a stage with errors is the last one. */
public final class ModuleCompiler {

    private static final int MOST_ERRORS = 10;

    private final CompileOptions options;
    private final List<RegoError> errors = new ArrayList<>();
    private final Map<String, Integer> arities = new HashMap<>();
    private final int[] counter = new int[1];
    private RuleNode root = new RuleNode();
    private List<RuleGroup> groups = new ArrayList<>();

    /** A compiler for one set of modules. */
    public ModuleCompiler(CompileOptions options) {
        this.options = options;
    }

    ModuleCompiler(CompileOptions options, RegoProgram program) {
        this(options);
        root = program.root();
        groups = program.groups();
        for (RuleGroup group : groups) {
            if (group.kind() == RuleGroup.Kind.FUNCTION) {
                arities.put(group.name(), group.arity());
            }
        }
        counter[0] = 1_000_000;
    }

    /** The program of these modules. Fails with {@link RegoFailure} and up to ten errors. */
    public RegoProgram compile(List<RegoModule> modules) {
        try {
            return stages(modules);
        } catch (StackOverflowError deep) {
            throw tooDeep();
        }
    }

    private static RegoFailure tooDeep() {
        return new RegoFailure(
                Codes.COMPILE, "the source is nested too deeply", io.countersign.rego.syntax.Location.NONE);
    }

    private RegoProgram stages(List<RegoModule> modules) {
        List<RegoModule> checked = new ArrayList<>();
        for (RegoModule module : modules) {
            ImportChecks.check(module, options.strict(), errors);
            new VoidCalls(errors).check(module);
            checked.add(options.keepPrint() ? module : PrintEraser.erase(module));
        }
        stop();
        Map<String, Set<String>> ruleNames = ruleNames(checked);
        List<RegoModule> resolved = new ArrayList<>();
        MetadataCalls metadata = new MetadataCalls(checked);
        for (RegoModule module : checked) {
            resolved.add(resolve(metadata.replaced(module), ruleNames));
        }
        stop();
        GroupBuilder builder = new GroupBuilder(errors);
        builder.build(resolved);
        root = builder.root();
        groups = builder.groups();
        stop();
        new CallChecks(this::arity, root, errors, options).check(groups);
        stop();
        List<Safety.Unsafe> unsafe = new ArrayList<>();
        for (RuleGroup group : groups) {
            group.entries().replaceAll(entry -> order(entry, unsafe));
            RuleGroup.Entry byDefault = group.defaultEntry();
            if (byDefault != null) {
                group.defaultEntry(order(byDefault, unsafe));
            }
        }
        UnsafeReport.report(unsafe, modules, errors);
        stop();
        new Recursion(root, groups, errors).check();
        stop();
        new TypeChecker(root, groups, modules, errors).check();
        stop();
        return new RegoProgram(root, groups, modules, options);
    }

    Body query(Body query) {
        try {
            return resolvedQuery(query);
        } catch (StackOverflowError deep) {
            throw tooDeep();
        }
    }

    private Body resolvedQuery(Body query) {
        Map<String, Ref> globals = new HashMap<>();
        Body erased = options.keepPrint() ? query : PrintEraser.erase(query);
        Body resolved = new Resolver(new GlobalNames(globals, this::arity), errors, false, counter).query(erased);
        stop();
        new CallChecks(this::arity, root, errors, options).check(resolved);
        stop();
        Safety safety = new Safety();
        Body ordered = safety.order(resolved, new HashSet<>());
        UnsafeReport.report(safety.unsafe(), List.of(), errors);
        stop();
        new TypeChecker(root, groups, List.of(), errors).check(ordered);
        stop();
        return ordered;
    }

    private void stop() {
        if (!errors.isEmpty()) {
            List<RegoError> sorted = new ArrayList<>(new LinkedHashSet<>(errors));
            sorted.sort(Comparator.comparing((RegoError e) -> e.location().file())
                    .thenComparingInt(e -> e.location().row())
                    .thenComparingInt(e -> e.location().column()));
            throw new RegoFailure(sorted.subList(0, Math.min(MOST_ERRORS, sorted.size())));
        }
    }

    private int arity(String name) {
        Integer known = arities.get(name);
        if (known != null) {
            return known;
        }
        var builtin = Builtins.find(name);
        return builtin == null || builtin.isVariadic() ? -1 : builtin.arity();
    }

    private Map<String, Set<String>> ruleNames(List<RegoModule> modules) {
        Map<String, Set<String>> names = new HashMap<>();
        for (RegoModule module : modules) {
            Set<String> own = names.computeIfAbsent(String.join("\0", module.path()), p -> new LinkedHashSet<>());
            for (Rule rule : module.rules()) {
                own.add(rule.head().name());
                List<Term> args = rule.head().args();
                if (args != null) {
                    List<Value> path = GroupBuilder.constants(
                            GroupBuilder.full(module, rule.head().ref()));
                    arities.put(RuleNode.text(path), args.size());
                }
            }
        }
        return names;
    }

    private RegoModule resolve(RegoModule module, Map<String, Set<String>> ruleNames) {
        Map<String, Ref> globals = new LinkedHashMap<>();
        for (String name : ruleNames.getOrDefault(String.join("\0", module.path()), Set.of())) {
            List<Term> path = new ArrayList<>();
            for (String part : module.path().subList(1, module.path().size())) {
                path.add(new Scalar(module.loc(), RegoString.of(part)));
            }
            path.add(new Scalar(module.loc(), RegoString.of(name)));
            globals.put(name, new Ref(module.loc(), new Var(module.loc(), "data"), path));
        }
        for (Import imported : module.imports()) {
            if (imported.path().head() instanceof Var v && Walk.isRoot(v.name())) {
                globals.put(imported.name(), imported.path());
            }
        }
        List<RegoError> found = new ArrayList<>();
        Resolver resolver = new Resolver(new GlobalNames(globals, this::arity), found, options.strict(), counter);
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : module.rules()) {
            rules.add(resolver.rule(rule));
        }
        errors.addAll(found);
        return module.withRules(rules);
    }

    private RuleGroup.Entry order(RuleGroup.Entry entry, List<Safety.Unsafe> unsafe) {
        Rule rule = order(entry.rule(), unsafe);
        return new RuleGroup.Entry(entry.module(), rule, entry.rest().isEmpty() ? entry.rest() : rest(entry, rule));
    }

    /** The rest of the ref is taken again from the ordered head, whose closures are ordered too. */
    private static List<Term> rest(RuleGroup.Entry entry, Rule rule) {
        List<Term> path = rule.head().ref().path();
        int from = path.size() - entry.rest().size();
        return from >= 0 ? path.subList(from, path.size()) : entry.rest();
    }

    private @Nullable Rule orderElse(@Nullable Rule rule, List<Safety.Unsafe> unsafe) {
        return rule == null ? null : order(rule, unsafe);
    }

    private Rule order(Rule rule, List<Safety.Unsafe> unsafe) {
        Safety safety = new Safety();
        Head head = rule.head();
        Set<String> bound = new HashSet<>();
        List<Term> args = head.args();
        if (args != null) {
            for (Term arg : args) {
                Safety.patternVars(arg, bound);
            }
            // What stands in a set, in a key or in a call cannot be found by looking at a value.
            for (Term arg : args) {
                Set<String> missing = Walk.vars(arg);
                missing.removeAll(bound);
                missing.forEach(name -> unsafe.add(new Safety.Unsafe(name, rule.loc())));
            }
        }
        Body body = safety.order(rule.body(), bound);
        Set<String> known = new HashSet<>(bound);
        known.addAll(Walk.vars(body));
        List<Term> parts = new ArrayList<>(head.ref().path());
        if (head.key() != null) {
            parts.add(head.key());
        }
        if (head.value() != null) {
            parts.add(head.value());
        }
        Set<String> outputs = new HashSet<>(known);
        parts.forEach(part -> outputs.addAll(Safety.refOutputs(part, known)));
        for (Term part : parts) {
            Walk.each(part, t -> {
                if (t instanceof Var v && !Walk.isRoot(v.name()) && !outputs.contains(v.name())) {
                    safety.unsafe().add(new Safety.Unsafe(v.name(), v.loc()));
                }
            });
        }
        List<Term> path = new ArrayList<>();
        head.ref().path().forEach(part -> path.add(safety.term(part, known, head.loc())));
        Term key = head.key() == null ? null : safety.term(head.key(), known, head.loc());
        Term value = head.value() == null ? null : safety.term(head.value(), known, head.loc());
        unsafe.addAll(safety.unsafe());
        Head ordered = new Head(head.loc(), new Ref(head.ref().loc(), head.ref().head(), path), args, key, value);
        return rule.with(ordered, body, orderElse(rule.otherwise(), unsafe));
    }
}
