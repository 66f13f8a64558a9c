package io.countersign.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An emergency: a narrow session passes the approvals, loudly and for a short time, and is accounted for afterwards. */
final class EmergencyStory {

    private static final Pattern SESSION = Pattern.compile("BG-[0-9]+");
    private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/]+=*");
    private static final String PRODUCTION = "payments/production";

    private final Stage stage;
    private final Acme acme;
    private final URI repository;
    private final SecurityDesk desk;
    private final Consumer<String> say;
    private final Path work;

    EmergencyStory(Stage stage, Acme acme, URI repository, SecurityDesk desk, Consumer<String> say) {
        this.stage = stage;
        this.acme = acme;
        this.repository = repository;
        this.desk = desk;
        this.say = say;
        this.work = stage.folder().resolve("ann");
    }

    void tell() throws IOException, InterruptedException {
        watched();
        String session = opened();
        expect(
                desk.hears("io.countersign.breakglass.opened"),
                "the security team's system is told at once, by a signed webhook",
                String.join("\n", desk.headlines()));
        say.accept("      " + desk.headlines().getLast());
        pushedTwice(session);
        refusedOutOfScope(session);
        refusedAfterRevocation(session);
        accountedFor(session);
        told();
    }

    private void watched() {
        part("Dave of security has emergencies told to his team's own system, besides the mail that he gets.");
        Program.Ended added = countersign("dave", "notifications", "add", "SIEM", desk.address());
        Matcher secret = SECRET.matcher(added.output());
        expect(added.well() && secret.find(), "a webhook, with a secret that is shown this once", added.output());
        desk.believe(secret.group());
    }

    private void told() throws InterruptedException {
        part("What the security team's system was told, each with a signature that it checked:");
        expect(desk.hears("io.countersign.breakglass.reviewed"), "everything up to the review", "");
        desk.headlines().forEach(line -> say.accept("      " + line));
        Program.Ended failed = countersign("dave", "notifications", "deliveries", "--state", "failed");
        expect(failed.well(), "and the log says of each delivery what became of it", failed.output());
    }

    private String opened() {
        part("Customers cannot pay: incident INC-4711. Ann may open sessions since Olivia gave her that permission.");
        String[] words = {
            "breakglass",
            "open",
            "--incident",
            "INC-4711",
            "--action",
            "release.deploy",
            "--on",
            "environment:" + PRODUCTION,
            "--duration",
            "PT30M",
            "--reason",
            "customers cannot pay",
            "--yes"
        };
        Program.Ended nobody = countersign("ann", words);
        expect(!nobody.well(), "nobody may open one until it was given to him by name", nobody.output());
        must(
                "olivia",
                "directory",
                "permissions",
                "add",
                "@ann",
                "breakglass-open",
                "--action",
                "release.deploy",
                "--resource",
                PRODUCTION);
        Program.Ended opened = countersign("ann", words);
        expect(
                opened.well() && opened.output().contains("This will bypass"),
                "a session for thirty minutes, deployments to production only; it says what it bypasses",
                opened.output());
        Matcher found = SESSION.matcher(opened.output());
        expect(found.find(), "it has a name", opened.output());
        say.accept("      " + found.group());
        return found.group();
    }

    private void pushedTwice(String session) throws IOException {
        part("Ann pushes the fix to production, naming the session in the push.");
        release(11, "Bring the old certificate back");
        Program.Ended unnamed = push("HEAD:production");
        expect(!unnamed.well(), "a push that names no session is judged as always", unnamed.output());
        Program.Ended first = push("HEAD:production", "-o", "break-glass=" + session);
        expect(
                first.well() && first.output().contains("passes by break-glass"),
                "with the session it goes through at once",
                first.output());
        release(12, "Restart with the new certificate");
        Program.Ended second = push("HEAD:production", "-o", "break-glass=" + session);
        expect(second.well(), "and so does the second one", second.output());
    }

    private void refusedOutOfScope(String session) {
        part("She tries the same session on staging.");
        Program.Ended elsewhere = push("HEAD:staging", "-o", "break-glass=" + session);
        expect(
                !elsewhere.well() && elsewhere.output().contains("not in the scope"),
                "refused: it is not in the scope of the session",
                elsewhere.output());
    }

    private void refusedAfterRevocation(String session) throws IOException {
        part("The incident is contained, and Dave of security ends the session.");
        must("dave", "breakglass", "revoke", session, "--note", "contained", "--yes");
        release(13, "One more thing");
        Program.Ended late = push("HEAD:production", "-o", "break-glass=" + session);
        expect(
                !late.well() && late.output().contains("is over"),
                "the very next push that names it is refused",
                late.output());
    }

    private void accountedFor(String session) {
        part("Ann files the closure; what she did is filled in from the log.");
        Program.Ended closed = countersign(
                "ann",
                "breakglass",
                "close",
                session,
                "--reason",
                "the payment provider changed its certificate",
                "--preventive-action",
                "pin the issuer instead of the certificate",
                "--preventive-owner",
                "@ann",
                "--due",
                "2030-01-31",
                "--evidence",
                "https://incidents.acme.example/INC-4711");
        expect(closed.well(), "closed", closed.output());
        Program.Ended own =
                countersign("ann", "breakglass", "review", session, "--summary", "fine", "--verdict", "all=justified");
        expect(!own.well(), "nobody reviews a session of his own", own.output());
        Program.Ended reviewed = countersign(
                "frank",
                "breakglass",
                "review",
                session,
                "--summary",
                "needed, narrow and short",
                "--verdict",
                "all=justified");
        expect(reviewed.well(), "Frank of compliance reviews each action", reviewed.output());
        Program.Ended report = countersign("dave", "breakglass", "report");
        expect(
                report.well() && report.output().contains("justified 2"),
                "the report counts two justified actions",
                report.output());
        report.output().lines().forEach(line -> say.accept("      " + line.replace("\t", ": ")));
    }

    private void release(int version, String message) throws IOException {
        Program ann = new Program(work, Story.login("ann"));
        Path manifest = work.resolve("deployment.yaml");
        Files.writeString(
                manifest, Files.readString(manifest).replaceAll("payments:1\\.[0-9]+", "payments:1." + version));
        ann.must("git", "add", "deployment.yaml");
        ann.must("git", "commit", "--quiet", "-m", message);
    }

    private Program.Ended push(String refspec, String... options) {
        List<String> command = new ArrayList<>(List.of("git", "push", "-o", "reason=customers cannot pay"));
        command.addAll(List.of(options));
        command.addAll(List.of(repository.toString(), refspec));
        return new Program(work, Story.login("ann")).run(command.toArray(String[]::new));
    }

    private void must(String who, String... words) {
        Program.Ended done = countersign(who, words);
        expect(
                done.well(),
                who + ": countersign " + String.join(" ", List.of(words).subList(0, 2)),
                done.output());
    }

    private Program.Ended countersign(String who, String... words) {
        List<String> command = new ArrayList<>(List.of(stage.launcher().toString()));
        command.addAll(List.of(words));
        return new Program(stage.folder(), acme.environment(who)).run(command.toArray(String[]::new));
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
