package io.countersign.cli.git;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.Surroundings;
import io.countersign.client.wire.ServerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a hook works with: the repository git called it in, how that is guarded, and who pushes.
 *
 * @param git reads the repository's own refs and configuration
 */
record HookRun(Invocation invocation, Path repository, GitProgram git, HookSettings settings) {

    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(200), Duration.ofMillis(800));

    /** The repository git called a hook in. */
    static HookRun of(Invocation invocation) {
        Surroundings surroundings = invocation.surroundings();
        String folder = surroundings.variable("GIT_DIR");
        if (folder.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "this command is for git to call, as a hook",
                    "`countersign git install --repo DIR` puts it there");
        }
        return in(invocation, surroundings.workingFolder().resolve(folder));
    }

    /** This repository, as its hooks see it. */
    static HookRun in(Invocation invocation, Path folder) {
        try {
            Path repository = folder.toRealPath();
            if (!Files.isRegularFile(repository.resolve("config"))) {
                throw new CommandFailure(ExitCode.USAGE, "`" + folder + "` is no bare repository", "");
            }
            GitProgram git = git(invocation.surroundings(), repository);
            return new HookRun(invocation, repository, git, HookSettings.read(repository, git));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Git in this repository, with its refs and its own configuration. */
    static GitProgram git(Surroundings surroundings, Path repository) {
        return new GitProgram(repository, Map.of("PATH", path(surroundings), "GIT_DIR", repository.toString()));
    }

    private static String path(Surroundings surroundings) {
        String path = surroundings.variable("PATH");
        return path.isEmpty() ? "/usr/local/bin:/usr/bin:/bin" : path;
    }

    ReceivedObjects objects() {
        return ReceivedObjects.of(repository, git, invocation.surroundings().environment());
    }

    OwedOutcomes owed() {
        return new OwedOutcomes(repository);
    }

    PushGate gate() {
        return new PushGate(client(), pusher(), options());
    }

    PushOptions options() {
        return PushOptions.read(invocation.surroundings().environment());
    }

    /** The gate for reports alone: who pushed does not matter to them. */
    PushGate gateForReports() {
        return new PushGate(client(), null, PushOptions.NONE);
    }

    private ServerClient client() {
        String version = HookRun.class.getPackage().getImplementationVersion();
        String agent = "countersign-git/" + (version == null ? "dev" : version);
        return new ServerClient(settings.server(), settings.token(), agent, PAUSES);
    }

    /** Whom the push is asked for, as {@code @handle}; none for the account of the hook's own token. */
    @Nullable
    String pusher() {
        String user = invocation.surroundings().variable("REMOTE_USER");
        boolean byTransport = switch (settings.pusher()) {
            case TRANSPORT -> true;
            case ACCOUNT -> false;
            case EITHER -> !user.isEmpty();
        };
        if (!byTransport) {
            return null;
        }
        if (!user.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,119}")) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    "it is not known who pushes: the transport named nobody",
                    "push through `countersign git serve`, which asks who you are");
        }
        return "@" + user;
    }
}
