package io.countersign.cli.git;

import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A bare repository with our hooks, a clone of it, and git as a person types it. */
final class GitBench {

    private static final Map<String, String> CLEAN = Map.of(
            "PATH", System.getenv("PATH"),
            "LC_ALL", "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_TERMINAL_PROMPT", "0",
            "GIT_AUTHOR_NAME", "Kim",
            "GIT_AUTHOR_EMAIL", "kim@example.org",
            "GIT_COMMITTER_NAME", "Kim",
            "GIT_COMMITTER_EMAIL", "kim@example.org");

    private final Path home;
    private final Path bare;
    private final Path work;

    /** How a command ended and everything it wrote. */
    record Done(int exitCode, String words) {}

    GitBench(Path home) {
        this.home = home;
        this.bare = home.resolve("payments.git");
        this.work = home.resolve("work");
        git(home, "init", "--quiet", "--bare", "--initial-branch=main", bare.toString());
        git(home, "init", "--quiet", "--initial-branch=main", work.toString());
        git(work, "remote", "add", "origin", bare.toString());
    }

    /** The usual set-up with our hooks. */
    GitBench guardedBy(String url) {
        setUpFor(url);
        config("receive.advertisePushOptions", "true");
        config("core.logAllRefUpdates", "true");
        GitHooks.install(bare, ThisProgram.command());
        return this;
    }

    /** The usual settings, without any hook: production and staging are guarded, features are open. */
    GitBench setUpFor(String url) {
        Path token = home.resolve("token");
        try {
            Files.writeString(token, "cs_t_door-of-payments\n");
            Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        config("countersign.url", url);
        config("countersign.tokenFile", token.toString());
        config("countersign.repository", "acme/payments");
        config("countersign.refs/heads/production.environment", "payments/production");
        config("countersign.refs/heads/staging.environment", "payments/staging");
        config("countersign.refs/tags/v*.environment", "payments/production");
        git(bare, "config", "--add", "countersign.open", "refs/heads/feature/*");
        return this;
    }

    GitBench config(String key, String value) {
        git(bare, "config", key, value);
        return this;
    }

    Path bare() {
        return bare;
    }

    Path work() {
        return work;
    }

    /** Writes a file and commits everything; answers the commit. */
    String commit(String file, String text) {
        return commit(file, text.getBytes(StandardCharsets.UTF_8));
    }

    String commit(String file, byte[] bytes) {
        try {
            Path path = work.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        git(work, "add", "--all");
        git(work, "commit", "--quiet", "-m", "change " + file);
        return git(work, "rev-parse", "HEAD").words().strip();
    }

    /** Pushes to the bare repository itself. */
    Done push(String... words) {
        List<String> all = new ArrayList<>(List.of("push", "origin"));
        all.addAll(List.of(words));
        return run(work, Map.of(), all);
    }

    /** What a ref of the bare repository names; empty where there is none. */
    String tip(String ref) {
        Done done = run(bare, Map.of(), List.of("rev-parse", "--verify", "--quiet", ref));
        return done.exitCode() == 0 ? done.words().strip() : "";
    }

    /** A command of git's that must work. */
    Done git(Path folder, String... words) {
        Done done = run(folder, Map.of(), List.of(words));
        if (done.exitCode() != 0) {
            throw new IllegalStateException(List.of(words) + ": " + done.words());
        }
        return done;
    }

    /** Any command of git's. */
    Done run(Path folder, Map<String, String> more, List<String> words) {
        try {
            List<String> command = new ArrayList<>(List.of("git"));
            command.addAll(words);
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(CLEAN);
            builder.environment().put("HOME", home.toString());
            builder.environment().putAll(more);
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Done(process.waitFor(), said);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /** This repository as the hooks and the server see it, in this process. */
    HookRun hookRun(Map<String, String> variables) {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH")));
        environment.putAll(variables);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Surroundings surroundings = new Surroundings(
                environment,
                home,
                home,
                new ByteArrayInputStream(new byte[0]),
                nowhere,
                nowhere,
                false,
                Surroundings.Terminals.NONE,
                null,
                InstantSource.system(),
                ZoneOffset.UTC);
        return HookRun.in(new Invocation(surroundings), bare);
    }
}
