package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Counterpart.Asked;
import io.countersign.cli.Counterpart.Said;
import io.countersign.cli.Keyboard.Typed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmergencyListTest {

    @TempDir
    private Path home;

    private final Counterpart server = new Counterpart();
    private Keyboard keyboard = new Keyboard(Path.of("/"));

    @BeforeEach
    void signIn() {
        keyboard = new Keyboard(home).signedIn(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void reportsHowLongSessionsRanInWords() {
        server.on("GET /breakglass-sessions/report", """
                {"from":"2026-10-31T02:12:00Z","to":"2026-11-30T02:12:00Z","sessions":1,"activeFor":"PT1H7M3.5S","actions":2}""");
        assertThat(keyboard.type("breakglass", "report").out()).contains("active for\t1 h 7 min\n");
    }

    @Test
    void addsAnEmergencyWorkflowsActionAndSaysWhatItStillNeeds() {
        List<Asked> asked = new ArrayList<>();
        server.on("POST /actions", call -> {
            asked.add(call);
            return Said.json(201, """
                    {"id":"service.restore","title":"Restore","risk":"high","level":"environment","emergency":true}""");
        });
        Typed typed = keyboard.type(
                "directory",
                "actions",
                "add",
                "service.restore",
                "--title",
                "Restore",
                "--risk",
                "high",
                "--level",
                "environment",
                "--emergency");
        assertThat(typed.exitCode()).isZero();
        assertThat(asked.getFirst().body()).contains("\"emergency\":true");
        assertThat(typed.err()).contains("--action service.restore", "every ask for it is refused");
        keyboard.type(
                "directory", "actions", "add", "tool.call", "--title", "Tool", "--risk", "high", "--level", "project");
        assertThat(asked.getLast().body()).doesNotContain("emergency");
    }

    @Test
    void showsWhichActionsAreForEmergencies() {
        server.on("GET /actions", """
                {"items":[{"id":"service.restore","title":"Restore","risk":"high","level":"environment",
                           "deploying":false,"emergency":true}]}""");
        assertThat(keyboard.type("directory", "actions", "list").out())
                .isEqualTo("service.restore\tRestore\thigh\tenvironment\tfalse\ttrue\n");
    }

    @Test
    void listsBothKindsOfEmergencyChange() {
        server.on("GET /emergency-changes", """
                {"items":[
                 {"id":"req_1","kind":"emergency-workflow","at":"2026-03-02T10:00:00Z",
                  "subject":{"id":"p","handle":"ann","name":"Ann"},
                  "action":{"id":"service.restore","title":"Restore","risk":"high"},
                  "resource":{"type":"environment","id":"e","name":"payments/production"},
                  "request":"AR-7","state":"approved","approvedBy":[{"id":"q","handle":"bob","name":"Bob"}],
                  "bypassed":[]},
                 {"id":"bga_1","kind":"break-glass","at":"2026-03-02T09:00:00Z","session":"BG-2",
                  "incident":"INC-1","justification":"x","subject":{"id":"p","handle":"ann","name":"Ann"},
                  "action":{"id":"release.deploy","title":"Deploy","risk":"high"},
                  "resource":{"type":"environment","id":"e","name":"payments/production"},
                  "request":"AR-6","state":"executed","approvedBy":[],"bypassed":[]}],"limit":50}""");
        Typed typed = keyboard.type("breakglass", "changes");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("emergency-workflow", "AR-7", "@ann", "@bob"))
                .anySatisfy(line -> assertThat(line).contains("break-glass", "AR-6", "BG-2"));
    }
}
