package io.countersign.cli.access;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Changes one's own password. */
@Command(name = "password", description = "Change your password; your other sessions end.")
public final class PasswordCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(
            names = "--password-stdin",
            description = "read the present password and then the new one from standard input, a line each")
    private boolean passwordStdin;

    public PasswordCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String present = invocation.questions().secret("Present password: ", passwordStdin);
        String next = invocation.questions().secret("New password: ", passwordStdin);
        if (!passwordStdin
                && !invocation.questions().secret("Once more: ", false).equals(next)) {
            throw new CommandFailure(ExitCode.ERROR, "the two passwords differ", "try again; nothing was changed");
        }
        ObjectNode body = Json.object().put("currentPassword", present).put("newPassword", next);
        invocation.server().send(Call.post("/me/password", body, invocation.key()));
        invocation.done(Json.object().put("changed", "password"), "Changed; your other sessions have ended.");
        return ExitCode.DONE;
    }
}
