import io.countersign.client.CountersignClient;
import io.countersign.client.ExecutionReport;
import io.countersign.client.GrantDocuments;
import io.countersign.client.GrantNotProvenException;
import io.countersign.client.GrantProof;
import io.countersign.client.Intent;
import io.countersign.client.KeySet;
import io.countersign.client.RequestStatus;
import io.countersign.client.ResourceName;
import io.countersign.client.Verdict;
import io.countersign.client.wire.ServerRefusal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A Java program at the packaged server: asks, is held, waits in a hundred threads until people have approved it, redeems,
 * reports, is refused a second time, and checks the grant's document with the published keys alone.
 */
public class JavaClient {

    private static final Intent DEPLOY = Intent.to(
                    "release.deploy", ResourceName.environment("payments/production").fromTo("v41", "v42"))
            .because("the customers wait for it")
            .withPayload("replicas: 3");

    public static void main(String[] arguments) throws Exception {
        URI server = URI.create(System.getenv("COUNTERSIGN_URL"));
        try (CountersignClient client = CountersignClient.connect(server, System.getenv("COUNTERSIGN_TOKEN"))) {
            Verdict.Hold hold = (Verdict.Hold) client.ask(DEPLOY);
            String number = hold.request().orElseThrow().number();
            holds(client.check(DEPLOY) instanceof Verdict.Hold, "a check says what the ask said");
            System.out.println("held " + number);

            for (RequestStatus status : waitInThreads(client, number, 100)) {
                holds(status.approved(), "everybody who waited hears of the approval");
            }
            String grant = client.status(number).grant().orElseThrow().id();
            Verdict.Permit permit = (Verdict.Permit) client.redeem(DEPLOY);
            String execution = permit.executionId().orElseThrow();
            holds(
                    ((Verdict.Permit) client.redeem(DEPLOY, execution))
                            .executionId()
                            .orElseThrow()
                            .equals(execution),
                    "a lost answer is repeated to the same execution");
            refused(client, grant, "already-redeemed");
            client.reportOutcome(execution, ExecutionReport.succeeded().link("https://ci.example/1"));
            client.reportOutcome(execution, ExecutionReport.succeeded());
            refused(client, grant, "already-redeemed");
            holds(
                    client.redeem(DEPLOY) instanceof Verdict.Hold,
                    "without a grant the same is judged anew, and held");
            holds(client.status(number).stage() == RequestStatus.Stage.EXECUTED, "the request has ended");
            System.out.println("executed " + number);

            prove(client, server, grant);
            System.out.println("proven " + number);
        }
    }

    private static List<RequestStatus> waitInThreads(CountersignClient client, String number, int many)
            throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RequestStatus>> waiting = IntStream.range(0, many)
                    .mapToObj(_ -> threads.submit(() -> client.waitFor(number, Duration.ofMinutes(5))))
                    .toList();
            List<RequestStatus> heard = new ArrayList<>();
            for (Future<RequestStatus> one : waiting) {
                heard.add(one.get());
            }
            return heard;
        }
    }

    private static void refused(CountersignClient client, String grant, String code) {
        try {
            client.redeem(DEPLOY, CountersignClient.newExecutionId(), grant);
            throw new AssertionError("a second redemption was not refused");
        } catch (ServerRefusal refusal) {
            holds(refusal.problem().code().equals(code), "the refusal is " + refusal.problem().code());
        }
    }

    private static void prove(CountersignClient client, URI server, String grant) throws Exception {
        String document = client.grantDocument(grant);
        holds(document.equals(client.grantDocument(grant)), "a grant's document does not change");
        String published = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server + "/.well-known/jwks.json")).build(),
                        BodyHandlers.ofString())
                .body();
        KeySet keys = KeySet.parse(server.toString(), published);
        GrantProof proof = GrantDocuments.verify(document, keys, Instant.now(), DEPLOY);
        holds(
                proof.approvals().stream().map(GrantProof.Approval::handle).sorted().toList().equals(List.of("bob", "dave")),
                "the document names who approved: " + proof);
        holds(proof.equals(GrantDocuments.verify(document, client.keys(), Instant.now(), DEPLOY)), "all keys agree");

        int middle = document.indexOf('.') + 40;
        char other = document.charAt(middle) == 'A' ? 'B' : 'A';
        unproven("bad-signature", document.substring(0, middle) + other + document.substring(middle + 1), keys, DEPLOY);
        unproven("other-payload", document, keys, DEPLOY.withPayload("replicas: 30"));
    }

    private static void unproven(String code, String document, KeySet keys, Intent intent) {
        try {
            GrantDocuments.verify(document, keys, Instant.now(), intent);
            throw new AssertionError("it was believed: " + code);
        } catch (GrantNotProvenException no) {
            holds(no.code().equals(code), "it is refused as " + code + ", not " + no.code());
        }
    }

    private static void holds(boolean condition, String sentence) {
        if (!condition) {
            throw new AssertionError("does not hold: " + sentence);
        }
    }
}
