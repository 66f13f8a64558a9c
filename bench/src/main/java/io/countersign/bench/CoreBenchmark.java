package io.countersign.bench;

import io.countersign.core.action.Place;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Circumstances;
import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Tally;
import io.countersign.core.gate.Decision;
import io.countersign.core.gate.Gate;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Resolution;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The rules alone, asked again and again by one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class CoreBenchmark {

    private List<BoundTemplate> bindings;
    private Place place;
    private ApprovalRequest request;
    private Circumstances circumstances;

    /** Makes what is judged and counted. */
    @Setup
    public void prepare() {
        bindings = CoreWorld.bindings();
        place = CoreWorld.place();
        request = CoreWorld.request();
        circumstances = CoreWorld.circumstances();
    }

    /** Which of twenty bindings apply to an ask, and what follows from them. */
    @Benchmark
    public Decision decision() {
        return Gate.judge(
                CoreWorld.DEPLOY,
                CoreWorld.PRODUCTION,
                place,
                Resolution.of(bindings, CoreWorld.DEPLOY, place, CoreWorld.NOW, ZoneOffset.UTC),
                "because");
    }

    /** How ten requirements stand after fifty votes. */
    @Benchmark
    public List<Tally> tally() {
        return new Counting(request, circumstances).tallies();
    }
}
