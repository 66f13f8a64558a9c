package io.countersign.cli.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a push means, worked out from a real repository. */
class PushPlannerTest {

    private static final String PRODUCTION = "refs/heads/production";
    private static final String STAGING = "refs/heads/staging";
    private static final String NOTHING = "0".repeat(40);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private GitBench bench;

    @SuppressWarnings("NullAway.Init")
    private List<String> commits;

    @BeforeEach
    void setUp() {
        bench = new GitBench(home).guardedBy("http://127.0.0.1:9");
        commits = List.of(bench.commit("a", "1\n"), bench.commit("a", "2\n"), bench.commit("a", "3\n"));
        bench.git(bench.bare(), "fetch", "--quiet", bench.work().toString(), "main");
    }

    private void at(String ref, String commit) {
        bench.git(bench.bare(), "update-ref", ref, commit);
    }

    private String action(String from, String to) {
        return plan(from, to).action();
    }

    private PushPlan plan(String from, String to) {
        HookRun run = bench.hookRun(Map.of());
        try (ReceivedObjects objects = run.objects()) {
            PushPlanner planner = new PushPlanner(run.settings(), run.git(), objects);
            return planner.plans(List.of(new RefUpdate(from, to, PRODUCTION))).getFirst();
        }
    }

    @Test
    void aTipThatAnotherEnvironmentHasIsAPromotion() {
        at(STAGING, commits.get(1));
        assertThat(action(NOTHING, commits.get(1))).isEqualTo("promotion.execute");
        assertThat(action(commits.get(0), commits.get(1))).isEqualTo("promotion.execute");
    }

    @Test
    void aPromotionSaysFromWhereAndAnythingElseFromWhatWasThere() {
        at(STAGING, commits.get(1));
        PushPlan promotion = plan(commits.get(0), commits.get(1));
        assertThat(promotion.resource().path("from").asString()).isEqualTo("payments/staging");
        assertThat(promotion.resource().path("to").asString()).isEqualTo(commits.get(1));
        assertThat(plan(commits.get(1), commits.get(0)).resource().path("from").asString())
                .isEqualTo(commits.get(1));
        assertThat(plan(commits.get(0), commits.get(2)).resource().path("from").asString())
                .isEqualTo(commits.get(0));
    }

    @Test
    void aTipThatAnotherEnvironmentHadIsAPromotionToo() {
        at(STAGING, commits.get(0));
        at(STAGING, commits.get(2));
        assertThat(action(NOTHING, commits.get(0))).isEqualTo("promotion.execute");
    }

    @Test
    void whatAnotherEnvironmentOnlyPassedOnTheWayIsADeploy() {
        at(STAGING, commits.get(0));
        at(STAGING, commits.get(2));
        assertThat(action(commits.get(0), commits.get(1))).isEqualTo("release.deploy");
    }

    @Test
    void withoutALogWhatAnotherEnvironmentContainsCounts() {
        bench.config("core.logAllRefUpdates", "false");
        at(STAGING, commits.get(2));
        assertThat(action(NOTHING, commits.get(1))).isEqualTo("promotion.execute");
    }

    @Test
    void anAncestorOfThePresentTipIsARollbackEvenWhereItWasPromotedOnce() {
        at(STAGING, commits.get(0));
        assertThat(action(commits.get(2), commits.get(0))).isEqualTo("rollback.execute");
    }

    @Test
    void anythingElseIsADeploy() {
        at("refs/heads/feature/a", commits.get(2));
        at("refs/tags/v1", commits.get(2));
        assertThat(action(commits.get(1), commits.get(2))).isEqualTo("release.deploy");
        assertThat(action(commits.get(1), NOTHING)).isEqualTo("release.deploy");
    }

    @Test
    void writersAreThoseOfCommitsThatTheEnvironmentHasNotHad() {
        at("refs/tags/v1", commits.get(2));
        HookRun run = bench.hookRun(Map.of());
        try (ReceivedObjects objects = run.objects()) {
            PushPlanner planner = new PushPlanner(run.settings(), run.git(), objects);
            assertThat(planner.plans(List.of(new RefUpdate(NOTHING, commits.get(2), STAGING)))
                            .getFirst()
                            .writers())
                    .containsExactly("kim@example.org");
            assertThat(planner.plans(List.of(new RefUpdate(NOTHING, commits.get(2), PRODUCTION)))
                            .getFirst()
                            .writers())
                    .isEmpty();
        }
    }
}
