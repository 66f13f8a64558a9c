package io.countersign.rego.compile;

import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.RegoModule;
import java.util.List;

/** Modules that were compiled together: every name resolved, every body ordered, every check passed. */
public final class RegoProgram {

    private final RuleNode root;
    private final List<RuleGroup> groups;
    private final List<RegoModule> modules;
    private final CompileOptions options;

    RegoProgram(RuleNode root, List<RuleGroup> groups, List<RegoModule> modules, CompileOptions options) {
        this.root = root;
        this.groups = groups;
        this.modules = modules;
        this.options = options;
    }

    /** The place `data`. */
    public RuleNode root() {
        return root;
    }

    /** All groups of rules, by their numbers. */
    public List<RuleGroup> groups() {
        return groups;
    }

    /** The modules as written. */
    public List<RegoModule> modules() {
        return modules;
    }

    /** How it was compiled. */
    public CompileOptions options() {
        return options;
    }

    /** A query against this program, resolved and ordered. Fails with {@code RegoFailure}. */
    public Body query(Body query) {
        return new ModuleCompiler(options, this).query(query);
    }
}
