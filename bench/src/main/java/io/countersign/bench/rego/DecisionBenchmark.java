package io.countersign.bench.rego;

import io.countersign.rego.Input;
import io.countersign.rego.Policy;
import io.countersign.rego.RegoDecision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One question to a policy that was compiled before, asked again and again by all threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class DecisionBenchmark {

    /** Where the policy is. */
    @Param("")
    public String folder;

    /** What is asked, such as `data.gate.allow`. */
    @Param("")
    public String path;

    private Policy.Question question;
    private Input input;
    private String inputText;

    /** Compiles the policy, reads the input, and makes sure that there is an answer. */
    @Setup
    public void prepare() throws IOException {
        PolicyFolder policy = new PolicyFolder(Path.of(folder));
        question = policy.compile().question(path);
        inputText = policy.inputText();
        input = Input.json(inputText);
        if (question.ask(input) instanceof RegoDecision.Failed failed) {
            throw new IllegalStateException(path + " fails: " + failed.errors());
        }
    }

    /** With an input that was read before. */
    @Benchmark
    public RegoDecision decide() {
        return question.ask(input);
    }

    /** With an input that is read each time. */
    @Benchmark
    public RegoDecision decideFromJson() {
        return question.ask(Input.json(inputText));
    }
}
