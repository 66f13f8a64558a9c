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
import org.openjdk.jmh.annotations.State;

/** What it takes until a policy has given its first answer, all files read within. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class FirstDecisionBenchmark {

    /** Where the policy is. */
    @Param("")
    public String folder;

    /** What is asked, such as `data.gate.allow`. */
    @Param("")
    public String path;

    /** Sources and data to a policy that can be asked. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    public Policy compile() throws IOException {
        return new PolicyFolder(Path.of(folder)).compile();
    }

    /** The same and the first answer, in a JVM that is warm. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    public RegoDecision first() throws IOException {
        return firstDecision();
    }

    /** The same as the first that a JVM does. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    public RegoDecision cold() throws IOException {
        return firstDecision();
    }

    private RegoDecision firstDecision() throws IOException {
        PolicyFolder policy = new PolicyFolder(Path.of(folder));
        return policy.compile().question(path).ask(Input.json(policy.inputText()));
    }
}
