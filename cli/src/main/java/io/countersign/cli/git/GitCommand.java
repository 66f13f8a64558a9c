package io.countersign.cli.git;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.client.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Guards git repositories: pushes to some refs go through once they are approved, exactly as they were approved. */
@Command(
        name = "git",
        description = "Guard a git repository: a push goes through once it is approved, and only that push.")
public final class GitCommand {

    private final Invocation invocation;

    private GitCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The command with its verbs. */
    public static CommandLine with(Invocation invocation) {
        CommandLine hook = new CommandLine(new Hook(invocation));
        return new CommandLine(new GitCommand(invocation)).addSubcommand("hook", hook);
    }

    @Command(
            name = "serve",
            description = {
                "Serve one bare repository over HTTP, to those who have a Countersign login.",
                "The hooks are installed; who pushes is whom the login says, and nobody else."
            })
    int serve(
            @Option(names = "--repo", required = true, paramLabel = "DIR", description = "the bare repository")
                    Path repository,
            @Option(names = "--port", defaultValue = "7879", paramLabel = "P", description = "7879 if not said; 0: any")
                    int port,
            @Option(
                            names = "--listen",
                            defaultValue = "127.0.0.1",
                            paramLabel = "ADDRESS",
                            description = "this machine alone if not said; anything else needs TLS in front of it")
                    String listen,
            @Option(
                            names = "--token-file",
                            paramLabel = "FILE",
                            description = "the hook's own token; kept in the repository's configuration")
                    @Nullable
                    Path tokenFile)
            throws IOException, InterruptedException {
        Path folder = bare(repository);
        HookRun.git(invocation.surroundings(), folder).run("config", "countersign.pusher", "transport");
        HookRun run = installed(folder, tokenFile);
        try (GitServer server = GitServer.start(
                run, new InetSocketAddress(InetAddress.getByName(listen), port), invocation.screen()::say)) {
            invocation.screen().print(server.address().toString());
            invocation.screen().say("Guarded by " + run.settings().server() + "; end it with Ctrl-C.");
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            new CountDownLatch(1).await();
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "install",
            description = {
                "Put the hooks into a bare repository.",
                "By itself this is no boundary: who can write to the repository's files can take them out again."
            })
    int install(
            @Option(names = "--repo", required = true, paramLabel = "DIR", description = "the bare repository")
                    Path repository,
            @Option(names = "--token-file", paramLabel = "FILE", description = "the hook's own token") @Nullable
                    Path tokenFile) {
        HookRun run = installed(bare(repository), tokenFile);
        String server = run.settings().server().toString();
        invocation.done(
                Json.object().put("installed", run.repository().toString()).put("server", server),
                "Pushes to this repository are decided at " + server + ".");
        return ExitCode.DONE;
    }

    @Command(name = "settle", description = "Report outcomes that are still owed, where a push broke off.")
    int settle(
            @Option(names = "--repo", required = true, paramLabel = "DIR", description = "the bare repository")
                    Path repository) {
        int settled = new PostReceive(HookRun.in(invocation, bare(repository))).settleEnded();
        invocation.done(
                Json.object().put("settled", settled),
                settled == 0 ? "Nothing was settled." : "Settled: " + settled + ".");
        return ExitCode.DONE;
    }

    private Path bare(Path repository) {
        try {
            Path folder = invocation
                    .surroundings()
                    .workingFolder()
                    .resolve(repository)
                    .toRealPath();
            if (Files.isRegularFile(folder.resolve("HEAD")) && Files.isDirectory(folder.resolve("objects"))) {
                return folder;
            }
        } catch (IOException missing) {
            throw noRepository(repository);
        }
        throw noRepository(repository);
    }

    private static CommandFailure noRepository(Path repository) {
        return new CommandFailure(
                ExitCode.USAGE, "`" + repository + "` is no bare repository", "`git init --bare` makes one");
    }

    /** Writes what was said into the configuration, and changes nothing else unless all that is needed stands there. */
    private HookRun installed(Path folder, @Nullable Path tokenFile) {
        GitProgram git = HookRun.git(invocation.surroundings(), folder);
        if (invocation.url() != null) {
            git.run("config", "countersign.url", invocation.url());
        }
        if (tokenFile != null) {
            Path whole = invocation.surroundings().workingFolder().resolve(tokenFile);
            git.run("config", "countersign.tokenFile", whole.toString());
        }
        HookRun run = HookRun.in(invocation, folder);
        run.settings().token();
        git.run("config", "receive.advertisePushOptions", "true");
        git.run("config", "core.logAllRefUpdates", "true");
        GitHooks.install(folder, ThisProgram.command());
        return run;
    }

    /** What git calls. */
    @Command(name = "hook", description = "What git calls; not for people.")
    static final class Hook {

        private final Invocation invocation;

        Hook(Invocation invocation) {
            this.invocation = invocation;
        }

        @Command(name = "pre-receive", description = "Decide whether a push is received; reads git's lines.")
        int preReceive() {
            try {
                HookRun run = HookRun.of(invocation);
                settleOthers(run);
                return new PreReceive(run)
                        .decide(RefUpdate.read(invocation.surroundings().in()));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Command(name = "post-receive", description = "Report what became of a push; reads git's lines.")
        int postReceive() {
            try {
                return new PostReceive(HookRun.of(invocation))
                        .report(RefUpdate.read(invocation.surroundings().in()));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        /** What earlier pushes owe does not decide about this one. */
        private void settleOthers(HookRun run) {
            try {
                new PostReceive(run).settleEnded();
            } catch (CommandFailure | UncheckedIOException later) {
                invocation.screen().say("an earlier outcome is still owed: " + later.getMessage());
            }
        }
    }
}
