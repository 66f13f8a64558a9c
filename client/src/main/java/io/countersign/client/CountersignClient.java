package io.countersign.client;

import io.countersign.client.wire.Call;
import io.countersign.client.wire.ServerClient;
import io.countersign.client.wire.ServerRefusal;
import io.countersign.client.wire.UnreachableException;
import io.countersign.client.wire.WireSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The gate, for a Java program: ask, wait for people, redeem right before executing, report how it went. One client serves
 * any number of threads, virtual ones included, and is closed when the program ends.
 *
 * <p>Every method throws {@link ServerRefusal} where the server said no to the call itself (its problem document of RFC 9457
 * tells the code, what is wrong and what to do), and {@link UnreachableException} where no answer came, or the thread was
 * interrupted. A call that got no answer was tried again before, where that does no harm.
 */
public final class CountersignClient implements AutoCloseable {

    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(200), Duration.ofMillis(800), Duration.ofSeconds(2), Duration.ofSeconds(4));
    private static final int LONGEST_TEXT = 4_000;
    private static final Verdict.Deny TOO_LATE =
            new Verdict.Deny("held", "it needs approval again, and the time is over", List.of(), "ask again");

    private final ServerClient server;
    private final RequestWatch watch;

    private CountersignClient(WireSettings settings) {
        this.server = new ServerClient(settings);
        this.watch = new RequestWatch(server);
    }

    /**
     * A client with the usual settings; nothing is sent yet.
     *
     * @param server its address, for example {@code https://countersign.example}
     * @param credential a token or a session's secret
     * @throws IllegalArgumentException when the address is none, or would carry the credential unencrypted to another machine
     */
    public static CountersignClient connect(URI server, String credential) {
        return at(server).credential(credential).connect();
    }

    /** The way to a client with other than the usual settings. */
    public static Builder at(URI server) {
        return new Builder(server);
    }

    /** Puts a client together. */
    public static final class Builder {

        private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

        private final URI server;
        private @Nullable String credential;
        private String agent = "countersign-client";
        private List<Duration> pauses = PAUSES;
        private Duration connectWithin = Duration.ofSeconds(10);
        private Duration answerWithin = Duration.ofSeconds(60);
        private int inFlight = 64;
        private boolean plainHttp;
        private Consumer<HttpClient.Builder> http = _ -> {};

        private Builder(URI server) {
            this.server = server;
        }

        /** A token or a session's secret; without one only what is public can be read. */
        public Builder credential(String secret) {
            this.credential = secret;
            return this;
        }

        /** How the program calls itself in the server's log; {@code countersign-client} unless set. */
        public Builder agent(String name) {
            this.agent = name;
            return this;
        }

        /** How long to wait before each further attempt of a call that got no answer; 0.2, 0.8, 2 and 4 s unless set. */
        public Builder pauses(List<Duration> between) {
            this.pauses = List.copyOf(between);
            return this;
        }

        /** How long a connection may take; 10 s unless set. */
        public Builder connectWithin(Duration time) {
            this.connectWithin = time;
            return this;
        }

        /** How long one attempt of a call may take; 60 s unless set. */
        public Builder answerWithin(Duration time) {
            this.answerWithin = time;
            return this;
        }

        /** How many calls may be under way at once, at least 1; 64 unless set. Further threads wait their turn. */
        public Builder inFlight(int calls) {
            this.inFlight = calls;
            return this;
        }

        /** What else is to be set on the HTTP client: a proxy, an SSL context with a CA of one's own. Redirects stay off. */
        public Builder http(Consumer<HttpClient.Builder> more) {
            this.http = more;
            return this;
        }

        /** Allows plain HTTP to another machine, for a network that is trusted. */
        public Builder allowPlainHttp() {
            this.plainHttp = true;
            return this;
        }

        /**
         * The client; nothing is sent yet.
         *
         * @throws IllegalArgumentException when the address is none, or would carry the credential unencrypted elsewhere
         */
        public CountersignClient connect() {
            return new CountersignClient(new WireSettings(
                    address(), credential, agent, pauses, connectWithin, answerWithin, inFlight, http));
        }

        private URI address() {
            String scheme = server.getScheme() == null ? "" : server.getScheme().toLowerCase(Locale.ROOT);
            String host = server.getHost();
            if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw new IllegalArgumentException(
                        "`" + server + "` is no address of a server; one is https://countersign.example");
            }
            if (scheme.equals("http") && !THIS_MACHINE.contains(host) && !plainHttp) {
                throw new IllegalArgumentException("the credential would travel to " + host
                        + " for everybody to read: use https, or allowPlainHttp inside a network you trust");
            }
            String text = server.toString();
            return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : server;
        }
    }

    /** What the gate would answer; nothing is opened, written or spent. */
    public Verdict check(Intent intent) {
        return decide("/checks", WireForms.ask(intent, true));
    }

    /**
     * Asks to do it. Where approval is needed a request is opened, or the one that is open for exactly this already is
     * answered; asked again after its approval, the answer is a permit.
     */
    public Verdict ask(Intent intent) {
        return decide("/asks", WireForms.ask(intent, false));
    }

    /**
     * Waits until people have decided on a request, and no longer than given. The request's own deadline ends the wait too:
     * it is expired then.
     *
     * @param number for example {@code AR-42}
     * @param longest how long at most; at most 365 days
     * @return the request as it is then: still pending only where the time was over
     * @throws InterruptedException when the thread is interrupted; the request goes on
     */
    public RequestStatus waitFor(String number, Duration longest) throws InterruptedException {
        return watch.until(number, longest);
    }

    /** How a request stands. */
    public RequestStatus status(String number) {
        return WireForms.status(server.get(Call.path("requests", number)));
    }

    /** Redeems for an execution of its own, whose id is in the permit; right before executing. */
    public Verdict redeem(Intent intent) {
        return redeem(intent, newExecutionId());
    }

    /**
     * Redeems for this execution: spends the grant for exactly this intent, or notes that nothing gates it. Tried again with
     * the same id, by the same caller, it answers the same until the outcome is reported.
     *
     * @param executionId from {@link #newExecutionId}, kept by the process that executes
     * @return a permit: execute now, once; a hold: more people must approve first; or a denial
     */
    public Verdict redeem(Intent intent, String executionId) {
        return decide("/redemptions", WireForms.redemption(intent, executionId));
    }

    /**
     * The same with this grant and no other: what stands against it is a {@link ServerRefusal} that says so, for example
     * {@code already-redeemed}, {@code grant-expired} or {@code payload-changed}.
     */
    public Verdict redeem(Intent intent, String executionId, String grantId) {
        return decide("/redemptions", WireForms.redemption(intent, executionId).put("grantId", grantId));
    }

    /** An id for one execution, drawn at random. */
    public static String newExecutionId() {
        return UUID.randomUUID().toString();
    }

    /** Reports how an execution ended; the first report stands, and the same one again is no mistake. */
    public void reportOutcome(String executionId, ExecutionReport report) {
        try {
            server.send(Call.post(Call.path("executions", executionId, "outcome"), WireForms.report(report), key()));
        } catch (ServerRefusal refusal) {
            if (!refusal.problem().reportedAlready(report.result())) {
                throw refusal;
            }
        }
    }

    /**
     * Does something exactly if and when it is permitted: asks, waits for people, redeems, runs it, reports how it went. A
     * program that was stopped meanwhile calls this again with the same intent and takes up the same request.
     *
     * @param longest how long to wait for people at most
     * @param work run once, right after the redemption; its failure is reported as such and thrown on
     * @throws NotPermittedException when it is denied, or not approved in time; nothing was run then
     * @throws InterruptedException when interrupted while waiting; the request goes on
     * @throws Exception what the work threw
     */
    public <T extends @Nullable Object> Done<T> guard(Intent intent, Duration longest, Callable<T> work)
            throws Exception {
        long end = System.nanoTime() + longest.toNanos();
        Verdict verdict = ask(intent);
        while (true) {
            switch (verdict) {
                case Verdict.Deny deny -> throw new NotPermittedException(deny);
                case Verdict.Permit permit -> {
                    if (permit.executionId().isPresent()) {
                        return run(permit, permit.executionId().get(), work);
                    }
                    verdict = redeem(intent);
                }
                case Verdict.Hold hold -> verdict = goOn(intent, hold, end);
            }
        }
    }

    /** Redeems once people have approved; a redemption that no request stood for begins with a new ask. */
    private Verdict goOn(Intent intent, Verdict.Hold hold, long end) throws InterruptedException {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (hold.request().isEmpty()) {
            return left.isNegative() ? TOO_LATE : ask(intent);
        }
        RequestStatus status = waitFor(hold.request().get().number(), left);
        if (!status.approved()) {
            throw new NotPermittedException(status);
        }
        return redeem(intent);
    }

    private <T extends @Nullable Object> Done<T> run(Verdict.Permit permit, String executionId, Callable<T> work)
            throws Exception {
        Optional<String> number = permit.request().map(Verdict.RequestReference::number);
        T value;
        try {
            value = work.call();
        } catch (Throwable failure) {
            tell(executionId, ExecutionReport.failed(words(failure)), failure);
            throw failure;
        }
        return new Done<>(value, executionId, number, tell(executionId, ExecutionReport.succeeded(), null));
    }

    /** Whether the report arrived; what was done is not undone by a report that did not. */
    private boolean tell(String executionId, ExecutionReport report, @Nullable Throwable failure) {
        boolean interrupted = Thread.interrupted();
        try {
            reportOutcome(executionId, report);
            return true;
        } catch (ServerRefusal | UnreachableException lost) {
            if (failure != null) {
                failure.addSuppressed(lost);
            }
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The kind of failure and no more: a message may hold what is not for the log. */
    private static String words(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return name.length() <= LONGEST_TEXT ? name : name.substring(0, LONGEST_TEXT);
    }

    /**
     * A grant as a signed document, to be checked later or elsewhere by {@link GrantDocuments}; the same text every time.
     *
     * @param grantId from the permit or the request
     */
    public String grantDocument(String grantId) {
        return new String(server.bytes(Call.path("grants", grantId, "document")), StandardCharsets.US_ASCII);
    }

    /** The organization's keys, to check grants with; to be kept as long as nobody was compromised. */
    public KeySet keys() {
        return KeySet.ofOrganization(server.get("/signing-keys"));
    }

    /** The way to everything else the server can do. */
    public ServerClient server() {
        return server;
    }

    private Verdict decide(String path, ObjectNode body) {
        try {
            return WireForms.verdict(server.send(Call.post(path, body, key())).body());
        } catch (ServerRefusal refusal) {
            return WireForms.denial(refusal);
        }
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    /** How many threads wait for requests. */
    int waiting() {
        return watch.size();
    }

    /** Ends the stream of events and lets the connections go; whoever still waits fails. */
    @Override
    public void close() {
        server.close();
        watch.close();
    }
}
