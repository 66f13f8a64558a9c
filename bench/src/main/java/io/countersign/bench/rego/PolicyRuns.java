package io.countersign.bench.rego;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The runs of JMH that the figures of policies are taken from, each in a JVM of its own. */
final class PolicyRuns {

    private static final String BYTES = "gc.alloc.rate.norm";

    private final boolean quick;
    private final Consumer<String> progress;

    PolicyRuns(boolean quick, Consumer<String> progress) {
        this.quick = quick;
        this.progress = progress;
    }

    List<PolicyFigures> measure(List<PolicyFolder> policies) throws IOException, RunnerException {
        List<PolicyFigures> all = new ArrayList<>();
        for (PolicyFolder policy : policies) {
            PolicyFigures whole = null;
            for (String question : policy.questions()) {
                PolicyFigures figures = new PolicyFigures(policy.name(), question, new LinkedHashMap<>());
                progress.accept("measuring " + question + " of " + policy.name());
                decisions(policy, figures);
                all.add(figures);
                whole = figures;
            }
            if (whole != null) {
                beginnings(policy, whole);
            }
        }
        return all;
    }

    private void decisions(PolicyFolder policy, PolicyFigures figures) throws RunnerException {
        RunResult one = run(policy, figures, "DecisionBenchmark.decide", warm().threads(1));
        figures.put("ns", score(one));
        figures.put("nsError", one.getPrimaryResult().getScoreError());
        figures.put("bytes", bytes(one));
        RunResult json = run(policy, figures, "DecisionBenchmark.decideFromJson", warm().threads(1));
        figures.put("nsWithJsonInput", score(json));
        figures.put("bytesWithJsonInput", bytes(json));
        figures.put("perSecond1Thread", 1e9 / score(one));
        RunResult two = run(policy, figures, "DecisionBenchmark.decide", warm().threads(2));
        figures.put("perSecond2Threads", 2e9 / score(two));
    }

    /** What a policy takes before it can be asked does not hang on the question: it is measured with the last one. */
    private void beginnings(PolicyFolder policy, PolicyFigures figures) throws RunnerException {
        progress.accept("measuring how " + policy.name() + " begins");
        figures.put("compileNs", score(run(policy, figures, "FirstDecisionBenchmark.compile", warm())));
        figures.put("firstNs", score(run(policy, figures, "FirstDecisionBenchmark.first", warm())));
        ChainedOptionsBuilder alone = new OptionsBuilder().warmupIterations(0).measurementIterations(1);
        figures.put("coldNs", score(run(policy, figures, "FirstDecisionBenchmark.cold", alone.forks(quick ? 1 : 3))));
    }

    private ChainedOptionsBuilder warm() {
        return new OptionsBuilder()
                .forks(1)
                .warmupIterations(quick ? 2 : 4)
                .warmupTime(TimeValue.milliseconds(quick ? 500 : 1000))
                .measurementIterations(quick ? 3 : 5)
                .measurementTime(TimeValue.milliseconds(quick ? 200 : 500));
    }

    private static RunResult run(
            PolicyFolder policy, PolicyFigures figures, String benchmark, ChainedOptionsBuilder options)
            throws RunnerException {
        Collection<RunResult> results = new Runner(options.include("\\." + benchmark.replace(".", "\\.") + "$")
                        .param("folder", policy.path().toString())
                        .param("path", figures.question())
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .jvmArgsAppend("-Djmh.ignoreLock=true")
                        .build())
                .run();
        return results.iterator().next();
    }

    private static double score(RunResult run) {
        return run.getPrimaryResult().getScore();
    }

    private static double bytes(RunResult run) {
        Result<?> bytes = run.getSecondaryResults().get(BYTES);
        return bytes == null ? Double.NaN : bytes.getScore();
    }
}
