package io.countersign.cli.demo;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.client.wire.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets up an example organization and walks through the main job with a real server, a real repository, real pushes. */
@Command(
        name = "demo",
        description = {
            "Set up an example organization and walk through the main job with a real git push.",
            "Goes on serving until Ctrl-C; with --exit it ends after the story, with 0 only if every step held."
        })
public final class DemoCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--exit", description = "end after the story")
    private boolean exit;

    @Option(
            names = "--port",
            defaultValue = "0",
            paramLabel = "P",
            description = "the server's port; any free one if not said")
    private int port;

    public DemoCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int chosen = port == 0 ? freePort() : port;
        try (Stage stage = Stage.set(launcher(), chosen, this::say);
                SecurityDesk desk = SecurityDesk.open()) {
            Acme acme = new Acme(stage.server(), Stage.ADMIN_TOKEN);
            acme.load(Json.parse(Files.readAllBytes(examples().resolve("acme.json"))));
            say("Loaded examples/acme: " + acme.handles().size()
                    + " people in four teams, two projects, four policies.");
            URI repository = stage.serveRepository(acme.gitDoor("olivia"));
            say("A guarded repository answers at " + repository + ".");
            new Story(stage, acme, repository, this::say).tell();
            new TerraformStory(stage, acme, this::say).tell();
            new OwnStory(stage, acme, repository, this::say).tell();
            new EmergencyStory(stage, acme, repository, desk, this::say).tell();
            say("Every step held.");
            if (!exit) {
                stay(stage, acme, repository);
            }
            return ExitCode.DONE;
        } catch (DemoFailure failed) {
            invocation.screen().say("The demo failed: " + failed.getMessage());
            return ExitCode.ERROR;
        }
    }

    private void stay(Stage stage, Acme acme, URI repository) throws InterruptedException {
        say("");
        say("The server goes on at " + stage.server() + "; the password of everybody is `" + Acme.PASSWORD + "`:");
        say("  " + String.join(", ", acme.handles()));
        say("Try next:");
        say("  countersign login --url " + stage.server() + " bob");
        say("  countersign requests --view all");
        say("  git clone " + repository + " payments   # as ann; then push to production");
        say("End it with Ctrl-C.");
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close));
        new CountDownLatch(1).await();
    }

    private Path launcher() {
        String launcher = invocation.surroundings().environment().get("COUNTERSIGN_LAUNCHER");
        if (launcher == null) {
            throw new DemoFailure("run it as `./countersign demo`");
        }
        return Path.of(launcher);
    }

    private Path examples() {
        return launcher().resolveSibling("examples").resolve("acme");
    }

    private void say(String words) {
        invocation.screen().print(words);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
