package io.countersign.rego.syntax;

import io.countersign.rego.syntax.Expr.Block;
import io.countersign.rego.syntax.Expr.Every;
import io.countersign.rego.syntax.Expr.Logic;
import io.countersign.rego.syntax.Expr.Plain;
import io.countersign.rego.syntax.Expr.SomeIn;
import io.countersign.rego.syntax.Expr.SomeVars;
import io.countersign.rego.syntax.Rule.Head;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNull;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A module as a document: its tree in the form in which OPA writes trees as JSON, without places. */
public final class ModuleDocument {

    /** Wildcards are numbered in the order they are met, whatever they are called in the tree. */
    private final Map<String, String> wildcards = new HashMap<>();

    private ModuleDocument() {}

    /** The document of a module: `package`, `imports`, `rules`, `annotations`. Modules that mean the same have the same. */
    public static RegoObject of(RegoModule module) {
        return new ModuleDocument().module(module);
    }

    private static RegoObject.Builder object() {
        return new RegoObject.Builder(4);
    }

    private static RegoObject typed(String type, Value value) {
        return object().put("type", RegoString.of(type)).put("value", value).build();
    }

    private RegoObject module(RegoModule module) {
        List<Value> path = new ArrayList<>(List.of(typed("var", RegoString.of("data"))));
        module.path().stream().skip(1).forEach(part -> path.add(typed("string", RegoString.of(part))));
        RegoObject.Builder out =
                object().put("package", object().put("path", RegoArray.of(path)).build());
        List<Value> imports = new ArrayList<>();
        for (RegoModule.Import one : module.imports()) {
            RegoObject.Builder written = object().put("path", term(one.path()));
            if (one.alias() != null) {
                written.put("alias", RegoString.of(one.alias()));
            }
            imports.add(written.build());
        }
        if (!imports.isEmpty()) {
            out.put("imports", RegoArray.of(imports));
        }
        List<Value> rules = new ArrayList<>();
        module.rules().forEach(rule -> rules.add(rule(rule)));
        if (!rules.isEmpty()) {
            out.put("rules", RegoArray.of(rules));
        }
        if (!module.metadata().isEmpty()) {
            out.put("annotations", annotations(module.metadata()));
        }
        return out.build();
    }

    private static Value annotations(List<Annotation> all) {
        return RegoArray.of(all.stream().map(note -> (Value) note.content()).toList());
    }

    private RegoObject rule(Rule rule) {
        RegoObject.Builder out = object();
        if (!rule.metadata().isEmpty()) {
            out.put("annotations", annotations(rule.metadata()));
        }
        if (rule.isDefault()) {
            out.put("default", RegoBoolean.TRUE);
        }
        out.put("head", head(rule.head())).put("body", body(rule.body()));
        if (rule.otherwise() != null) {
            out.put("else", rule(rule.otherwise()));
        }
        return out.build();
    }

    private RegoObject head(Head head) {
        RegoObject.Builder out = object();
        if (head.ref().path().isEmpty()) {
            out.put("name", RegoString.of(head.name()));
        }
        out.put("ref", parts(head.ref()));
        if (head.args() != null && !head.args().isEmpty()) {
            out.put("args", terms(head.args()));
        }
        if (head.key() != null) {
            out.put("key", term(head.key()));
        }
        if (head.value() != null) {
            boolean implied = head.value() instanceof Scalar s
                    && s.value().equals(RegoBoolean.TRUE)
                    && s.loc().equals(head.loc());
            out.put("value", term(head.value()));
            if (!implied) {
                out.put("assign", RegoBoolean.TRUE);
            }
        }
        return out.build();
    }

    private RegoArray body(Body body) {
        List<Value> exprs = new ArrayList<>();
        for (Expr expr : body.exprs()) {
            exprs.add(expr(expr, exprs.size()));
        }
        return RegoArray.of(exprs);
    }

    private RegoObject expr(Expr expr, int index) {
        RegoObject.Builder out = object().put("index", RegoNumber.of(index));
        if (expr.negated()) {
            out.put("negated", RegoBoolean.TRUE);
        }
        out.put("terms", form(expr.form()));
        List<Value> withs = new ArrayList<>();
        expr.withs()
                .forEach(w -> withs.add(object().put("target", term(w.target()))
                        .put("value", term(w.value()))
                        .build()));
        if (!withs.isEmpty()) {
            out.put("with", RegoArray.of(withs));
        }
        return out.build();
    }

    private Value form(Expr.Form form) {
        return switch (form) {
            case Plain p -> p.term() instanceof Call call ? call(call) : term(p.term());
            case SomeVars s -> symbols(s.vars().stream().map(this::term).toList());
            case SomeIn s -> {
                List<Value> member = new ArrayList<>();
                member.add(operator("internal.member_" + (s.key() == null ? 2 : 3)));
                if (s.key() != null) {
                    member.add(term(s.key()));
                }
                member.add(term(s.value()));
                member.add(term(s.domain()));
                yield symbols(List.of(typed("call", RegoArray.of(member))));
            }
            case Every e ->
                object().put("key", e.key() == null ? RegoNull.NULL : term(e.key()))
                        .put("value", term(e.value()))
                        .put("domain", term(e.domain()))
                        .put("body", body(e.body()))
                        .build();
            case Block b -> object().put("body", body(b.body())).build();
            case Logic l ->
                object().put(l.and() ? "and" : "or", RegoArray.of(body(l.left()), body(l.right())))
                        .build();
        };
    }

    private static Value symbols(List<? extends Value> symbols) {
        return object().put("symbols", RegoArray.of(List.copyOf(symbols))).build();
    }

    private Value operator(String name) {
        List<Value> path = new ArrayList<>();
        for (String part : name.split("\\.", -1)) {
            path.add(typed(path.isEmpty() ? "var" : "string", RegoString.of(part)));
        }
        return typed("ref", RegoArray.of(path));
    }

    private RegoArray call(Call call) {
        List<Value> all = new ArrayList<>(List.of(typed("ref", parts(call.operator()))));
        call.args().forEach(arg -> all.add(term(arg)));
        return RegoArray.of(all);
    }

    private RegoArray parts(Ref ref) {
        List<Value> parts = new ArrayList<>(List.of(term(ref.head())));
        ref.path().forEach(part -> parts.add(term(part)));
        return RegoArray.of(parts);
    }

    private RegoArray terms(List<Term> terms) {
        return RegoArray.of(terms.stream().map(this::term).toList());
    }

    private RegoObject term(Term term) {
        return switch (term) {
            case Scalar s -> typed(s.value().typeName(), s.value());
            case Var v ->
                typed(
                        "var",
                        RegoString.of(
                                v.isWildcard()
                                        ? wildcards.computeIfAbsent(v.name(), name -> "$" + wildcards.size())
                                        : v.name()));
            case Ref r -> typed("ref", parts(r));
            case Call c -> typed("call", call(c));
            case Term.ArrayTerm a -> typed("array", terms(a.items()));
            case Term.SetTerm s -> typed("set", terms(s.items()));
            case Term.ObjectTerm o -> {
                List<Value> pairs = new ArrayList<>();
                for (int i = 0; i < o.keys().size(); i++) {
                    pairs.add(
                            RegoArray.of(term(o.keys().get(i)), term(o.values().get(i))));
                }
                yield typed("object", RegoArray.of(pairs));
            }
            case Term.ArrayComprehension c -> comprehension("array", object().put("term", term(c.head())), c.body());
            case Term.SetComprehension c -> comprehension("set", object().put("term", term(c.head())), c.body());
            case Term.ObjectComprehension c ->
                comprehension("object", object().put("key", term(c.key())).put("value", term(c.value())), c.body());
            case Term.Template t -> {
                List<Value> parts = new ArrayList<>();
                for (int i = 0; i < t.texts().size(); i++) {
                    if (!t.texts().get(i).isEmpty()) {
                        parts.add(typed("string", RegoString.of(t.texts().get(i))));
                    }
                    if (i < t.parts().size()) {
                        parts.add(expr(t.parts().get(i), 0));
                    }
                }
                yield typed(
                        "templatestring",
                        object().put("parts", RegoArray.of(parts))
                                .put("multi_line", RegoBoolean.of(t.raw()))
                                .build());
            }
        };
    }

    private RegoObject comprehension(String kind, RegoObject.Builder out, Body body) {
        return typed(kind + "comprehension", out.put("body", body(body)).build());
    }
}
