package io.countersign.rego.compile;

import io.countersign.rego.syntax.Annotation;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Puts the metadata of a rule where it asks for it. */
final class MetadataCalls {

    private final List<RegoModule> modules;

    MetadataCalls(List<RegoModule> modules) {
        this.modules = modules;
    }

    RegoModule replaced(RegoModule module) {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : module.rules()) {
            rules.add(mentions(rule) ? new TermRewriter(calls(module, rule)).rule(rule) : rule);
        }
        return module.withRules(rules);
    }

    private static boolean mentions(Rule top) {
        boolean[] found = new boolean[1];
        for (Rule rule = top; rule != null; rule = rule.otherwise()) {
            Walk.all(rule.body(), t -> found[0] |= isMetadata(t));
            if (rule.head().value() != null) {
                Walk.all(rule.head().value(), t -> found[0] |= isMetadata(t));
            }
            if (rule.head().key() != null) {
                Walk.all(rule.head().key(), t -> found[0] |= isMetadata(t));
            }
        }
        return found[0];
    }

    private static boolean isMetadata(Term term) {
        return term instanceof Call call && call.name().startsWith("rego.metadata.");
    }

    private UnaryOperator<Term> calls(RegoModule module, Rule rule) {
        List<Value> chain = chain(module, rule);
        return term -> {
            if (!(term instanceof Call call)) {
                return term;
            }
            return switch (call.name()) {
                case "rego.metadata.chain" -> new Scalar(call.loc(), RegoArray.of(chain));
                case "rego.metadata.rule" -> new Scalar(call.loc(), own(rule));
                default -> term;
            };
        };
    }

    private static Value own(Rule rule) {
        for (Annotation note : rule.metadata()) {
            if (note.scope().equals("rule")) {
                return note.content();
            }
        }
        return RegoObject.EMPTY;
    }

    private List<Value> chain(RegoModule module, Rule rule) {
        List<Value> rulePath = new ArrayList<>();
        module.path().stream().skip(1).forEach(part -> rulePath.add(RegoString.of(part)));
        List<Value> packagePath = List.copyOf(rulePath);
        rulePath.add(RegoString.of(rule.head().name()));
        List<Value> chain = new ArrayList<>();
        boolean any = false;
        for (Annotation note : rule.metadata()) {
            if (note.scope().equals("rule")) {
                chain.add(link(rulePath, note));
                any = true;
            }
        }
        if (!any) {
            chain.add(RegoObject.of(RegoString.of("path"), RegoArray.of(rulePath)));
        }
        for (RegoModule other : modules) {
            if (other.path().equals(module.path())) {
                for (Rule sibling : other.rules()) {
                    if (sibling.head().name().equals(rule.head().name())) {
                        sibling.metadata().stream()
                                .filter(n -> n.scope().equals("document"))
                                .forEach(n -> chain.add(link(rulePath, n)));
                    }
                }
            }
        }
        for (RegoModule other : modules) {
            if (other.path().equals(module.path())) {
                other.metadata().stream()
                        .filter(n -> n.scope().equals("package"))
                        .forEach(n -> chain.add(link(packagePath, n)));
            }
        }
        for (int length = packagePath.size(); length > 0; length--) {
            List<Value> above = packagePath.subList(0, length);
            for (RegoModule other : modules) {
                if (other.path().equals(module.path().subList(0, length + 1))) {
                    other.metadata().stream()
                            .filter(n -> n.scope().equals("subpackages"))
                            .forEach(n -> chain.add(link(above, n)));
                }
            }
        }
        return chain;
    }

    private static Value link(List<Value> path, Annotation note) {
        return new RegoObject.Builder(2)
                .put("annotations", note.content())
                .put("path", RegoArray.of(path))
                .build();
    }
}
