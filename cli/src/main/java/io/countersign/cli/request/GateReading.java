package io.countersign.cli.request;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.Remedies;
import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Json;
import tools.jackson.databind.JsonNode;

/**
 * What the gate answered to an ask, a check or a redemption: permit, hold or deny.
 *
 * @param body the whole answer
 */
public record GateReading(JsonNode body) {

    public boolean permits() {
        return decision().equals("permit");
    }

    public boolean holds() {
        return decision().equals("hold");
    }

    /** Whether it passes by a break-glass session and not by approvals. */
    public boolean bypasses() {
        return Json.text(body, "basis").equals("break-glass");
    }

    /** The number of the request it is about, such as {@code AR-12}, or empty. */
    public String number() {
        String inside = Json.text(body, "request", "number");
        return inside.isEmpty() ? Json.text(body, "requestNumber") : inside;
    }

    /** Done when permitted, denied when denied; a hold is undecided, so that a script never goes on by mistake. */
    public int exitCode() {
        return switch (decision()) {
            case "permit" -> ExitCode.DONE;
            case "deny" -> ExitCode.DENIED;
            default -> ExitCode.UNDECIDED;
        };
    }

    /** One line of data; whom to turn to goes to standard error. */
    public void tell(Invocation invocation) {
        decided(invocation);
        if (holds()) {
            requirements(invocation);
        }
    }

    /** The same, with how the request that holds it stands: what is missing, and who could close it. */
    public void tell(Invocation invocation, JsonNode request) {
        decided(invocation);
        Screen screen = invocation.screen();
        for (JsonNode requirement : Json.list(request, "requirements")) {
            RequirementLines.print(requirement, screen::say, screen);
        }
    }

    private void decided(Invocation invocation) {
        Screen screen = invocation.screen();
        String basis = Json.text(body, "basis");
        screen.print(Text.of(style(), decision())
                .and(basis.isEmpty() ? "" : " " + basis)
                .and(number().isEmpty() ? "" : " " + number()));
        for (JsonNode violation : Json.list(body, "violations")) {
            screen.say("  - " + Json.text(violation, "message"));
            String remedy = Remedies.TYPED.of(Json.text(violation, "code"), Json.text(violation, "remedy"));
            if (!remedy.isEmpty()) {
                screen.say(Text.of(Style.DIM, "    remedy: ").and(remedy));
            }
        }
        if (holds()) {
            Json.instant(body, "request", "deadline")
                    .ifPresent(end -> screen.say(
                            "It waits for approval until " + invocation.when().end(end) + "."));
        }
    }

    private void requirements(Invocation invocation) {
        for (JsonNode requirement : Json.list(body, "requirements")) {
            String approvals = Json.text(requirement, "minApprovals");
            invocation
                    .screen()
                    .say("  - " + Json.text(requirement, "name") + ": at least " + approvals
                            + (approvals.equals("1") ? " approval" : " approvals"));
        }
    }

    private Style style() {
        return switch (decision()) {
            case "permit" -> Style.GOOD;
            case "deny" -> Style.BAD;
            default -> Style.CAUTION;
        };
    }

    private String decision() {
        return Json.text(body, "decision");
    }
}
