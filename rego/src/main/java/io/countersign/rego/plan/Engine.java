package io.countersign.rego.plan;

import io.countersign.rego.compile.RegoProgram;
import io.countersign.rego.compile.RuleGroup;
import io.countersign.rego.compile.RuleNode;
import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.Location;
import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.value.NumberTooLong;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.Value;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A program ready to run, shared by threads without locks. */
public final class Engine {

    private final Planner planner;

    /** An engine for a program; a coverage makes it note where it comes, for one thread at a time. */
    public Engine(RegoProgram program, @Nullable Coverage coverage) {
        this.planner = new Planner(program, coverage, null);
    }

    private Engine(RegoProgram program, Trace trace) {
        this.planner = new Planner(program, null, trace);
    }

    /** An engine for the same program that tells a trace what it does, for one evaluation. */
    public Engine traced(Trace trace) {
        return new Engine(planner.program, trace);
    }

    /** The program it runs. */
    public RegoProgram program() {
        return planner.program;
    }

    /** A query that was compiled against this program. */
    public final class PreparedQuery {
        private final QueryPlan plan;

        private PreparedQuery(QueryPlan plan) {
            this.plan = plan;
        }

        /** All solutions. Fails with {@link RegoFailure}. */
        public List<RegoObject> run(@Nullable Value input, @Nullable Value data, EvalOptions options) {
            return guarded(() -> {
                Eval eval = eval(input, data, options);
                List<RegoObject> found = plan.run(eval);
                found.forEach(eval.run::fits);
                return found;
            });
        }
    }

    /** A fault of the engine itself ends the evaluation like any other error: nothing is decided. */
    private static <T extends @Nullable Object> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (StackOverflowError deep) {
            throw Run.exceeded("depth", "the stack is exhausted");
        } catch (NumberTooLong number) {
            throw Run.exceeded("memory", String.valueOf(number.getMessage()));
        } catch (RegoFailure failure) {
            throw failure;
        } catch (RuntimeException fault) {
            throw new RegoFailure("eval_internal_error", String.valueOf(fault), Location.NONE);
        }
    }

    /** Prepares a query that was resolved by {@link RegoProgram#query}. */
    public PreparedQuery prepare(Body query) {
        return guarded(() -> new PreparedQuery(planner.query(query)));
    }

    private Eval eval(@Nullable Value input, @Nullable Value data, EvalOptions options) {
        return new Eval(new Run(options), input, data, planner.groups(), null, null);
    }

    /** The value at a path beneath `data`, or null for undefined: the fast way for one decision. */
    public Entrypoint entrypoint(List<Value> path) {
        RuleNode node = planner.program.root();
        int at = 0;
        while (at < path.size() && node.group() == null) {
            RuleNode child = node.children().get(path.get(at));
            if (child == null) {
                return new Entrypoint(new Terms.BaseData(path.toArray(new Value[0])));
            }
            node = child;
            at++;
        }
        RuleGroup group = node.group();
        Node start = group == null
                ? new Documents.Whole(new Documents.Fixed(node, path.toArray(new Value[0])), planner)
                : new Terms.Defined(planner.group(group));
        for (Value key : path.subList(at, path.size())) {
            start = new Terms.At(start, new Terms.Const(key));
        }
        return new Entrypoint(start);
    }

    /** One decision that can be asked again and again. */
    public final class Entrypoint {
        private final Node node;

        private Entrypoint(Node node) {
            this.node = node;
        }

        /** The value, or null for undefined. Fails with {@link RegoFailure}. */
        public @Nullable Value value(@Nullable Value input, @Nullable Value data, EvalOptions options) {
            return guarded(() -> {
                Eval eval = eval(input, data, options);
                Value value = node.eval(new Frame(0, eval));
                if (value != null) {
                    eval.run.fits(value);
                }
                return value;
            });
        }
    }
}
