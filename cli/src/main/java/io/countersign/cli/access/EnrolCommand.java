package io.countersign.cli.access;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Opens a one-time link: the person sets a password and is signed in. */
@Command(
        name = "enrol",
        description = {
            "Open the one-time link you were given: set your password and sign in.",
            "The link works once; nobody but you should have seen it."
        })
public final class EnrolCommand implements Callable<Integer> {

    private static final Pattern SECRET = Pattern.compile("cs_l_[A-Za-z0-9_-]+");

    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "LINK", description = "the link, or only its last part (cs_l_...)")
    private @Nullable String link;

    @Option(names = "--password-stdin", description = "read the new password from standard input")
    private boolean passwordStdin;

    public EnrolCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String given = link != null ? link : invocation.questions().answer("Link: ", "LINK");
        Matcher secret = SECRET.matcher(given);
        if (!secret.find()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "this is no one-time link: it has no part like cs_l_...", "copy the whole link");
        }
        ServerClient server = invocation.anonymousServer(address(given));
        String password = password();
        ObjectNode body = Json.object()
                .put("link", secret.group())
                .put("password", password)
                .put("transport", "bearer");
        JsonNode session =
                server.send(Call.post("/enrolments", body, invocation.key())).body();
        NewSession.keep(invocation, server, session, "");
        return ExitCode.DONE;
    }

    private String password() {
        String first = invocation.questions().secret("New password: ", passwordStdin);
        if (!passwordStdin
                && !invocation.questions().secret("Once more: ", false).equals(first)) {
            throw new CommandFailure(ExitCode.ERROR, "the two passwords differ", "try again; the link is still good");
        }
        return first;
    }

    /** Where a full link points to, or empty for its last part alone. */
    private static String address(String link) {
        if (!link.startsWith("http://") && !link.startsWith("https://")) {
            return "";
        }
        try {
            URI whole = URI.create(link);
            return whole.getScheme() + "://" + whole.getRawAuthority();
        } catch (IllegalArgumentException unreadable) {
            throw new CommandFailure(ExitCode.USAGE, "the link cannot be read", "copy the whole link");
        }
    }
}
