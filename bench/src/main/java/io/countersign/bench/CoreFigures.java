package io.countersign.bench;

import java.util.regex.Pattern;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How long the rules alone take: a decision over twenty bindings, a tally of fifty votes over ten requirements. */
final class CoreFigures {

    private static final int ITERATIONS = 5;

    private CoreFigures() {}

    static void measure() throws RunnerException {
        measure("core.decision", "decision", "20 bindings, 5 matching");
        measure("core.tally", "tally", "50 votes, 10 requirements, 10,000 people");
    }

    /** Each in a JVM of its own, which has seen nothing of the other. */
    private static void measure(String figure, String benchmark, String conditions) throws RunnerException {
        Result<?> result = new Runner(new OptionsBuilder()
                        .include(Pattern.quote(CoreBenchmark.class.getName() + "." + benchmark) + "$")
                        .forks(1)
                        .warmupIterations(4)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(ITERATIONS)
                        .measurementTime(TimeValue.seconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .jvmArgsAppend("-Djmh.ignoreLock=true")
                        .build())
                .run()
                .iterator()
                .next()
                .getPrimaryResult();
        Figure.of(figure)
                .with("conditions", conditions + "; JMH, mean of " + ITERATIONS + " iterations in one fork")
                .with("micros", micros(result.getScore()))
                .with("microsError", micros(result.getScoreError()))
                .print();
    }

    private static double micros(double nanos) {
        return Math.round(nanos / 10) / 100.0;
    }
}
