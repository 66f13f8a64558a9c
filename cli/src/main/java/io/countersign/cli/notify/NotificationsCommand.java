package io.countersign.cli.notify;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Screen;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who is told of emergencies besides the security managers, and what became of it. */
@Command(
        name = "notifications",
        description = {
            "Who is told of emergencies: security managers by mail, and further addresses and webhooks.",
            "It cannot be switched off; every change of it stands out in the log and is told to the others."
        })
public final class NotificationsCommand {

    private static final String DESTINATIONS = "/notification-destinations";
    private static final String DELIVERIES = "/notification-deliveries";

    private final Invocation invocation;

    public NotificationsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(
            name = "audience",
            description = {
                "Say who is told, and whether that works.",
                "Ends with 0 when somebody is reached, 8 when nobody is."
            })
    int audience() {
        JsonNode audience = invocation.server().get("/notification-audience");
        boolean reached = audience.path("reached").asBoolean();
        boolean mail = audience.path("mailGiven").asBoolean();
        invocation.data(audience, () -> {
            Screen screen = invocation.screen();
            audience.path("securityManagers")
                    .forEach(manager -> screen.print(Json.text(manager, "handle") + "  security manager"
                            + (manager.path("reached").asBoolean() ? ", by mail" : ", not reached by mail")));
            audience.path("destinations")
                    .forEach(destination -> screen.print(Json.text(destination, "name") + "  "
                            + Json.text(destination, "means") + ", " + standing(destination, mail)));
            if (!reached) {
                screen.say("Nobody would be told: " + Json.text(audience, "lack") + ".");
            }
        });
        return reached ? ExitCode.DONE : ExitCode.FOUND;
    }

    private static String standing(JsonNode destination, boolean mail) {
        return !mail && Json.text(destination, "means").equals("email")
                ? "not reached: there is no mail server"
                : Json.text(destination, "state");
    }

    @Command(name = "list", description = "List the destinations.")
    int list() {
        invocation.list(
                invocation.server().items(DESTINATIONS, 100),
                "No destinations.",
                List.of("ID", "NAME", "MEANS", "ADDRESS", "STATE", "WHY"),
                destination -> Details.row(
                        destination, invocation.when(), "id", "name", "means", "address", "state", "disabledWhy"));
        return ExitCode.DONE;
    }

    @Command(
            name = "add",
            description = {
                "Tell emergencies to an e-mail address or a webhook too.",
                "A webhook's secret is written to standard output, this once."
            })
    int add(
            @Parameters(paramLabel = "NAME", description = "what people call it") String name,
            @Parameters(paramLabel = "ADDRESS", description = "an e-mail address, or the https URL of a webhook")
                    String address) {
        String means = address.contains("://") ? "webhook" : "email";
        ObjectNode body = Json.object().put("means", means).put("name", name).put("address", address);
        return secret(invocation
                .server()
                .send(Call.post(DESTINATIONS, body, invocation.key()))
                .body());
    }

    @Command(name = "rotate", description = "Draw a new secret for a webhook; for 24 hours both sign.")
    int rotate(@Parameters(paramLabel = "ID", description = "the destination's id") String id) {
        return secret(post(id, "secret-rotation"));
    }

    private int secret(JsonNode destination) {
        invocation.data(destination, () -> {
            Screen screen = invocation.screen();
            String secret = Json.text(destination, "secret");
            if (secret.isEmpty()) {
                screen.print(Json.text(destination, "id"));
            } else {
                screen.print(secret);
                screen.say("This is the only time the secret is shown. Give it to the receiver.");
            }
            screen.next("countersign notifications test " + Json.text(destination, "id"), "to see whether it arrives");
        });
        return ExitCode.DONE;
    }

    @Command(
            name = "test",
            description = {
                "Send a test now, and say what became of it.",
                "Ends with 0 when it arrived, 1 when it did not."
            })
    int test(@Parameters(paramLabel = "ID", description = "the destination's id") String id) {
        JsonNode test = post(id, "tests");
        boolean delivered = test.path("delivered").asBoolean();
        invocation.data(
                test,
                () -> invocation
                        .screen()
                        .say((delivered ? "Arrived: " : "Did not arrive: ") + Json.text(test, "result") + "."));
        return delivered ? ExitCode.DONE : ExitCode.ERROR;
    }

    @Command(name = "enable", description = "Tell a destination again that was disabled because it failed.")
    int enable(@Parameters(paramLabel = "ID", description = "the destination's id") String id) {
        JsonNode enabled = post(id, "activation");
        invocation.data(enabled, () -> invocation.screen().say("Told again."));
        return ExitCode.DONE;
    }

    @Command(name = "remove", description = "Tell a destination nothing more; the others are told that.")
    int remove(@Parameters(paramLabel = "ID", description = "the destination's id") String id) {
        invocation.questions().sure("Tell emergencies to " + id + " no longer?");
        invocation.server().send(Call.delete(Call.path("notification-destinations", id)));
        invocation.done(Json.object().put("removed", id), "Removed.");
        return ExitCode.DONE;
    }

    @Command(name = "deliveries", description = "What was told to whom, the latest first.")
    int deliveries(
            @Option(
                            names = "--state",
                            defaultValue = "",
                            paramLabel = "STATE",
                            description = "pending, delivered or failed")
                    String state,
            @Option(
                            names = "--recipient",
                            defaultValue = "",
                            paramLabel = "ID",
                            description = "a destination or person")
                    String recipient,
            @Option(names = "--limit", defaultValue = "50", paramLabel = "N", description = "at most so many")
                    int limit) {
        invocation.list(
                invocation.server().items(Call.query(DELIVERIES, "state", state, "recipient", recipient), limit),
                "No deliveries.",
                List.of("ID", "ABOUT", "ENTRY", "RECIPIENT", "STATE", "ATTEMPTS", "LAST ERROR"),
                delivery -> Details.row(
                        delivery,
                        invocation.when(),
                        "id",
                        "about",
                        "leafIndex",
                        "recipientId",
                        "state",
                        "attempts",
                        "lastError"));
        return ExitCode.DONE;
    }

    @Command(name = "retry", description = "Try again what was given up.")
    int retry(@Parameters(paramLabel = "ID", description = "the delivery's id") String id) {
        JsonNode delivery = invocation
                .server()
                .send(Call.post(Call.path("notification-deliveries", id, "retry"), Json.object(), invocation.key()))
                .body();
        invocation.data(delivery, () -> invocation.screen().say("It is tried again."));
        return ExitCode.DONE;
    }

    private JsonNode post(String id, String what) {
        return invocation
                .server()
                .send(Call.post(Call.path("notification-destinations", id, what), Json.object(), invocation.key()))
                .body();
    }
}
