package io.countersign.cli.request;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.ReasonOptions;
import io.countersign.cli.terminal.Screen;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Uses a grant for exactly what is about to be executed. */
@Command(
        name = "redeem",
        description = {
            "Use the grant for exactly this, once, right before it is executed; needed also where nothing is gated.",
            "Writes the execution id, which `countersign outcome` wants. Ends with 0 only when it may be executed now."
        })
public final class RedeemCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(
            arity = "0..1",
            paramLabel = "AR-n",
            description = "the approved request, which says action, resource and subject; else --action and --resource")
    private @Nullable String number;

    @Mixin
    private final ResourceOptions about = new ResourceOptions();

    @Mixin
    private final PayloadOptions payload = new PayloadOptions();

    @Mixin
    private final ReasonOptions reason = new ReasonOptions();

    @Option(
            names = "--digest",
            paramLabel = "DIGEST",
            description = "the payload's digest, where the bytes are not at hand")
    private @Nullable String digest;

    @Option(names = "--subject", paramLabel = "WHO", description = "who acts, where you redeem for somebody else")
    private @Nullable String subject;

    @Option(
            names = "--execution-id",
            paramLabel = "ID",
            description = "drawn at random if not said; say it again to have a lost answer repeated")
    private @Nullable String executionId;

    public RedeemCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ServerClient server = invocation.server();
        String execution = executionId == null ? UUID.randomUUID().toString() : executionId;
        String exactly = digest != null
                ? digest
                : payload.demand(invocation.surroundings(), "name the file with what is about to be executed")
                        .digest();
        ObjectNode body = number == null ? said() : asRequested(server, number);
        body.put("payloadDigest", exactly).put("executionId", execution);
        String why = reason.read(invocation.surroundings());
        if (why != null) {
            body.put("reason", why);
        }
        JsonNode answer =
                server.send(Call.post("/redemptions", body, invocation.key())).body();
        GateReading gate = new GateReading(answer);
        invocation.data(answer, () -> tell(gate, execution));
        return gate.exitCode();
    }

    private ObjectNode said() {
        ObjectNode body = Json.object().put("action", about.action());
        body.set("resource", about.resource());
        return subject == null ? body : body.put("subject", subject);
    }

    /** What the request names; the payload never comes from it, but from who is about to execute. */
    private ObjectNode asRequested(ServerClient server, String request) {
        if (!about.empty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "either a request or --action and --resource", "leave one of them out");
        }
        JsonNode facts = server.get(Call.path("requests", request));
        ObjectNode body = RequestWords.target(StateLabels.request(facts), subject);
        String grant = Json.text(facts, "grant", "id");
        if (grant.isEmpty()) {
            throw Bodies.noGrant(request);
        }
        return body.put("grantId", grant);
    }

    private void tell(GateReading gate, String execution) {
        Screen screen = invocation.screen();
        if (!gate.permits()) {
            gate.tell(invocation);
            return;
        }
        screen.print(execution);
        screen.say("Execute it now" + (gate.number().isEmpty() ? "" : " (" + gate.number() + ")") + "; it works once.");
        screen.next("countersign outcome " + execution + " succeeded", "or failed, when it is over");
    }
}
