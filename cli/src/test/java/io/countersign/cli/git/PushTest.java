package io.countersign.cli.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.git.GitBench.Done;
import io.countersign.cli.payload.PushPayload;
import io.countersign.cli.payload.PushPayload.Change;
import io.countersign.client.wire.Json;
import io.countersign.core.action.PayloadDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Pushes by real git to a real repository, decided by the hooks with a small gate behind them. */
class PushTest {

    private static final String PRODUCTION = "refs/heads/production";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    private final GateCounterpart gate = new GateCounterpart();

    @SuppressWarnings("NullAway.Init")
    private GitBench bench;

    @BeforeEach
    void setUp() {
        bench = new GitBench(home).guardedBy(gate.url());
    }

    @AfterEach
    void tearDown() {
        gate.close();
    }

    /** Pushes that nothing demands an approval for, so that a test can begin somewhere. */
    private void pushed(String... words) {
        Done done = bench.push(words);
        assertThat(done.exitCode()).as(done.words()).isZero();
    }

    @Test
    void refusesWhatWaitsForApprovalAndTakesExactlyThatOnceItIsApproved() {
        String first = bench.commit("replicas.yaml", "replicas: 1\n");
        pushed("HEAD:production");
        assertThat(gate.outcomes()).containsExactly("succeeded " + PRODUCTION + " is at " + first);
        gate.gate("payments/production");
        String second = bench.commit("replicas.yaml", "replicas: 3\n");

        Done refused = bench.push("-o", "reason=more load", "HEAD:production");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.words())
                .contains("refs/heads/production is release.deploy on payments/production")
                .contains("AR-1")
                .contains("Two from two teams (version 1)  1 of 2")
                .contains("approved by: @bob")
                .contains("missing: 1 more approval, somebody from 1 more team")
                .contains("can be closed by: @dan, @eve")
                .contains("http://console.example/requests/AR-1")
                .contains("countersign approve AR-1")
                .contains("pre-receive hook declined");
        assertThat(bench.tip(PRODUCTION)).isEqualTo(first);
        PushPayload asked = gate.pushes().getLast();
        assertThat(asked.oldId()).isEqualTo(first);
        assertThat(asked.newId()).isEqualTo(second);
        assertThat(asked.change()).isEqualTo(Change.UPDATE);
        assertThat(new String(asked.patch(), StandardCharsets.UTF_8)).contains("\n-replicas: 1\n+replicas: 3\n");
        JsonNode ask = gate.bodies("POST /asks").getLast();
        assertThat(Json.text(ask, "reason")).isEqualTo("more load");
        assertThat(Json.text(ask, "resource", "from")).isEqualTo(first);
        assertThat(Json.text(ask, "resource", "to")).isEqualTo(second);
        assertThat(ask.has("subject")).isFalse();

        gate.approve("AR-1");
        pushed("HEAD:production");

        assertThat(bench.tip(PRODUCTION)).isEqualTo(second);
        JsonNode redeemed = gate.bodies("POST /redemptions").getLast();
        assertThat(Json.text(redeemed, "payloadDigest"))
                .isEqualTo(PayloadDigest.of(asked.bytes()).value());
        assertThat(Json.text(redeemed, "executionId")).hasSizeBetween(16, 128);
        assertThat(gate.outcomes().getLast()).isEqualTo("succeeded " + PRODUCTION + " is at " + second);
    }

    @Test
    void saysHowAPushIsGivenAReason() {
        bench.commit("a", "1\n");
        gate.demandReasons();

        Done refused = bench.push("HEAD:production");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.words())
                .containsOnlyOnce("git push -o reason=\"...\"")
                .doesNotContain("--reason", "--because", "ask again");
    }

    @Test
    void aMovedBranchVoidsTheApproval() {
        bench.commit("a", "1\n");
        pushed("HEAD:production");
        gate.gate("payments/production");
        String wanted = bench.commit("a", "2\n");
        assertThat(bench.push("HEAD:production").words()).contains("AR-1");
        gate.approve("AR-1");
        bench.git(bench.bare(), "update-ref", PRODUCTION, otherCommit());

        Done refused = bench.push("--force", "HEAD:production");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.words()).contains("AR-2");
        assertThat(gate.pushes().getLast().change()).isEqualTo(Change.REWRITE);
        assertThat(bench.tip(PRODUCTION)).isNotEqualTo(wanted);
    }

    private String otherCommit() {
        bench.git(bench.work(), "checkout", "--quiet", "-b", "elsewhere", "HEAD~1");
        String other = bench.commit("b", "1\n");
        bench.git(bench.work(), "push", "--quiet", "origin", "HEAD:feature/other");
        bench.git(bench.work(), "checkout", "--quiet", "main");
        return other;
    }

    @Test
    void settlesEveryRefBeforeItUsesAGrantForAny() {
        gate.gate("payments/staging").deny("payments/production");
        bench.commit("a", "1\n");
        assertThat(bench.push("HEAD:staging").words()).contains("AR-1");
        gate.approve("AR-1");

        Done refused = bench.push("HEAD:staging", "HEAD:production", "HEAD:feature/a");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.words())
                .contains("it was denied an hour ago")
                .contains("Nothing of this push was taken, and no grant was used.");
        assertThat(gate.bodies("POST /redemptions")).isEmpty();
        assertThat(bench.tip("refs/heads/staging")).isEmpty();
        assertThat(bench.tip("refs/heads/feature/a")).isEmpty();
        pushed("HEAD:staging");
    }

    @Test
    void reportsAsFailedWhatWasPermittedBeforeAnotherRefWasRefused() {
        gate.refuseAtRedemption("payments/production");
        bench.commit("a", "1\n");

        Done refused = bench.push("HEAD:staging", "HEAD:production");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.words()).contains("it was frozen just now");
        assertThat(gate.outcomes()).containsExactly("failed not pushed: another ref of the same push was refused");
        assertThat(bench.tip("refs/heads/staging")).isEmpty();
    }

    @Test
    void showsNewRefsInFullAndDeletionsAsTheirOwn() {
        String commit = bench.commit("a", "1\n");
        bench.git(bench.work(), "tag", "-a", "v1", "-m", "first");
        pushed("v1");
        pushed("HEAD:production");
        pushed(":production");
        assertThat(bench.tip(PRODUCTION)).isEmpty();

        List<PushPayload> pushes = gate.pushes();
        assertThat(pushes).extracting(PushPayload::change).containsExactly(Change.CREATE, Change.CREATE, Change.DELETE);
        assertThat(pushes.getFirst().newId()).isNotEqualTo(commit);
        assertThat(pushes.getFirst().newCommit()).isEqualTo(commit);
        assertThat(new String(pushes.getFirst().patch(), StandardCharsets.UTF_8))
                .contains("+1\n");
        assertThat(pushes.getLast().oldId()).isEqualTo(commit);
        assertThat(pushes.getLast().diff()).isEmpty();
        assertThat(gate.outcomes().getLast()).isEqualTo("succeeded " + PRODUCTION + " is deleted");
    }

    @Test
    void showsEveryByteWhateverAttributesDriversConfigurationAndReplacementsSay() throws IOException {
        bench.commit(".gitattributes", "* -diff\n*.yaml diff=hidden binary -text\nodd* export-ignore\n");
        String before = bench.commit("secret.yaml", "safe: true\n");
        pushed("HEAD:production");
        bench.config("diff.hidden.textconv", "true")
                .config("diff.hidden.command", "true")
                .config("diff.external", "true")
                .config("diff.ignoreSubmodules", "all")
                .config("diff.noprefix", "true")
                .config("diff.context", "0");
        Files.createDirectories(bench.bare().resolve("info"));
        Files.writeString(bench.bare().resolve("info/attributes"), "* diff=hidden -diff\n");
        bench.commit("secret.yaml", new byte[] {'s', 0, (byte) 0xff, '\n'});
        bench.commit("odd \"\u202e\n.yaml", "odd\n");
        bench.git(bench.work(), "update-index", "--add", "--cacheinfo", "160000," + before + ",sub");
        bench.git(bench.work(), "commit", "--quiet", "-m", "submodule");
        gate.gate("payments/production");
        bench.git(bench.bare(), "fetch", "--quiet", bench.work().toString(), "HEAD:refs/heads/feature/x");
        bench.git(bench.bare(), "replace", "feature/x", before);

        Done refused = bench.run(
                bench.work(),
                Map.of("GIT_EXTERNAL_DIFF", "true", "GIT_DIFF_OPTS", "-u0"),
                List.of("push", "origin", "HEAD:production"));

        assertThat(refused.words()).contains("AR-1");
        byte[] patch = gate.pushes().getLast().patch();
        assertThat(patch).contains('+', 's', 0, (byte) 0xff, '\n');
        assertThat(new String(patch, StandardCharsets.ISO_8859_1))
                .contains("--- a/secret.yaml\n+++ b/secret.yaml\n")
                .contains("-safe: true\n")
                .contains("+Subproject commit " + before)
                .contains("\"b/odd \\\"\\342\\200\\256\\n.yaml\"")
                .contains("+odd\n");
    }

    @Test
    void namesAuthorsAndCommittersTheDirectoryKnows() {
        bench.git(
                bench.work(),
                "-c",
                "user.name=Ada",
                "commit",
                "--quiet",
                "--allow-empty",
                "--author=Ada\u001b[31m <ADA@example.org>",
                "-m",
                "by ada");
        bench.git(
                bench.work(),
                "commit",
                "--quiet",
                "--allow-empty",
                "--author=\"; drop $(touch pwned) <$(touch pwned)@`x`>",
                "-m",
                "by nobody");
        pushed("HEAD:staging");
        pushed("HEAD:production");

        for (JsonNode ask : gate.bodies("POST /asks")) {
            assertThat(Json.list(ask, "authors").stream().map(JsonNode::stringValue))
                    .containsExactly("per_ada");
        }
        bench.commit("a", "1\n");
        pushed("HEAD:production");
        assertThat(gate.bodies("POST /asks").getLast().has("authors")).isFalse();
    }

    @Test
    void refusesTheWorkOfMorePeopleThanOneAskCanName() {
        gate.crowd(101);
        bench.commit("a", "1\n");
        for (int i = 0; i < 101; i++) {
            bench.git(
                    bench.work(),
                    "commit",
                    "--quiet",
                    "--allow-empty",
                    "-m",
                    "by " + i,
                    "--author=Dev <dev-%d@example.org>".formatted(i));
        }
        Done refused = bench.push("HEAD:production");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.words())
                .contains("refs/heads/production brings the work of 101 people")
                .contains("push it in parts");
        assertThat(gate.bodies("POST /asks")).isEmpty();
        pushed("HEAD~1:" + PRODUCTION);
    }

    @Test
    void refusesRefsThatStandForNothingAliasesAndReplacements() {
        bench.commit("a", "1\n");
        pushed("HEAD:feature/a");
        assertThat(gate.bodies("POST /asks")).isEmpty();
        bench.git(bench.bare(), "symbolic-ref", "refs/heads/feature/alias", PRODUCTION);

        assertThat(bench.push("HEAD:other").words()).contains("refs/heads/other stands for no environment");
        assertThat(bench.push("HEAD:feature/alias").words()).contains("is another name of another ref");
        assertThat(bench.push("HEAD:refs/replace/" + "1".repeat(40)).words()).contains("stands for no environment");
        assertThat(bench.tip("refs/heads/other")).isEmpty();
        assertThat(bench.tip(PRODUCTION)).isEmpty();
    }

    @Test
    void refusesPushOptionsThatMeanNothing() {
        bench.commit("a", "1\n");
        Done refused = bench.push("-o", "reson=typo", "HEAD:production");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.words()).contains("`reson=typo` means nothing here");
        assertThat(gate.bodies("POST /asks")).isEmpty();

        pushed("-o", "resubmit", "-o", "supersedes=AR-7", "HEAD:production");
        JsonNode ask = gate.bodies("POST /asks").getLast();
        assertThat(Json.yes(ask, "resubmit")).isTrue();
        assertThat(Json.text(ask, "supersedes")).isEqualTo("AR-7");
        assertThat(ask.has("breakGlassSession")).isFalse();
    }

    @Test
    void namesABreakGlassSessionOnlyWhereThePusherDoesInThisVeryPush() {
        bench.commit("a", "1\n");
        assertThat(bench.push("-o", "break-glass=anything", "HEAD:production").words())
                .contains("`break-glass=anything` means nothing here");
        pushed("-o", "break-glass=BG-7", "HEAD:production");
        assertThat(Json.text(gate.bodies("POST /asks").getLast(), "breakGlassSession"))
                .isEqualTo("BG-7");
        bench.commit("b", "1\n");
        pushed("HEAD:production");
        assertThat(gate.bodies("POST /asks").getLast().has("breakGlassSession")).isFalse();
    }

    @Test
    void refusesEverythingWhenTheGateIsAway() {
        bench.commit("a", "1\n");
        gate.close();
        Done refused = bench.push("HEAD:production");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.words()).contains("nobody could be asked, so nothing is taken");
        assertThat(bench.tip(PRODUCTION)).isEmpty();
    }

    @Test
    void refusesWhenItsOwnSettingsOrTokenAreNotInOrder() throws IOException {
        bench.commit("a", "1\n");
        Files.setPosixFilePermissions(home.resolve("token"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(bench.push("HEAD:production").words()).contains("can be read or written by others");
        Files.setPosixFilePermissions(home.resolve("token"), PosixFilePermissions.fromString("rw-------"));
        bench.config("countersign.opne", "refs/heads/*");
        assertThat(bench.push("HEAD:production").words()).contains("there is no such key");
        assertThat(bench.tip(PRODUCTION)).isEmpty();
    }

    @Test
    void refusesAChangeThatIsTooLargeToBeShown() {
        bench.config("countersign.payloadLimit", "4096");
        bench.commit("large", "x".repeat(5000) + "\n");
        Done refused = bench.push("HEAD:production");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.words()).contains("too large to be shown to approvers: more than 4096 bytes");
    }

    @Test
    void reportsAsFailedWhatGitRefusedAfterTheGatePermittedIt() throws IOException {
        Path update = bench.bare().resolve("hooks/update");
        Files.writeString(update, "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(update, PosixFilePermissions.fromString("rwx------"));
        bench.commit("a", "1\n");
        assertThat(bench.push("HEAD:production").exitCode()).isNotZero();
        assertThat(gate.outcomes()).isEmpty();

        new PostReceive(bench.hookRun(Map.of())).settleEnded();

        assertThat(gate.outcomes())
                .containsExactly("failed git did not move " + PRODUCTION + " after it was permitted");
        new PostReceive(bench.hookRun(Map.of())).settleEnded();
        assertThat(gate.outcomes()).hasSize(1);
    }

    @Test
    void asksForWhomTheTransportNamesAndForNobodyElse() {
        bench.commit("a", "1\n");
        bench.config("countersign.pusher", "transport");
        assertThat(bench.push("HEAD:production").words()).contains("the transport named nobody");
        Done done = bench.run(bench.work(), Map.of("REMOTE_USER", "kim"), List.of("push", "origin", "HEAD:production"));
        assertThat(done.exitCode()).as(done.words()).isZero();
        assertThat(Json.text(gate.bodies("POST /asks").getLast(), "subject")).isEqualTo("@kim");
        assertThat(Json.text(gate.bodies("POST /redemptions").getLast(), "subject"))
                .isEqualTo("@kim");
    }
}
