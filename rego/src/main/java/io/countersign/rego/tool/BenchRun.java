package io.countersign.rego.tool;

import io.countersign.rego.Input;
import io.countersign.rego.Limits;
import io.countersign.rego.Policy;
import io.countersign.rego.PolicyOptions;
import io.countersign.rego.RegoDecision;
import io.countersign.rego.syntax.ParserOptions;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Measures policies: folders of `policy.rego`, `data.json` and `input.json`. */
final class BenchRun {

    private static final Limits LIMITS = new Limits(1_000_000_000, Duration.ofSeconds(60), 1_000_000_000, 1000);
    private static final int ROUNDS = 5;

    private final long roundNanos;
    private final Consumer<String> out;
    private final List<RegoObject> figures = new ArrayList<>();

    BenchRun(long roundMillis, Consumer<String> out) {
        this.roundNanos = roundMillis * 1_000_000;
        this.out = out;
    }

    List<RegoObject> figures() {
        return figures;
    }

    void run(Path folder) throws IOException {
        if (Files.exists(folder.resolve("input.json"))) {
            policy(folder);
            return;
        }
        try (Stream<Path> found = Files.list(folder)) {
            for (Path inner : found.filter(Files::isDirectory).sorted().toList()) {
                policy(inner);
            }
        }
    }

    private void policy(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("input.json"))) {
            return;
        }
        String inputText = Files.readString(folder.resolve("input.json"));
        long start = System.nanoTime();
        PolicyFiles files = PolicyFiles.read(List.of(folder), ParserOptions.V1);
        long parsed = System.nanoTime();
        PolicyOptions options = PolicyOptions.DEFAULT.limits(LIMITS);
        Policy policy = Policy.compile(files.modules(), files.data(), options, null);
        long compiled = System.nanoTime();
        Input input = Input.json(inputText);
        for (String path : paths(files.modules())) {
            Policy.Question question = policy.question(path);
            long before = System.nanoTime();
            RegoDecision first = question.ask(input);
            long cold = System.nanoTime() - before;
            if (first instanceof RegoDecision.Failed failed) {
                throw new IOException(path + " fails: " + failed.errors());
            }
            measure(folder, path, question, input, inputText, parsed - start, compiled - parsed, cold);
        }
    }

    /** Every value that has a default, and the whole package. */
    private static Set<String> paths(List<RegoModule> modules) {
        Set<String> paths = new LinkedHashSet<>();
        for (RegoModule module : modules) {
            String name = String.join(".", module.path());
            for (Rule rule : module.rules()) {
                if (rule.isDefault() && rule.head().args() == null) {
                    paths.add(name + "." + rule.head().name());
                }
            }
            paths.add(name);
        }
        return paths;
    }

    private void measure(
            Path folder,
            String path,
            Policy.Question question,
            Input input,
            String inputText,
            long read,
            long compile,
            long cold) {
        double one = median(() -> question.ask(input));
        double fresh = median(() -> question.ask(Input.json(inputText)));
        double bytes = allocated(question, input);
        double two = parallel(question, input);
        figures.add(new RegoObject.Builder(10)
                .put("policy", RegoString.of(String.valueOf(folder.getFileName())))
                .put("path", RegoString.of(path))
                .put("ns", number(one))
                .put("nsWithJsonInput", number(fresh))
                .put("bytes", number(bytes))
                .put("opsPerSecond1Thread", number(1e9 / one))
                .put("opsPerSecond2Threads", number(two))
                .put("readNs", RegoNumber.of(read))
                .put("compileNs", RegoNumber.of(compile))
                .put("firstNs", RegoNumber.of(cold))
                .build());
        out.accept(String.format(
                "%-4s %-28s %12.0f ns  %12.0f ns with JSON input  %10.0f bytes  %10.0f/s with 2 threads (%.2f x)  compile %.1f ms  first %.1f ms",
                folder.getFileName(), path, one, fresh, bytes, two, two * one / 1e9, compile / 1e6, cold / 1e6));
    }

    private static Value number(double value) {
        return RegoNumber.of(Math.round(value));
    }

    private double median(Runnable work) {
        long end = System.nanoTime() + 2 * roundNanos;
        while (System.nanoTime() < end) {
            work.run();
        }
        double[] rounds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long count = 0;
            long start = System.nanoTime();
            long now = start;
            while (now - start < roundNanos) {
                for (int j = 0; j < 16; j++) {
                    work.run();
                }
                count += 16;
                now = System.nanoTime();
            }
            rounds[i] = (double) (now - start) / count;
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    private static double allocated(Policy.Question question, Input input) {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)) {
            return -1;
        }
        long id = Thread.currentThread().threadId();
        long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < 100; i++) {
            question.ask(input);
        }
        return (threads.getThreadAllocatedBytes(id) - before) / 100.0;
    }

    private double parallel(Policy.Question question, Input input) {
        AtomicLong count = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 2; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                long own = 0;
                while (System.nanoTime() - start < 2 * roundNanos) {
                    for (int j = 0; j < 16; j++) {
                        question.ask(input);
                    }
                    own += 16;
                }
                count.addAndGet(own);
            }));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return count.get() * 1e9 / (System.nanoTime() - start);
    }
}
