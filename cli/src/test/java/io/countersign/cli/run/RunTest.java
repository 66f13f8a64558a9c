package io.countersign.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Counterpart;
import io.countersign.cli.Counterpart.Asked;
import io.countersign.cli.Counterpart.Said;
import io.countersign.cli.Keyboard;
import io.countersign.client.wire.Json;
import io.countersign.core.action.PayloadDigest;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

    private static final List<String> ABOUT =
            List.of("run", "--action", "command.execute", "--resource", "cluster:eu-1", "--reason", "because");

    @TempDir
    private Path home;

    private final Counterpart server = new Counterpart();
    private final Map<String, String> environment = new TreeMap<>();

    private record Ended(int exitCode, String out, String err) {}

    @BeforeEach
    void prepare() throws IOException {
        home = home.toRealPath();
        environment.put("COUNTERSIGN_URL", server.url());
        environment.put("COUNTERSIGN_TOKEN", "cs_t_test");
        environment.put("XDG_STATE_HOME", home.resolve("state").toString());
        environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("SURPRISE", "should not arrive");
        server.on("POST /asks", """
                {"decision":"permit","basis":"not-gated"}""");
        server.on("POST /redemptions", """
                {"decision":"permit","basis":"not-gated"}""");
        write("deploy.sh", "#!/bin/sh\necho \"$0 $*\"\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void runsTheCopyAndReportsItsEnd() throws Exception {
        takeOutcomes();
        Ended ended = spawn("--", "./deploy.sh", "one", "two words");
        assertThat(ended.err()).doesNotContain("Exception");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out())
                .startsWith(home.resolve("state/countersign/runs").toString())
                .endsWith("deploy.sh one two words\n");
        assertThat(outcomes()).singleElement().asString().contains("\"result\":\"succeeded\"", "exit code 0");
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void redeemsExactlyThePayloadItAskedForUnderARandomExecution() throws Exception {
        takeOutcomes();
        run("--", "./deploy.sh");
        run("--", "./deploy.sh");
        Asked ask = server.asked("POST /asks").getFirst();
        byte[] payload = Base64.getDecoder().decode(Json.text(Json.parse(ask.body()), "payload", "base64"));
        List<Asked> redemptions = server.asked("POST /redemptions");
        assertThat(Json.text(Json.parse(redemptions.getFirst().body()), "payloadDigest"))
                .isEqualTo(PayloadDigest.of(payload).value());
        assertThat(Json.text(Json.parse(redemptions.get(0).body()), "executionId"))
                .hasSizeGreaterThan(30)
                .isNotEqualTo(Json.text(Json.parse(redemptions.get(1).body()), "executionId"));
    }

    @Test
    void givesTheCommandOnlyTheDeclaredVariables() throws Exception {
        takeOutcomes();
        environment.put("REGION", "eu");
        environment.put("DB_PASSWORD", "s3cret");
        Ended ended = spawn("--env", "REGION", "--env", "LEVEL=3", "--secret-env", "DB_PASSWORD", "--", "/usr/bin/env");
        assertThat(ended.out().lines()).containsExactlyInAnyOrder("REGION=eu", "LEVEL=3", "DB_PASSWORD=s3cret");
        String asked = server.asked("POST /asks").getFirst().body();
        String payload = new String(
                Base64.getDecoder().decode(Json.text(Json.parse(asked), "payload", "base64")), StandardCharsets.UTF_8);
        assertThat(payload).contains("\"REGION\":\"eu\"", "DB_PASSWORD").doesNotContain("s3cret");
    }

    @Test
    void doesNotShowASecretToApproversByMistake() throws Exception {
        environment.put("DB_PASSWORD", "s3cret");
        Ended ended = run("--env", "DB_PASSWORD", "--", "/usr/bin/env");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("--secret-env DB_PASSWORD");
        assertThat(server.asked("POST /asks")).isEmpty();
    }

    @Test
    void givesTheCommandNothingToReadAndAFolderWithOnlyTheNamedFiles() throws Exception {
        takeOutcomes();
        Files.writeString(home.resolve("app.yaml"), "replicas: 3\n");
        Files.writeString(home.resolve("other.yaml"), "x\n");
        write("look.sh", "#!/bin/sh\nread word && echo \"got $word\"\necho *\n/bin/cat app.yaml\n");
        Ended ended = spawn("--file", "app.yaml", "--", "./look.sh");
        assertThat(ended.out()).isEqualTo("app.yaml\nreplicas: 3\n");
    }

    @Test
    void endsWithTheCommandsOwnExitCode() throws Exception {
        takeOutcomes();
        write("fail.sh", "#!/bin/sh\necho oops >&2\nexit 42\n");
        Ended ended = run("--", "./fail.sh");
        assertThat(ended.exitCode()).isEqualTo(42);
        assertThat(ended.err()).contains("oops", "exit code 42");
        assertThat(outcomes()).singleElement().asString().contains("\"result\":\"failed\"", "exit code 42");
    }

    @Test
    void reportsACommandThatASignalEnded() throws Exception {
        takeOutcomes();
        write("die.sh", "#!/bin/sh\nkill -KILL $$\n");
        Ended ended = run("--", "./die.sh");
        assertThat(ended.exitCode()).isEqualTo(137);
        assertThat(outcomes()).singleElement().asString().contains("\"result\":\"failed\"", "after signal 9");
    }

    @Test
    void reportsTheEndOfTheCommandWhenItIsToldToStopItself() throws Exception {
        takeOutcomes();
        write("long.sh", "#!/bin/sh\necho started\nexec /bin/sleep 60\n");
        Process process = start("--", "./long.sh");
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("started");
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(outcomes()).singleElement().asString().contains("\"result\":\"failed\"", "after signal 15");
    }

    @Test
    void reportsACommandThatCannotBeStarted() throws Exception {
        held("approved");
        write("reader", "\u007fELF of a kind");
        write("script", "#!" + home.resolve("reader") + "\n");
        run("--no-wait", "--", "./script");
        Files.setPosixFilePermissions(home.resolve("reader"), PosixFilePermissions.fromString("rw-------"));
        Ended ended = resume();
        assertThat(ended.exitCode()).isEqualTo(126);
        assertThat(ended.err()).contains("countersign: the command could not be started");
        assertThat(outcomes()).singleElement().asString().contains("\"result\":\"failed\"", "could not be started");
    }

    @Test
    void keepsTheCommandsOutputApartFromItsOwnJson() throws Exception {
        takeOutcomes();
        Ended ended = run("--json", "--", "./deploy.sh", "x");
        assertThat(Json.number(Json.parse(ended.out()), "exitCode")).isZero();
        assertThat(ended.err()).contains("deploy.sh x");
    }

    @Test
    void runsNothingThatWasNotPermitted() throws Exception {
        server.on("POST /asks", asked -> Said.problem(409, "denied", "AR-3 was denied"));
        assertThat(run("--", "./deploy.sh").exitCode()).isEqualTo(5);
        server.on("POST /asks", """
                {"decision":"permit"}""");
        server.on("POST /redemptions", asked -> Said.problem(409, "already-redeemed", "used"));
        Ended ended = run("--", "./deploy.sh");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        server.on("POST /redemptions", """
                {"decision":"hold","request":{"number":"AR-4"}}""");
        assertThat(run("--", "./deploy.sh").exitCode()).isEqualTo(3);
        assertThat(outcomes()).isEmpty();
    }

    @Test
    void waitsForTheApprovalAndThenRuns() throws Exception {
        held("approved");
        Ended ended = run("--", "./deploy.sh", "x");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).endsWith("deploy.sh x\n");
        assertThat(outcomes()).hasSize(1);
    }

    @Test
    void runsNothingAfterADenial() throws Exception {
        held("denied");
        Ended ended = run("--", "./deploy.sh");
        assertThat(ended.exitCode()).isEqualTo(5);
        assertThat(ended.err().lines().toList())
                .anyMatch(line -> line.startsWith("countersign: not run: AR-7 is denied"));
        assertThat(ended.out()).isEmpty();
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void runsDaysLaterWhatWasSnapshotThen() throws Exception {
        held("approved");
        Ended asked = run("--no-wait", "--", "./deploy.sh", "as it was");
        assertThat(asked.exitCode()).isEqualTo(3);
        assertThat(asked.out()).isEqualTo("hold AR-7\n");
        write("deploy.sh", "#!/bin/sh\necho something else\n");
        Ended ended = resume();
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).endsWith("deploy.sh as it was\n");
        assertThat(resume().err()).contains("there is no snapshot of AR-7 here");
    }

    @Test
    void runsNothingWhenTheSnapshotWasTouched() throws Exception {
        held("approved");
        run("--no-wait", "--", "./deploy.sh");
        Path copy = snapshots().getFirst().resolve("bin/deploy.sh");
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(copy, "#!/bin/sh\necho pwned\n");
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r-x------"));
        Ended ended = resume();
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("countersign: not run: ", "differs");
        assertThat(server.asked("POST /redemptions")).isEmpty();
    }

    @Test
    void neverRunsTwiceWhatMayHaveRun() throws Exception {
        held("approved");
        run("--no-wait", "--", "./deploy.sh");
        Path folder = snapshots().getFirst();
        RunRecord.read(folder)
                .redeeming("exec-1")
                .startedAt("2026-11-21T12:00:00Z")
                .write(folder);
        Ended ended = resume();
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("countersign outcome exec-1");
        assertThat(server.asked("POST /redemptions")).isEmpty();
    }

    @Test
    void goesOnWithTheSameExecutionWhenTheAnswerWasLost() throws Exception {
        held("executing");
        run("--no-wait", "--", "./deploy.sh");
        Path folder = snapshots().getFirst();
        RunRecord.read(folder).redeeming("exec-1").write(folder);
        server.on("POST /executions/exec-1/outcome", "{}");
        assertThat(resume().exitCode()).isZero();
        assertThat(Json.text(
                        Json.parse(server.asked("POST /redemptions").getFirst().body()), "executionId"))
                .isEqualTo("exec-1");
    }

    @Test
    void spendsNoGrantWhenASecretIsMissing() throws Exception {
        held("approved");
        environment.put("DB_PASSWORD", "s3cret");
        run("--no-wait", "--secret-env", "DB_PASSWORD", "--", "./deploy.sh");
        environment.remove("DB_PASSWORD");
        Ended ended = resume();
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("DB_PASSWORD is not set");
        assertThat(server.asked("POST /redemptions")).isEmpty();
    }

    @Test
    void saysHowToReportAnOutcomeThatWasNotTaken() throws Exception {
        Ended ended = run("--", "./deploy.sh");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).contains("its outcome is not reported", "countersign outcome ");
        assertThat(snapshots()).hasSize(1);
    }

    @Test
    void takesAnOutcomeThatStandsAlreadyForReported() throws Exception {
        server.onAny("POST /executions/", asked -> new Said(409, "application/problem+json", """
                        {"title":"Already reported","code":"already-reported","outcome":"succeeded"}"""));
        Ended ended = run("--", "./deploy.sh");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).contains(", reported").doesNotContain("is not reported");
        assertThat(snapshots()).isEmpty();
        Keyboard keyboard = new Keyboard(home);
        environment.forEach(keyboard::with);
        assertThat(keyboard.type("outcome", "exec-1", "succeeded").err()).contains("Recorded already: succeeded.");
        assertThat(keyboard.type("outcome", "exec-1", "failed").exitCode()).isEqualTo(1);
    }

    @Test
    void removesSnapshotsNobodyComesBackTo() throws Exception {
        held("denied");
        run("--no-wait", "--", "./deploy.sh", "denied");
        Path denied = snapshots().getFirst();
        Path unfinished = Files.createDirectory(denied.resolveSibling("new-1"));
        Path started = Files.createDirectory(denied.resolveSibling("sha256-started"));
        RunRecord.read(denied)
                .redeeming("exec-1")
                .startedAt("2026-11-21T12:00:00Z")
                .write(started);

        takeOutcomes();
        server.on("POST /asks", "{\"decision\":\"permit\",\"basis\":\"not-gated\"}");
        run("--", "./deploy.sh");
        assertThat(snapshots()).containsExactlyInAnyOrder(denied, unfinished, started);

        FileTime before = FileTime.from(Keyboard.NOW.minus(Duration.ofDays(2)));
        for (Path old : List.of(denied, unfinished, started)) {
            Files.setLastModifiedTime(old, before);
        }
        run("--", "./deploy.sh");
        assertThat(snapshots()).containsExactly(started);
    }

    @Test
    void appliesExactlyThePlanThatWasShown() throws Exception {
        takeOutcomes();
        Path infrastructure = Files.createDirectory(home.resolve("infrastructure"));
        String terraform = new Terraform(infrastructure).installedOrStandIn();
        Ended ended = run("--terraform", "infrastructure/plan.out", "--chdir", "infrastructure", "--", terraform);
        assertThat(ended.err()).doesNotContain("countersign: the").doesNotContain("not run");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("Apply complete! Resources: 1 added");
        String asked = server.asked("POST /asks").getFirst().body();
        byte[] payload = Base64.getDecoder().decode(Json.text(Json.parse(asked), "payload", "base64"));
        assertThat(Json.text(Json.parse(payload), "terraform", "format_version"))
                .isNotEmpty();
        assertThat(Base64.getDecoder()
                        .decode(Json.text(
                                Json.list(Json.parse(payload), "files").getFirst(), "base64")))
                .isEqualTo(Files.readAllBytes(infrastructure.resolve("plan.out")));
    }

    @Test
    void asksForNoPlanThatTerraformCannotShow() throws Exception {
        Path infrastructure = Files.createDirectory(home.resolve("infrastructure"));
        String terraform = new Terraform(infrastructure).installedOrStandIn();
        Files.write(infrastructure.resolve("plan.out"), new byte[] {1, 2, 3});
        Ended ended = run("--terraform", "infrastructure/plan.out", "--chdir", "infrastructure", "--", terraform);
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("the plan cannot be shown");
        assertThat(server.asked("POST /asks")).isEmpty();
    }

    @Test
    void asksWhatTheMappingSaysAndRunsExactlyThat() throws Exception {
        takeOutcomes();
        kubectl();
        Files.writeString(home.resolve("app.yaml"), "replicas: 3\n");
        Ended ended = type(List.of("run", "-r", "because", "--", "kubectl", "-n", "web", "apply", "-fapp.yaml"));
        assertThat(ended.err()).doesNotContain("countersign:");
        assertThat(ended.out())
                .startsWith("--context=eu-1 -n web apply -f " + home.resolve("state"))
                .endsWith("/work/app.yaml\nreplicas: 3\n");
        String asked = server.asked("POST /asks").getFirst().body();
        assertThat(Json.text(Json.parse(asked), "action")).isEqualTo("manifest.apply");
        assertThat(Json.text(Json.parse(asked), "resource", "type")).isEqualTo("cluster");
        assertThat(Json.text(Json.parse(asked), "resource", "id")).isEqualTo("eu-1");
        assertThat(Json.text(Json.parse(asked), "resource", "attributes", "namespace"))
                .isEqualTo("web");
    }

    @Test
    void explainsWithoutAServerAndRunsNothing() throws Exception {
        kubectl();
        environment.remove("COUNTERSIGN_URL");
        environment.remove("COUNTERSIGN_TOKEN");
        Ended ended = type(List.of("run", "--explain", "--", "kubectl", "scale", "deploy/api", "--replicas=3"));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out())
                .contains("cluster.scale", "cluster:eu-1", "deploy/api", "built-in kubectl.yaml:")
                .contains("kubectl --context=eu-1 --namespace=default scale deploy/api --replicas=3");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void letsNobodySayAnotherClusterThanTheCommandDoes() throws Exception {
        kubectl();
        List<String> delete = List.of("--", "kubectl", "delete", "pod", "api", "--context", "eu-1");
        assertThat(typeAbout(List.of("-R", "cluster:eu-2"), delete).err()).contains("is for cluster:eu-1, not for");
        assertThat(typeAbout(List.of("-R", "payments/production"), delete).err())
                .contains("is for cluster:eu-1, not");
        assertThat(typeAbout(List.of("--attribute", "object=pod b"), delete).err())
                .contains("object is `pod api` as the command says");
        assertThat(typeAbout(List.of("-a", "a.b", "-R", "cluster:eu-1", "--map", "x"), delete)
                        .err())
                .contains("--map and --action both");
        assertThat(typeAbout(List.of(), List.of("--", "./deploy.sh")).err()).contains("nothing says on which cluster");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void readsNoFolderThatIsNotTheCopy() throws Exception {
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/a.txt"), "a\n");
        String whole = home.resolve("conf").toString();
        assertThat(run("--file", whole, "--", "./deploy.sh", whole).err()).contains("would read the folder");
        assertThat(run("--file", "conf", "--chdir", ".", "--", "./deploy.sh", "conf")
                        .err())
                .contains("would read the folder");
    }

    private Ended typeAbout(List<String> about, List<String> command) {
        List<String> words = new ArrayList<>(List.of("run", "-r", "because"));
        words.addAll(about);
        words.addAll(command);
        return type(words);
    }

    /** A kubectl that says its words and shows the file it is given, and a kubeconfig. */
    private void kubectl() throws IOException {
        Files.createDirectories(home.resolve("bin"));
        write("bin/kubectl", "#!/bin/sh\necho \"$*\"\nfor word; do last=$word; done\n/bin/cat \"$last\"\n");
        Files.createDirectories(home.resolve(".kube"));
        Files.writeString(home.resolve(".kube/config"), "current-context: eu-1\n");
        environment.put("PATH", home.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", home.toString());
    }

    private void held(String then) {
        server.on("POST /asks", """
                {"decision":"hold","request":{"number":"AR-7"}}""");
        server.on("GET /requests/AR-7", """
                {"number":"AR-7","state":"%s"}""".formatted(then));
        takeOutcomes();
    }

    /** Takes every outcome there is. */
    private void takeOutcomes() {
        server.onAny("POST /executions/", asked -> Said.json(200, "{}"));
    }

    private List<String> outcomes() {
        return server.asked().stream()
                .filter(asked -> asked.path().startsWith("/executions/"))
                .map(Asked::body)
                .toList();
    }

    private List<Path> snapshots() throws IOException {
        try (Stream<Path> inside = Files.list(home.resolve("state/countersign/runs"))) {
            return inside.filter(Files::isDirectory).toList();
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = Files.writeString(home.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(String... more) throws Exception {
        List<String> words = new ArrayList<>(ABOUT);
        words.addAll(List.of(more));
        return type(words);
    }

    private Ended resume() throws Exception {
        return type(List.of("run", "--resume", "AR-7", "--timeout", "PT0S"));
    }

    private Ended type(List<String> words) {
        Keyboard keyboard = new Keyboard(home);
        environment.forEach(keyboard::with);
        Keyboard.Typed typed = keyboard.typeWithInput("typed ahead\n", words.toArray(String[]::new));
        return new Ended(typed.exitCode(), typed.out(), typed.err());
    }

    /** As a process of its own. */
    private Ended spawn(String... more) throws Exception {
        List<String> words = new ArrayList<>(ABOUT);
        words.addAll(List.of(more));
        Path out = Files.createTempFile(home, "out", "");
        Path err = Files.createTempFile(home, "err", "");
        Process process = builder(words)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.outputWriter(StandardCharsets.UTF_8).append("typed ahead\n").close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return ended;
    }

    private Process start(String... more) throws IOException {
        List<String> words = new ArrayList<>(ABOUT);
        words.addAll(List.of(more));
        return builder(words).redirectError(Redirect.DISCARD).start();
    }

    private ProcessBuilder builder(List<String> words) {
        List<String> whole = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                "io.countersign.cli.Countersign"));
        whole.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(whole).directory(new File(home.toString()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
