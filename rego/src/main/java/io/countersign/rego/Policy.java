package io.countersign.rego;

import io.countersign.rego.compile.CompileOptions;
import io.countersign.rego.compile.ModuleCompiler;
import io.countersign.rego.compile.RegoProgram;
import io.countersign.rego.plan.Coverage;
import io.countersign.rego.plan.Engine;
import io.countersign.rego.plan.EvalOptions;
import io.countersign.rego.plan.Trace;
import io.countersign.rego.syntax.ParserOptions;
import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.RegoParser;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiled modules with their data, ready to be asked by any number of threads at once.
 *
 * <pre>{@code
 * Policy policy = Policy.compile(Map.of("gate.rego", source), RegoObject.EMPTY, PolicyOptions.DEFAULT);
 * Policy.Question allow = policy.question("data.gate.allow");
 * boolean allowed = allow.ask(Input.json(json)).isTrue();
 * }</pre>
 */
public final class Policy {

    private final Engine engine;
    private final Value data;
    private final PolicyOptions options;
    private final EvalOptions evaluation;

    private Policy(Engine engine, Value data, PolicyOptions options) {
        this.engine = engine;
        this.data = data;
        this.options = options;
        this.evaluation = options.forEvaluation();
    }

    /**
     * Compiles sources.
     *
     * @param sources the text of each module by the name that errors call it
     * @param data the base documents; they are never copied
     * @throws RegoFailure with all that is wrong, up to ten errors with their places
     */
    public static Policy compile(Map<String, String> sources, Value data, PolicyOptions options) {
        return compile(parse(sources, options), data, options, null);
    }

    static List<RegoModule> parse(Map<String, String> sources, PolicyOptions options) {
        List<RegoModule> modules = new ArrayList<>();
        ParserOptions language = new ParserOptions(options.v1, false);
        sources.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(source -> modules.add(RegoParser.module(source.getKey(), source.getValue(), language)));
        return modules;
    }

    /** Compiles parsed modules; a coverage notes the places that evaluations come to, for one thread at a time. */
    public static Policy compile(
            List<RegoModule> modules, Value data, PolicyOptions options, @Nullable Coverage coverage) {
        CompileOptions how = new CompileOptions(options.strict, options.print != null, options.builtins);
        RegoProgram program = new ModuleCompiler(how).compile(modules);
        return new Policy(new Engine(program, coverage), data, options);
    }

    /** The same modules over other data, without compiling again. */
    public Policy withData(Value other) {
        return new Policy(engine, other, options);
    }

    /** The modules this was compiled from. */
    public List<RegoModule> modules() {
        return engine.program().modules();
    }

    /**
     * A question for one value: the fast way to decide.
     *
     * @param path such as `data.gate.allow`, or `data["acme.com"].allow` where a name is no word
     * @throws IllegalArgumentException for what is no such path
     */
    public Question question(String path) {
        return new Question(engine.entrypoint(names(path)));
    }

    /**
     * Asks once, slowly, and tells why the answer is what it is: for people, and for those who test policies.
     *
     * @param path such as `data.gate.allow`
     */
    public Explanation explain(String path, Input input) {
        Trace trace = new Trace();
        Question asked = new Question(engine.traced(trace).entrypoint(names(path)));
        return Explanation.of(path, asked.ask(input), trace);
    }

    private static List<Value> names(String path) {
        IllegalArgumentException wrong = new IllegalArgumentException("the path `" + path
                + "` is not the word data with names behind it, such as data.gate.allow or data[\"a.b\"].allow");
        if (path.indexOf('[') < 0) {
            List<String> parts = List.of(path.split("\\.", -1));
            if (!parts.get(0).equals("data") || parts.contains("")) {
                throw wrong;
            }
            return List.copyOf(
                    parts.subList(1, parts.size()).stream().map(RegoString::of).toList());
        }
        if (!(term(path) instanceof Term.Ref ref
                && ref.head() instanceof Term.Var root
                && root.name().equals("data"))) {
            throw wrong;
        }
        List<Value> names = new ArrayList<>();
        for (Term part : ref.path()) {
            if (!(part instanceof Term.Scalar name)) {
                throw wrong;
            }
            names.add(name.value());
        }
        return names;
    }

    private static @Nullable Term term(String path) {
        try {
            return RegoParser.term(path);
        } catch (RegoFailure unreadable) {
            return null;
        }
    }

    /** One value that can be asked for again and again, by any number of threads. */
    public final class Question {

        private final Engine.Entrypoint entrypoint;

        private Question(Engine.Entrypoint entrypoint) {
            this.entrypoint = entrypoint;
        }

        /** The decision for an input. Never throws for what a policy does. */
        public RegoDecision ask(Input input) {
            return ask(input, evaluation);
        }

        /** The decision for an input at a pinned time, in nanoseconds since 1970: the same time, the same decision. */
        public RegoDecision ask(Input input, long nowNanos) {
            return ask(input, options.clock(() -> nowNanos).forEvaluation());
        }

        private RegoDecision ask(Input input, EvalOptions how) {
            try {
                Value value = entrypoint.value(input.orNull(), data, how);
                return value == null ? new RegoDecision.Undefined() : new RegoDecision.Defined(value);
            } catch (RegoFailure failure) {
                return new RegoDecision.Failed(failure.errors());
            }
        }
    }

    /**
     * Prepares a query in Rego.
     *
     * @param text a body, such as `data.gate.deny[reason]`
     * @throws RegoFailure if it does not compile
     */
    public Query query(String text) {
        return new Query(
                engine.prepare(engine.program().query(RegoParser.query(text, new ParserOptions(true, false)))));
    }

    /** A query that can be run again and again, by any number of threads. */
    public final class Query {

        private final Engine.PreparedQuery prepared;

        private Query(Engine.PreparedQuery prepared) {
            this.prepared = prepared;
        }

        /** All solutions, each an object of the query's variables; none when the query is undefined. */
        public List<RegoObject> run(Input input) {
            return prepared.run(input.orNull(), data, evaluation);
        }
    }
}
