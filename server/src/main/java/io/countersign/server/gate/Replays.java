package io.countersign.server.gate;

import io.countersign.core.gate.Trial;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Epochs;
import io.countersign.server.gate.ReplayForm.Position;
import io.countersign.server.gate.ReplayStore.Extent;
import io.countersign.server.gate.ReplayStore.PastAsk;
import io.countersign.server.gate.ReplayTally.Sampling;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ServerClock;
import io.countersign.server.policy.Drafts;
import io.countersign.server.policy.Drafts.Draft;
import io.countersign.server.policy.Policies;
import io.countersign.server.policy.PolicyImage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;

/**
 * Tries changes of the rules on recorded asks. One thread reads them in batches, as many as there are processors judge; what
 * is read ahead is bounded, and so is what is kept.
 */
@Service
class Replays implements DisposableBean {

    static final int AT_ONCE = 2;

    private static final int BATCH = 1_000;
    private static final Duration PROGRESS = Duration.ofMillis(200);

    /** Hears how far a replay has come; one that throws ends the replay. */
    interface Listener {
        void progress(long done, long total) throws IOException;
    }

    /** A replay that was read and found to make sense, ready to run. */
    record Plan(
            DirectoryImage image,
            Draft draft,
            Trial trial,
            Sampling sampling,
            int page,
            Instant from,
            Instant to,
            Instant now) {}

    /** What a replay came to. */
    record Result(Plan plan, Extent extent, ReplayTally tally) {}

    private final Epochs epochs;
    private final Directory directory;
    private final Policies policies;
    private final Drafts drafts;
    private final ServerClock clock;
    private final ReplayStore store;
    private final Semaphore running = new Semaphore(AT_ONCE);
    private final int judges = Math.max(1, Runtime.getRuntime().availableProcessors());
    private final ExecutorService workers = Executors.newFixedThreadPool(
            judges, Thread.ofPlatform().daemon().name("replay-", 0).factory());

    Replays(
            Epochs epochs,
            Directory directory,
            Policies policies,
            Drafts drafts,
            ServerClock clock,
            ReplayStore store) {
        this.epochs = epochs;
        this.directory = directory;
        this.policies = policies;
        this.drafts = drafts;
        this.clock = clock;
        this.store = store;
    }

    /** Reads what is to be tried; a problem names the field that is wrong. */
    Plan plan(String orgId, ReplayForm form) {
        long epoch = epochs.fresh(orgId);
        DirectoryImage image = directory.at(orgId, epoch);
        PolicyImage rules = policies.at(orgId, epoch);
        Instant now = clock.now();
        Instant to = form.end(now);
        Instant from = to.minus(form.length());
        Sampling sampling = new Sampling(form.wanted(), form.after(), form.page() + 1);
        Draft draft = drafts.read(form.draft(), image, rules, now);
        Trial trial = new Trial(rules.inForce(), draft.endedBindings(), draft.rules());
        return new Plan(image, draft, trial, sampling, form.page(), from, to, now);
    }

    /** Judges every ask of the window; 429 while too many replays run on this node. */
    Result run(Plan plan, Listener listener) throws IOException {
        if (!running.tryAcquire()) {
            throw Problem.of(429, "too-many-replays", "`" + AT_ONCE + "` replays are running on this server")
                    .remedy("wait until one of them is done")
                    .retryAfter(Duration.ofSeconds(5))
                    .raise();
        }
        try {
            return judged(plan, listener);
        } finally {
            running.release();
        }
    }

    private Result judged(Plan plan, Listener listener) throws IOException {
        String orgId = plan.image().organizationId();
        Extent extent = store.extent(orgId, plan.from(), plan.to());
        ReplayJudge judge = new ReplayJudge(
                plan.image(),
                plan.trial(),
                new ReplayProspects(plan.image(), plan.trial().tried(), plan.now()));
        ReplayTally all = tally(plan);
        Deque<Future<ReplayTally>> judging = new ArrayDeque<>();
        Progress progress = new Progress(listener, extent.asks());
        progress.tell(0);
        try {
            @Nullable Position last = null;
            List<PastAsk> batch;
            do {
                batch = store.before(
                        orgId,
                        plan.from(),
                        last == null ? plan.to() : last.at(),
                        last == null ? null : last.id(),
                        BATCH);
                if (!batch.isEmpty()) {
                    List<PastAsk> some = batch;
                    judging.add(workers.submit(() -> count(plan, judge, some)));
                    last = new Position(batch.getLast().at(), batch.getLast().id());
                }
                while (judging.size() > judges || (batch.size() < BATCH && !judging.isEmpty())) {
                    all.add(done(judging.removeFirst()));
                    progress.tell(all.total().asks() + all.unknownActions());
                }
            } while (batch.size() == BATCH);
        } finally {
            judging.forEach(future -> future.cancel(true));
        }
        return new Result(plan, extent, all);
    }

    private static ReplayTally count(Plan plan, ReplayJudge judge, List<PastAsk> batch) {
        ReplayTally tally = tally(plan);
        for (PastAsk past : batch) {
            if (Thread.currentThread().isInterrupted()) {
                break; // nobody waits for the rest any more
            }
            judge.judge(past).ifPresentOrElse(tally::count, tally::countUnknown);
        }
        return tally;
    }

    private static ReplayTally tally(Plan plan) {
        return new ReplayTally(plan.image().settings().zone(), plan.sampling());
    }

    private static ReplayTally done(Future<ReplayTally> judging) throws IOException {
        try {
            return judging.get();
        } catch (ExecutionException failed) {
            throw new CompletionException("a recorded ask could not be judged", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("the replay was stopped", stopped);
        }
    }

    /** Tells how far it has come, but not all the time. */
    private static final class Progress {

        private final Listener listener;
        private final long total;
        private long toldAt = System.nanoTime() - PROGRESS.toNanos();

        Progress(Listener listener, long total) {
            this.listener = listener;
            this.total = total;
        }

        void tell(long done) throws IOException {
            long now = System.nanoTime();
            if (done >= total || now - toldAt >= PROGRESS.toNanos()) {
                toldAt = now;
                listener.progress(Math.min(done, total), total);
            }
        }
    }

    @Override
    public void destroy() {
        workers.shutdownNow();
    }
}
