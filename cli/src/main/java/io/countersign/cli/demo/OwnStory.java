package io.countersign.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The second chapter: what Countersign does itself is gated by the same rules, and rules are tried before they are saved. */
final class OwnStory {

    private static final int UNDECIDED = 3;
    private static final Pattern NUMBER = Pattern.compile("AR-[0-9]+");
    private static final String PRODUCTION = "payments/production";

    private static final String RULES = """
            countersign: v1
            templates:
              - name: Changes of policies
                scope: [organization]
                approvers:
                  teams: [sre, security]
                quorum:
                  minApprovals: 2
                expiresAfter: P1D
            bindings:
              - template: Changes of policies
                to: organization
                actions: [policy.change]
            """;

    private final Stage stage;
    private final Acme acme;
    private final URI repository;
    private final Consumer<String> say;

    OwnStory(Stage stage, Acme acme, URI repository, Consumer<String> say) {
        this.stage = stage;
        this.acme = acme;
        this.repository = repository;
        this.say = say;
    }

    void tell() throws IOException {
        frozenByTwo();
        refusedWhileFrozen();
        openedAgain();
        tokenIssuedOnce();
        triedBeforeItIsSaved();
        appliedOnceApproved();
    }

    private void frozenByTwo() {
        part("Erin freezes production, which needs two people of two teams like everything there.");
        String[] words = {"directory", "environments", "freeze", PRODUCTION, "--reason", "quarter end"};
        Program.Ended held = countersign("erin", words);
        expect(held.code() == UNDECIDED, "it is held, and nothing is frozen yet", held.output());
        String number = number(held);
        approve(number);
        Program.Ended frozen = countersign("erin", words);
        expect(frozen.well(), "approved, the same command freezes it", frozen.output());
    }

    private void refusedWhileFrozen() {
        part("Ann pushes to production.");
        Program ann = new Program(stage.folder().resolve("ann"), Story.login("ann"));
        Program.Ended refused =
                ann.run("git", "push", "-o", "reason=one more", repository.toString(), "HEAD:production");
        expect(!refused.well() && refused.output().contains("frozen"), "refused: it is frozen", refused.output());
    }

    private void openedAgain() {
        part("Erin unfreezes it, and her command waits for the approval by itself.");
        CompletableFuture<Program.Ended> waiting = CompletableFuture.supplyAsync(() -> countersign(
                "erin",
                "directory",
                "environments",
                "unfreeze",
                PRODUCTION,
                "--reason",
                "the quarter is closed",
                "--await-approval"));
        approve(stage.awaitPending(acme.as("erin"), "environment.unfreeze"));
        Program.Ended open = waiting.join();
        expect(open.well(), "two approvals later it is open again", open.output());
    }

    private void tokenIssuedOnce() {
        part("Ann needs a token for the cluster.");
        String[] words = {"directory", "clusters", "token", "prod-eu", "--lasts", "10m", "--reason", "read the logs"};
        Program.Ended held = countersign("ann", words);
        expect(held.code() == UNDECIDED, "it is held", held.output());
        approve(number(held));
        Program.Ended issued = countersign("ann", words);
        expect(issued.well() && issued.output().contains("eyJ"), "approved, it is issued", issued.output());
        Program.Ended next = countersign("ann", words);
        expect(next.code() == UNDECIDED, "once: the next one needs approval again", next.output());
    }

    private void triedBeforeItIsSaved() throws IOException {
        part("Erin tries a policy for staging on what was asked, before she saves it.");
        Path draft = stage.folder().resolve("staging.json");
        Files.writeString(draft, """
                {"name": "Staging too", "description": "", "scope": ["environment", "cluster"],
                 "approvers": {"teams": ["@sre"]}, "quorum": {"minApprovals": 1}}
                """);
        Program.Ended tried =
                countersign("erin", "policies", "replay", "-f", draft.toString(), "--to", PRODUCTION, "--days", "1");
        expect(tried.well() && tried.output().contains("asks"), "replay says what it would hold", tried.output());
        tried.output().lines().limit(2).forEach(line -> say.accept("      " + line));
    }

    private void appliedOnceApproved() throws IOException {
        part("Policies are kept in a file; from the first application on, two people look at every change of it.");
        Path file = stage.folder().resolve("policies.yaml");
        Files.writeString(file, RULES);
        String[] words = {"apply", "-f", file.toString(), "--yes"};
        Program.Ended first = countersign("erin", words);
        expect(first.well(), "the first application binds the rule for rules", first.output());
        Files.writeString(file, RULES.replace("P1D", "P2D"));
        Program.Ended held = countersign("erin", words);
        expect(held.code() == UNDECIDED, "a changed file is held, with the whole difference as payload", held.output());
        approve(number(held));
        Program.Ended applied = countersign("erin", words);
        expect(applied.well() && applied.output().contains("Applied"), "approved, it is applied", applied.output());
        Program.Ended again = countersign("erin", words);
        expect(again.well() && !again.output().contains("Applied"), "once more, there is nothing left", again.output());
    }

    private void approve(String number) {
        acme.approve("carol", number);
        acme.approve("dave", number);
    }

    private Program.Ended countersign(String who, String... words) {
        List<String> command = new ArrayList<>(List.of(stage.launcher().toString()));
        command.addAll(List.of(words));
        return new Program(stage.folder(), acme.environment(who)).run(command.toArray(String[]::new));
    }

    private static String number(Program.Ended held) {
        Matcher found = NUMBER.matcher(held.output());
        if (!found.find()) {
            throw new DemoFailure("no request was named:\n" + held.output());
        }
        return found.group();
    }

    private void part(String what) {
        say.accept("");
        say.accept(what);
    }

    private void expect(boolean held, String what, String otherwise) {
        if (!held) {
            throw new DemoFailure("expected that " + what + "\n" + otherwise);
        }
        say.accept("   ok: " + what);
    }
}
