package io.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.client.LoopbackGate.Called;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerRefusal;
import io.countersign.client.wire.UnreachableException;
import io.countersign.core.action.PayloadDigest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a Java program gets from the gate, over real HTTP. */
class CountersignClientTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Intent DEPLOY = Intent.to(
                    "release.deploy",
                    ResourceName.environment("payments/production")
                            .fromTo("v41", "v42")
                            .attribute("namespace", "web"))
            .because("the customers wait for it")
            .withPayload("replicas: 3");

    private final LoopbackGate gate = new LoopbackGate();
    private final CountersignClient client = connect();

    private CountersignClient connect() {
        return CountersignClient.at(gate.url())
                .credential("cs_t_secret")
                .pauses(List.of(Duration.ofMillis(20), Duration.ofMillis(20)))
                .connect();
    }

    @AfterEach
    void hangUp() {
        client.close();
        gate.close();
    }

    private static String number(Verdict verdict) {
        return ((Verdict.Hold) verdict).request().orElseThrow().number();
    }

    @Test
    void saysWhatIsMeantWordForWord() {
        client.ask(DEPLOY.writtenBy(List.of("@ann")));
        Called ask = gate.calls("POST /asks").getFirst();
        assertThat(Json.compact(ask.body()))
                .isEqualTo("{\"action\":\"release.deploy\",\"resource\":{\"type\":\"environment\","
                        + "\"id\":\"payments/production\",\"from\":\"v41\",\"to\":\"v42\",\"attributes\":{\"namespace\":\"web\"}},"
                        + "\"reason\":\"the customers wait for it\",\"payload\":{\"mediaType\":\"text/plain\","
                        + "\"base64\":\"cmVwbGljYXM6IDM=\"},\"authors\":[\"@ann\"]}");
        assertThat(ask.headers()).containsEntry("Authorization", "Bearer cs_t_secret");
        assertThat(ask.headers().get("Idempotency-key")).isNotBlank();
    }

    @Test
    void asksWaitsRedeemsAndReports() throws InterruptedException {
        Verdict held = client.ask(DEPLOY);
        assertThat(held).isInstanceOfSatisfying(Verdict.Hold.class, hold -> {
            assertThat(hold.requirements()).containsExactly(new Verdict.Requirement("two of sre", 2));
            Verdict.RequestReference request = hold.request().orElseThrow();
            assertThat(request.link()).endsWith(request.number());
        });
        String number = number(held);
        Thread.ofVirtual().start(() -> gate.decide(number, "approved"));
        RequestStatus status = client.waitFor(number, LONG);
        assertThat(status.approved()).isTrue();
        assertThat(status.grant().orElseThrow().id()).isEqualTo("grt_1");

        String executionId =
                ((Verdict.Permit) client.redeem(DEPLOY)).executionId().orElseThrow();
        client.reportOutcome(executionId, ExecutionReport.succeeded().link("https://ci/1"));
        Called redemption = gate.calls("POST /redemptions").getFirst();
        assertThat(Json.text(redemption.body(), "payloadDigest"))
                .isEqualTo(PayloadDigest.of("replicas: 3".getBytes(StandardCharsets.UTF_8))
                        .value());
        assertThat(Json.text(redemption.body(), "executionId")).isEqualTo(executionId);
        Called report =
                gate.calls("POST /executions/" + executionId + "/outcome").getFirst();
        assertThat(Json.compact(report.body())).isEqualTo("{\"result\":\"succeeded\",\"link\":\"https://ci/1\"}");
    }

    @Test
    void checksWithoutSendingTheBytes() {
        assertThat(client.check(DEPLOY)).isInstanceOf(Verdict.Hold.class);
        assertThat(gate.calls("POST /checks").getFirst().body().has("payload")).isFalse();
        assertThat(Json.text(gate.calls("POST /checks").getFirst().body(), "payloadDigest"))
                .isEqualTo(DEPLOY.payloadDigest().value());
    }

    @Test
    void answersADenialAsAValue() {
        gate.problem("POST /asks", 422, "policy-violations", "say why");
        assertThat(client.ask(DEPLOY)).isInstanceOfSatisfying(Verdict.Deny.class, deny -> {
            assertThat(deny.code()).isEqualTo("policy-violations");
            assertThat(deny.violations().getFirst().code()).isEqualTo("reason-required");
            assertThat(deny.remedy()).isEqualTo("do something about it");
        });
        gate.says("POST /checks", 200, """
                {"decision":"deny","violations":[{"code":"environment-frozen","message":"frozen","remedy":"unfreeze it"}]}
                """);
        assertThat(client.check(DEPLOY))
                .isInstanceOfSatisfying(
                        Verdict.Deny.class, deny -> assertThat(deny.sentence()).isEqualTo("frozen"));
    }

    @Test
    void throwsEveryOtherRefusalWithWhatTheServerSaid() {
        gate.problem("POST /asks", 403, "permission-missing", "this needs ask");
        assertThatThrownBy(() -> client.ask(DEPLOY)).isInstanceOfSatisfying(ServerRefusal.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo("permission-missing");
            assertThat(refused.problem().violations().getFirst().field()).isEqualTo("reason");
            assertThat(refused.problem().remedy()).isEqualTo("do something about it");
            assertThat(refused.problem().requestId()).isEqualTo("call_1");
        });
    }

    @Test
    void neverTakesAnAnswerItDoesNotKnowForAPermit() {
        gate.says("POST /redemptions", 200, "{\"decision\":\"perhaps\"}");
        assertThatThrownBy(() -> client.redeem(DEPLOY)).isInstanceOf(IllegalStateException.class);
        gate.says("GET /requests/AR-9", 200, "{\"number\":\"AR-9\",\"state\":\"blessed\"}");
        assertThat(client.status("AR-9").stage()).isEqualTo(RequestStatus.Stage.UNKNOWN);
        assertThat(client.status("AR-9").approved()).isFalse();
    }

    @Test
    void triesALostCallAgainAsTheSameCall() {
        gate.ungated().drop(2);
        Verdict.Permit permit = (Verdict.Permit) client.redeem(DEPLOY);
        List<Called> tried = gate.calls("POST /redemptions");
        assertThat(tried).hasSize(3);
        assertThat(tried.stream().map(call -> Json.text(call.body(), "executionId")))
                .containsOnly(permit.executionId().orElseThrow());
        assertThat(tried.stream()
                        .map(call -> call.headers().get("Idempotency-key"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void saysThatNobodyAnsweredWhenNobodyDid() throws IOException {
        gate.drop(99);
        assertThatThrownBy(() -> client.ask(DEPLOY)).isInstanceOf(UnreachableException.class);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (CountersignClient nowhere = CountersignClient.at(URI.create("http://127.0.0.1:" + port))
                .credential("x")
                .pauses(List.of())
                .connect()) {
            assertThatThrownBy(() -> nowhere.ask(DEPLOY)).isInstanceOf(UnreachableException.class);
        }
    }

    @Test
    void takesTheSameReportAgainForNoMistake() {
        gate.says(
                "POST /executions/e-1/outcome",
                409,
                "{\"title\":\"x\",\"status\":409,\"code\":\"already-reported\",\"outcome\":\"succeeded\"}");
        client.reportOutcome("e-1", ExecutionReport.succeeded());
        assertThatThrownBy(() -> client.reportOutcome("e-1", ExecutionReport.failed("no")))
                .isInstanceOf(ServerRefusal.class);
    }

    @Test
    void guardsSomethingThatPeopleApprove() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Thread.ofVirtual().start(() -> approveWhenAsked());
        Done<String> done = client.guard(DEPLOY, LONG, () -> "run " + runs.incrementAndGet());
        assertThat(done.value()).isEqualTo("run 1");
        assertThat(done.requestNumber()).contains("AR-1");
        assertThat(done.reported()).isTrue();
        assertThat(gate.calls("POST /executions/" + done.executionId() + "/outcome"))
                .hasSize(1);
    }

    private void approveWhenAsked() {
        try {
            while (gate.calls("GET /requests/AR-1").isEmpty()) {
                Thread.sleep(5);
            }
            gate.decide("AR-1", "approved");
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void asksAgainWhereARedemptionIsHeldByNoRequest() throws Exception {
        gate.quietly("AR-1", "approved");
        gate.says("POST /asks", 200, "{\"decision\":\"permit\",\"basis\":\"grant\"}");
        gate.says("POST /redemptions", 200, "{\"decision\":\"hold\"}");
        Thread.ofVirtual().start(() -> {
            while (gate.calls("POST /asks").size() < 2) {
                Thread.onSpinWait();
            }
            gate.forget("POST /redemptions");
        });
        assertThat(client.guard(DEPLOY, LONG, () -> 42).value()).isEqualTo(42);
        gate.says("POST /redemptions", 200, "{\"decision\":\"hold\"}");
        assertThatThrownBy(() -> client.guard(DEPLOY, Duration.ZERO, () -> 42))
                .isInstanceOf(NotPermittedException.class)
                .hasMessageContaining("approval again");
    }

    @Test
    void redeemsTheGrantItNames() {
        gate.ungated();
        client.redeem(DEPLOY, "0123456789abcdef", "grt_7");
        assertThat(Json.text(gate.calls("POST /redemptions").getFirst().body(), "grantId"))
                .isEqualTo("grt_7");
    }

    @Test
    void guardsSomethingThatNothingGatesInTwoCalls() throws Exception {
        gate.ungated();
        assertThat(client.guard(DEPLOY, LONG, () -> 42).value()).isEqualTo(42);
        assertThat(gate.calls("POST /asks")).hasSize(1);
        assertThat(gate.calls("POST /redemptions")).hasSize(1);
    }

    @Test
    void runsNothingThatIsDenied() {
        AtomicInteger runs = new AtomicInteger();
        gate.problem("POST /asks", 409, "executing", "the same is executing");
        assertThatThrownBy(() -> client.guard(DEPLOY, LONG, runs::incrementAndGet))
                .isInstanceOfSatisfying(
                        NotPermittedException.class,
                        no -> assertThat(no.denial().orElseThrow().code()).isEqualTo("executing"));
        assertThat(runs).hasValue(0);
    }

    @Test
    void runsNothingThatPeopleReject() {
        AtomicInteger runs = new AtomicInteger();
        client.ask(DEPLOY);
        gate.decide("AR-1", "denied");
        gate.says("POST /asks", 201, "{\"decision\":\"hold\",\"request\":{\"number\":\"AR-1\"}}");
        assertThatThrownBy(() -> client.guard(DEPLOY, LONG, runs::incrementAndGet))
                .isInstanceOfSatisfying(
                        NotPermittedException.class,
                        no -> assertThat(no.status().orElseThrow().stage()).isEqualTo(RequestStatus.Stage.DENIED))
                .hasMessage("AR-1 is denied");
        assertThatThrownBy(() -> {
                    gate.quietly("AR-1", "pending");
                    client.guard(DEPLOY, Duration.ofMillis(50), runs::incrementAndGet);
                })
                .isInstanceOf(NotPermittedException.class)
                .hasMessage("AR-1 is pending");
        assertThat(runs).hasValue(0);
    }

    @Test
    void reportsAFailureByItsKindAlone() {
        gate.ungated();
        assertThatThrownBy(() -> client.guard(DEPLOY, LONG, () -> {
                    throw new IOException("password hunter2");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("password hunter2");
        String execution = Json.text(gate.calls("POST /redemptions").getFirst().body(), "executionId");
        assertThat(Json.compact(gate.calls("POST /executions/" + execution + "/outcome")
                        .getFirst()
                        .body()))
                .isEqualTo("{\"result\":\"failed\",\"text\":\"IOException\"}");
    }

    @Test
    void keepsWhatWasDoneWhenItsReportIsLost() throws Exception {
        gate.ungated();
        Done<Integer> done = client.guard(DEPLOY, LONG, () -> {
            gate.drop(99);
            return 42;
        });
        assertThat(done.value()).isEqualTo(42);
        assertThat(done.reported()).isFalse();
        gate.drop(0);
        client.reportOutcome(done.executionId(), ExecutionReport.succeeded());
    }

    @Test
    void waitsNoLongerThanItMay() throws InterruptedException {
        String number = number(client.ask(DEPLOY));
        assertThat(client.waitFor(number, Duration.ofMillis(100)).stage()).isEqualTo(RequestStatus.Stage.PENDING);
    }

    @Test
    void waitsWithoutAStreamWhereThereIsNone() throws InterruptedException {
        gate.problem("GET /events", 403, "permission-missing", "this needs to read");
        String number = number(client.ask(DEPLOY));
        Thread.ofVirtual().start(() -> {
            while (gate.calls("GET /requests/" + number).isEmpty()) {
                Thread.onSpinWait();
            }
            gate.quietly(number, "approved");
        });
        assertThat(client.waitFor(number, LONG).approved()).isTrue();
    }

    @Test
    void waitsOnWhileTheServerIsAway() throws InterruptedException {
        gate.says("GET /events", 503, "");
        String number = number(client.ask(DEPLOY));
        Thread.ofVirtual().start(() -> {
            while (gate.calls("GET /requests/" + number).isEmpty()) {
                Thread.onSpinWait();
            }
            gate.drop(4);
            gate.quietly(number, "approved");
        });
        assertThat(client.waitFor(number, LONG).approved()).isTrue();
    }

    @Test
    void failsAtOnceOnARequestThatIsNotThere() {
        assertThatThrownBy(() -> client.waitFor("AR-404", LONG)).isInstanceOf(ServerRefusal.class);
        assertThat(client.waiting()).isZero();
    }

    @Test
    void anInterruptEndsAWait() throws InterruptedException {
        String number = number(client.ask(DEPLOY));
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                client.waitFor(number, LONG);
            } catch (InterruptedException | RuntimeException end) {
                ended.set(end);
            }
        });
        while (client.waiting() == 0 || gate.streamsOpened() == 0) {
            Thread.sleep(5);
        }
        waiter.interrupt();
        waiter.join();
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertThat(client.waiting()).isZero();
    }

    @Test
    void closingTheClientEndsEveryWait() throws InterruptedException {
        String number = number(client.ask(DEPLOY));
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                client.waitFor(number, LONG);
            } catch (InterruptedException | RuntimeException end) {
                ended.set(end);
            }
        });
        while (gate.calls("GET /requests/" + number).size() < 2) {
            Thread.sleep(5);
        }
        client.close();
        waiter.join();
        assertThat(ended.get()).isInstanceOf(UnreachableException.class);
    }

    @Test
    void aThousandThreadsWaitOverOneStream() throws InterruptedException {
        int many = 1_000;
        CountDownLatch over = new CountDownLatch(many);
        AtomicInteger approved = new AtomicInteger();
        for (int i = 1; i <= many; i++) {
            String number = "AR-" + i;
            gate.quietly(number, "pending");
            Thread.ofVirtual().start(() -> {
                try {
                    approved.addAndGet(client.waitFor(number, LONG).approved() ? 1 : 0);
                } catch (InterruptedException | RuntimeException failed) {
                    throw new AssertionError(failed);
                } finally {
                    over.countDown();
                }
            });
        }
        while (client.waiting() < many || gate.streamsOpened() == 0) {
            Thread.sleep(5);
        }
        assertThat(client.check(DEPLOY)).as("others get their turn").isInstanceOf(Verdict.Hold.class);
        assertThat(over.getCount()).isEqualTo(many);
        for (int i = 1; i <= many; i++) {
            gate.decide("AR-" + i, "approved");
        }
        over.await();
        assertThat(approved).hasValue(many);
        assertThat(gate.streamsOpened()).isEqualTo(1);
        assertThat(gate.mostAtOnce()).isLessThanOrEqualTo(64);
        assertThat(client.waiting()).isZero();
        while (gate.openStreams() > 0) {
            Thread.sleep(5);
        }
    }

    @Test
    void sendsNoSecretUnencryptedToAnotherMachine() {
        URI elsewhere = URI.create("http://countersign.example");
        assertThatThrownBy(() -> CountersignClient.connect(elsewhere, "secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        CountersignClient.at(elsewhere).allowPlainHttp().connect().close();
        CountersignClient.connect(URI.create("https://countersign.example/"), "secret")
                .close();
        assertThatThrownBy(() -> CountersignClient.connect(URI.create("countersign.example"), "secret"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void followsNoRedirect() {
        gate.says("POST /asks", 302, "");
        assertThatThrownBy(() -> client.ask(DEPLOY)).isInstanceOf(ServerRefusal.class);
        assertThat(gate.calls("POST /asks")).hasSize(1);
    }
}
