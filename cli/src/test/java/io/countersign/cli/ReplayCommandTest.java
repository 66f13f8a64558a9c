package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Counterpart.Said;
import io.countersign.cli.Keyboard.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trying policies on what was asked, at a keyboard. */
class ReplayCommandTest {

    private static final String RESULT = """
            {"sentence":"Would hold 2 of 3 asks that the rules in force do not hold.",
             "totals":{"asks":3,"newlyHeld":2},
             "days":[{"day":"2026-11-20","asks":1,"newlyHeld":0,"newlyRefused":0,"wouldHold":0},
                     {"day":"2026-11-21","asks":2,"newlyHeld":2,"newlyRefused":0,"wouldHold":2}],
             "examples":{"items":[{"at":"2026-11-21T09:00:00Z","shift":"newly-held","action":"release.deploy",
                "subject":{"name":"Ann"},"resource":{"name":"payments/production"},"couldNotBeMet":true,
                "demands":[{"approvers":[]}]}],"limit":20}}""".replace("\n", "");
    private static final String STREAM = """
            event:progress
            data:{"done":0,"total":3}

            event:progress
            data:{"done":3,"total":3}

            """;

    @TempDir
    private Path home;

    private final Counterpart server = new Counterpart();
    private Keyboard keyboard = new Keyboard(Path.of("/"));

    @BeforeEach
    void signIn() throws IOException {
        keyboard = new Keyboard(home).signedIn(server);
        Files.writeString(home.resolve("policy.yaml"), "name: Tried\nscope: [organization]\n");
        answers(STREAM + "event:result\ndata:" + RESULT + "\n\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void answers(String stream) {
        server.on("POST /replays", asked -> new Said(200, "text/event-stream", stream));
    }

    private Typed replay(String... more) {
        String[] words = new String[more.length + 6];
        System.arraycopy(
                new String[] {"policies", "replay", "-f", "policy.yaml", "--to", "payments/production"},
                0,
                words,
                0,
                6);
        System.arraycopy(more, 0, words, 6, more.length);
        return keyboard.type(words);
    }

    @Test
    void saysInASentenceWhatWouldBeHeldAndShowsDaysAndExamples() {
        Typed typed = replay("--days", "2");
        assertThat(typed.exitCode()).as(typed.err()).isZero();
        assertThat(typed.out())
                .contains("Would hold 2 of 3 asks", "2026-11-20", "2026-11-21  ██████", "2 of 2")
                .contains("newly held\tAnn\trelease.deploy\tpayments/production\t\tcould not be met");
        assertThat(typed.err()).isEmpty();
        String body = server.asked("POST /replays").getFirst().body();
        assertThat(body)
                .contains(
                        "\"days\":2",
                        "\"name\":\"Tried\"",
                        "\"level\":\"environment\"",
                        "\"targetId\":\"payments/production\"");
        assertThat(server.asked("POST /replays").getFirst().header("Accept")).isEqualTo("text/event-stream");
    }

    @Test
    void showsItsProgressToAPersonAndNotToAProgram() {
        keyboard.atATerminal();
        Typed watched = replay();
        assertThat(watched.err()).contains("3 of 3 asks", "\r");
        assertThat(watched.err()).endsWith("\u001b[K");
        assertThat(watched.out()).contains("COULD APPROVE");
    }

    @Test
    void writesTheWholeAnswerAsJson() {
        assertThat(replay("--json=totals.newlyHeld").out()).contains("\"newlyHeld\" : 2");
    }

    @Test
    void saysWhatTheServerRefusedHalfWayOrAtOnce() {
        answers(
                "event:failed\ndata:{\"title\":\"Too many replays\",\"status\":429,\"code\":\"too-many-replays\",\"detail\":\"others run\"}\n\n");
        Typed refused = replay();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("others run");
        server.on("POST /replays", asked -> Said.problem(400, "out-of-range", "days is 1 to 90"));
        assertThat(replay().err()).contains("days is 1 to 90");
    }

    @Test
    void saysThatTheConnectionWasLost() {
        answers(STREAM);
        Typed lost = replay();
        assertThat(lost.exitCode()).isEqualTo(1);
        assertThat(lost.err()).contains("the connection was lost", "nothing was changed");
    }

    @Test
    void findingsEndWithEightAndNoneWithZero() {
        server.on("GET /findings", """
                {"items":[{"code":"uncovered-production","severity":"high","thing":{"name":"web/production"},
                 "sentence":"nothing deployed to `web/production` needs an approval","remedy":"bind a template"}],"limit":200}""");
        Typed found = keyboard.type("findings", "--code", "uncovered-production");
        assertThat(found.exitCode()).isEqualTo(8);
        assertThat(found.out()).startsWith("high\tuncovered-production\tweb/production\tnothing deployed");
        assertThat(server.asked("GET /findings").getFirst().query()).contains("code=uncovered-production");
        assertThat(keyboard.type("findings", "--json=code").out()).contains("\"code\" : \"uncovered-production\"");
        server.on("GET /findings", "{\"items\":[],\"limit\":200}");
        Typed nothing = keyboard.type("findings");
        assertThat(nothing.exitCode()).isZero();
        assertThat(nothing.err()).contains("Nothing is found.");
    }

    @Test
    void watchesCloudEventsLineByLine() {
        server.on("GET /events", asked -> new Said(200, "text/event-stream", """
                id:7
                data:{"specversion":"1.0","type":"io.countersign.request.created","data":{"number":"AR-1"}}

                """));
        Typed typed = keyboard.type("watch", "AR-1", "--cloudevents", "--count", "1");
        assertThat(typed.out())
                .isEqualTo(
                        "{\"specversion\":\"1.0\",\"type\":\"io.countersign.request.created\",\"data\":{\"number\":\"AR-1\"}}\n");
        assertThat(server.asked("GET /events").getFirst().query()).isEqualTo("format=cloudevents");
    }
}
