package io.countersign.cli.access;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.SignIn;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerProblem;
import io.countersign.client.wire.ServerRefusal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends the kept session, here and on the server. */
@Command(name = "logout", description = "Sign out: the kept session ends here and on the server.")
public final class LogoutCommand implements Callable<Integer> {

    private static final int UNKNOWN = 401;

    private final Invocation invocation;

    @Option(names = "--everywhere", description = "end all your sessions, on every device")
    private boolean everywhere;

    public LogoutCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Optional<SignIn> kept = invocation.signInFile().read();
        if (kept.isEmpty() || kept.get().secret() == null) {
            return told(false, "You were not signed in.");
        }
        try {
            invocation.keptServer(kept.get()).send(Call.delete(everywhere ? "/sessions" : "/sessions/current"));
        } catch (ServerRefusal refusal) {
            ServerProblem problem = refusal.problem();
            if (problem.status() != UNKNOWN) {
                throw refusal;
            }
        }
        invocation.signInFile().write(kept.get().signedOut());
        return told(true, "Signed out" + (everywhere ? " everywhere" : "") + ".");
    }

    private int told(boolean signedOut, String sentence) {
        invocation.done(Json.object().put("signedOut", signedOut).put("everywhere", signedOut && everywhere), sentence);
        return ExitCode.DONE;
    }
}
