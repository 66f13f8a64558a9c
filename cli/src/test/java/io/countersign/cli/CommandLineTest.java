package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Counterpart.Said;
import io.countersign.cli.Keyboard.Typed;
import io.countersign.core.action.PayloadDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    private static final String PAYLOAD = "-replicas: 2\n+replicas: 3\n";
    private static final String DIGEST =
            PayloadDigest.of(PAYLOAD.getBytes(StandardCharsets.UTF_8)).value();
    private static final String HOSTILE = "fix\\u001b[2J\\u001b[31m it\\u202e now\\u009b5m";

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

    @ParameterizedTest
    @CsvSource({
        "401, unauthenticated, 4",
        "403, not-eligible, 7",
        "422, policy-violations, 5",
        "409, denied, 5",
        "409, expired, 6",
        "409, already-reviewed, 1",
        "404, request-not-found, 1",
        "500, internal, 1"
    })
    void tellsByItsExitCodeWhatTheServerRefused(int status, String code, int exitCode) {
        server.on("POST /asks", asked -> Said.problem(status, code, "what went wrong"));
        Typed typed = ask();
        assertThat(typed.exitCode()).isEqualTo(exitCode);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .contains("what went wrong", "do something about it", "req_1")
                .doesNotContain("at io.");
    }

    @ParameterizedTest
    @CsvSource({"permit, 0", "hold, 3", "deny, 5"})
    void endsAnAskByWhatTheGateAnswered(String decision, int exitCode) {
        server.on("POST /asks", """
                {"decision":"%s","basis":"not-gated"}""".formatted(decision));
        assertThat(ask().exitCode()).isEqualTo(exitCode);
    }

    @ParameterizedTest
    @CsvSource({
        "approved, 0",
        "executed, 0",
        "denied, 5",
        "expired, 6",
        "cancelled, 3",
        "revoked, 5",
        "grant-expired, 6"
    })
    void endsAWaitByWhatBecameOfTheRequest(String state, int exitCode) {
        server.on("GET /requests/AR-1", """
                {"number":"AR-1","state":"%s"}""".formatted(state));
        Typed typed = keyboard.type("wait", "AR-1");
        assertThat(typed.exitCode()).isEqualTo(exitCode);
        assertThat(typed.out()).isEqualTo("AR-1 " + state + "\n");
    }

    @Test
    void endsAWaitInVainWithThree() {
        server.on("GET /requests/AR-1", """
                {"number":"AR-1","state":"pending"}""");
        Keyboard hurried = keyboard;
        assertThat(hurried.type("wait", "AR-1", "--timeout", "PT0S").exitCode()).isEqualTo(3);
    }

    @Test
    void goesOnWaitingWhileTheServerIsAway() {
        int[] calls = {0};
        server.on("GET /requests/AR-1", asked -> switch (calls[0]++) {
            case 0 -> Said.json(200, """
                    {"number":"AR-1","state":"pending"}""");
            case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 -> Said.dropped();
            default -> Said.json(200, """
                    {"number":"AR-1","state":"approved"}""");
        });
        Typed typed = keyboard.type("wait", "AR-1");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.err()).contains("no answer, trying again");
    }

    @Test
    void saysHowItIsUsedAndEndsWithTwo() {
        assertThat(keyboard.type("approve").exitCode()).isEqualTo(2);
        assertThat(keyboard.type("aprove", "AR-1").err()).contains("did you mean", "approve");
        assertThat(keyboard.type().exitCode()).isEqualTo(2);
        assertThat(keyboard.type("approve", "--help").exitCode()).isEqualTo(0);
    }

    @Test
    void endsWithFourWhenNobodyIsSignedIn() {
        Typed typed = new Keyboard(home).with("COUNTERSIGN_URL", server.url()).type("requests");
        assertThat(typed.exitCode()).isEqualTo(4);
        assertThat(typed.err()).contains("countersign login");
    }

    @Test
    void saysInWordsThatNoServerAnswers() {
        Typed typed =
                new Keyboard(home).with("COUNTERSIGN_TOKEN", "cs_t_x").type("requests", "--url", "http://127.0.0.1:1");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).contains("no answer from http://127.0.0.1:1").doesNotContain("Exception");
    }

    @Test
    void sendsNoSecretInTheClearToAnotherMachine() {
        Typed typed = keyboard.type("requests", "--url", "http://countersign.example");
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("https");
    }

    @Test
    void keepsTheKeyOfAnAskWhenTheConnectionIsLost() {
        int[] calls = {0};
        server.on("POST /asks", asked -> calls[0]++ == 0 ? Said.dropped() : Said.json(200, """
                        {"decision":"permit"}"""));
        assertThat(ask().exitCode()).isZero();
        List<Counterpart.Asked> asks = server.asked("POST /asks");
        assertThat(asks).hasSize(2);
        assertThat(asks.get(0).header("Idempotency-Key"))
                .isNotEmpty()
                .isEqualTo(asks.get(1).header("Idempotency-Key"));
        ask();
        assertThat(server.asked("POST /asks").getLast().header("Idempotency-Key"))
                .isNotEqualTo(asks.get(0).header("Idempotency-Key"));
    }

    @Test
    void doesNotRepeatAnEditWhoseAnswerWasLost() {
        server.on("GET /teams/@sre", """
                {"handle":"sre"}""");
        server.on("PATCH /teams/@sre", asked -> Said.dropped());
        assertThat(keyboard.type("directory", "teams", "change", "sre", "--name", "SRE")
                        .exitCode())
                .isEqualTo(1);
        assertThat(server.asked("PATCH /teams/@sre")).hasSize(1);
        assertThat(server.asked("PATCH /teams/@sre").getFirst().header("If-Match"))
                .isEqualTo("\"7\"");
    }

    @Test
    void writesJsonWithAllFieldsOrOnlyThoseNamed() {
        list();
        assertThat(keyboard.type("requests", "--json").out())
                .contains("\"number\" : \"AR-1\"", "\"reason\"")
                .startsWith("[");
        assertThat(keyboard.type("requests", "--json=number,resource.name")
                        .out()
                        .replaceAll("\\s", ""))
                .isEqualTo("[{\"number\":\"AR-1\",\"resource\":{\"name\":\"payments/production\"}}]");
        assertThat(keyboard.type("requests", "--json=nmber").err()).contains("no field `nmber`", "number");
    }

    @Test
    void writesLinesWithTabsAndNoColourIntoAPipe() {
        list();
        assertThat(keyboard.type("requests").out())
                .isEqualTo("AR-1\tpending\thigh\trelease.deploy\tpayments/production\t@ada\tin 4 h\tcan approve\n");
    }

    @Test
    void writesATableWithColoursForAPersonUnlessTheyAreUnwanted() {
        list();
        assertThat(keyboard.atATerminal().type("requests").out()).contains("NUMBER", "\u001b[");
        assertThat(keyboard.type("requests", "--no-color").out())
                .contains("NUMBER")
                .doesNotContain("\u001b");
        assertThat(keyboard.with("NO_COLOR", "1").type("requests").out()).doesNotContain("\u001b");
        assertThat(keyboard.with("NO_COLOR", "")
                        .with("TERM", "dumb")
                        .type("requests")
                        .out())
                .doesNotContain("\u001b");
    }

    @Test
    void neutralisesHostileTextInEveryOutput() {
        list();
        request("pending", "high");
        for (List<String> words : List.of(
                List.of("requests"),
                List.of("requests", "--json"),
                List.of("show", "AR-1"),
                List.of("show", "AR-1", "--json"),
                List.of("approve", "AR-1", "--yes"))) {
            Typed typed = keyboard.type(words.toArray(String[]::new));
            assertThat(typed.out() + typed.err()).as(words.toString()).doesNotContain("\u001b", "\u202e", "\u009b");
        }
        assertThat(keyboard.type("show", "AR-1").out()).contains("fix⟨ESC⟩[2J⟨ESC⟩[31m it⟨U+202E⟩ now⟨U+009B⟩5m");
    }

    @Test
    void neutralisesWhatAProblemSays() {
        server.on("POST /asks", asked -> Said.problem(409, "conflict", HOSTILE));
        assertThat(ask().err()).doesNotContain("\u001b", "\u202e").contains("⟨ESC⟩");
    }

    @Test
    void votesOnExactlyTheDigestOfWhatWasShown() {
        request("pending", "high");
        server.on("POST /requests/AR-1/votes", """
                {"number":"AR-1","state":"approved"}""");
        Typed typed = keyboard.type("approve", "AR-1", "--yes", "-r", "looks right");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.err()).contains(DIGEST);
        assertThat(server.asked("POST /requests/AR-1/votes").getFirst().body())
                .contains("\"payloadDigest\":\"" + DIGEST + "\"", "\"note\":\"looks right\"", "\"vote\":\"approve\"");
    }

    @Test
    void namesTheOptionThatIsTheNoteOfAVote() {
        request("pending", "high");
        server.on("POST /requests/AR-1/votes", asked -> Said.problem(422, "note-required", "`Two` demands a note"));
        assertThat(keyboard.type("reject", "AR-1", "--yes").err()).contains("--reason WHY", "is the note of a vote");
    }

    @Test
    void doesNotVoteOnAPayloadThatIsNotTheOneOfTheRequest() {
        request("pending", "high");
        server.on("GET /requests/AR-1/payload", "something else");
        Typed typed = keyboard.type("approve", "AR-1", "--yes");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).contains("is not the one that AR-1 is about");
        assertThat(server.asked("POST /requests/AR-1/votes")).isEmpty();
    }

    @Test
    void doesNotVoteWhenAnotherPayloadWasMeant() {
        request("pending", "high");
        Typed typed = keyboard.type("approve", "AR-1", "--yes", "--digest", DIGEST.replace('a', 'b'));
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(server.asked("POST /requests/AR-1/votes")).isEmpty();
    }

    @Test
    void asksBackBeforeAVoteAndNeverWithoutAPerson() {
        request("pending", "high");
        server.on("POST /requests/AR-1/votes", """
                {"number":"AR-1","state":"denied"}""");
        assertThat(keyboard.type("deny", "AR-1", "-r", "no").exitCode()).isEqualTo(2);
        assertThat(keyboard.atATerminal()
                        .typeWithInput("n\n", "deny", "AR-1", "-r", "no")
                        .exitCode())
                .isEqualTo(3);
        assertThat(keyboard.typeWithInput("y\n", "deny", "AR-1", "--no-input", "-r", "no")
                        .exitCode())
                .isEqualTo(2);
        assertThat(server.asked("POST /requests/AR-1/votes")).isEmpty();
        assertThat(keyboard.typeWithInput("y\n", "deny", "AR-1", "-r", "no").exitCode())
                .isZero();
        assertThat(server.asked("POST /requests/AR-1/votes")).hasSize(1);
    }

    @Test
    void wantsTheNumberOnceMoreBeforeApprovingWhatIsCritical() {
        request("pending", "critical");
        server.on("POST /requests/AR-1/votes", """
                {"number":"AR-1","state":"approved"}""");
        assertThat(keyboard.type("approve", "AR-1", "--yes").exitCode()).isEqualTo(2);
        assertThat(keyboard.type("approve", "AR-1", "--confirm=AR-2").exitCode())
                .isEqualTo(2);
        assertThat(server.asked("POST /requests/AR-1/votes")).isEmpty();
        assertThat(keyboard.type("approve", "AR-1", "--confirm=AR-1").exitCode())
                .isZero();
    }

    @Test
    void readsTheReasonFromStandardInput() {
        request("pending", "high");
        server.on("POST /requests/AR-1/votes", """
                {"number":"AR-1","state":"pending"}""");
        keyboard.typeWithInput("because\nof this\n", "approve", "AR-1", "--yes", "-F", "-");
        assertThat(server.asked("POST /requests/AR-1/votes").getFirst().body()).contains("because\\nof this");
    }

    @Test
    void passesAHandleOnEvenWhereAFileHasItsName() throws IOException {
        Files.writeString(home.resolve("ada"), "grace");
        server.on("GET /people/@ada", """
                {"handle":"ada"}""");
        assertThat(keyboard.type("directory", "people", "show", "@ada").exitCode())
                .isZero();
    }

    @Test
    void keepsTheSignInForItsOwnerAndItsServerAlone() throws IOException {
        server.on("POST /sessions", """
                {"person":{"handle":"ada"},"secret":"cs_s_secret","expiresAt":"2026-11-22T00:00:00Z"}""");
        server.on("GET /me", """
                {"handle":"ada"}""");
        server.on("DELETE /sessions/current", asked -> Said.nothing());
        Keyboard ada = new Keyboard(home);
        Typed typed = ada.typeWithInput("hunter2hunter2\n", "login", "@ada", "--password-stdin", "--url", server.url());
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out() + typed.err()).doesNotContain("cs_s_secret", "hunter2");
        Path file = home.resolve(".config/countersign/sign-in.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(ada.type("whoami").exitCode()).isZero();
        assertThat(server.asked("GET /me").getFirst().header("Authorization")).isEqualTo("Bearer cs_s_secret");
        assertThat(ada.type("whoami", "--url", "http://127.0.0.1:1").exitCode()).isEqualTo(4);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(ada.type("whoami").err()).contains("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(ada.type("logout").exitCode()).isZero();
        assertThat(Files.readString(file)).doesNotContain("cs_s_secret");
        assertThat(ada.type("whoami").exitCode()).isEqualTo(4);
    }

    @Test
    void readsTwoPasswordsFromTwoLines() {
        server.on("POST /me/password", asked -> Said.nothing());
        assertThat(keyboard.typeWithInput("old one\r\nnew one\n", "password", "--password-stdin")
                        .exitCode())
                .isZero();
        assertThat(server.asked("POST /me/password").getFirst().body())
                .contains("\"currentPassword\":\"old one\"", "\"newPassword\":\"new one\"");
    }

    @Test
    void opensAnEnrolmentLinkAtTheServerItPointsTo() {
        server.on("POST /enrolments", """
                {"person":{"handle":"ada"},"secret":"cs_s_secret","expiresAt":"2026-11-22T00:00:00Z"}""");
        Keyboard ada = new Keyboard(home);
        Typed typed = ada.typeWithInput(
                "a long password\n", "enrol", server.url() + "/enrol#cs_l_abc-123", "--password-stdin");
        assertThat(typed.exitCode()).isZero();
        assertThat(server.asked("POST /enrolments").getFirst().body())
                .contains("\"link\":\"cs_l_abc-123\"", "\"password\":\"a long password\"");
    }

    @Test
    void wantsTheNameBeforeRemovingWhatIsGoneThen() {
        server.on("GET /projects/payments", """
                {"name":"payments"}""");
        server.on("DELETE /projects/payments", asked -> Said.nothing());
        assertThat(keyboard.type("directory", "projects", "remove", "payments", "--yes")
                        .exitCode())
                .isEqualTo(2);
        assertThat(keyboard.type("directory", "projects", "remove", "payments", "--confirm=payments")
                        .exitCode())
                .isZero();
        assertThat(server.asked("DELETE /projects/payments")).hasSize(1);
    }

    @Test
    void showsTheWeekInWhichAPolicyApplies() {
        String day = "{\"hours\":[" + "false,".repeat(18) + "true,true,true,true,true,true]}";
        server.on("GET /templates", """
                {"items":[{"id":"tpl_1","name":"Off hours","quorum":{"minApprovals":2},"names":{"per_1":"Ada"},
                 "chances":{"possible":true},"calendar":{"timezone":"Europe/Berlin"},"boundTo":[],"later":1}]}""");
        server.on("POST /previews", """
                {"fewestApprovals":2,"eligible":1,"approvers":[{"handle":"ada"}],
                 "calendar":{"timezone":"Europe/Berlin","days":[%s]}}""".formatted(String.join(",", java.util.Collections.nCopies(7, day))));
        assertThat(keyboard.type("policies", "preview", "Off hours").out())
                .contains("42 of 168 hours, Europe/Berlin time", "Mon  " + "··".repeat(18) + "██".repeat(6));
        assertThat(server.asked("POST /previews").getFirst().body())
                .as("only what a template is written in, because the server takes nothing else")
                .isEqualTo("""
                        {"template":{"name":"Off hours","quorum":{"minApprovals":2}}}""");
    }

    @Test
    void writesOneAtBeforeAHandleHoweverItCame() {
        server.on("GET /accounts/@door", """
                {"handle":"door","owners":[{"handle":"@ada"}],"accountable":{"handle":"ben"}}""");
        assertThat(keyboard.type("directory", "accounts", "show", "@door").out())
                .contains("owners\t@ada\n", "accountable\t@ben");
    }

    @Test
    void readsATemplateFromYamlWithoutMisreadingNo() throws IOException {
        Files.writeString(home.resolve("policy.yaml"), """
                name: Two people
                description: no
                quorum: {minApprovals: 2}
                """);
        server.on("POST /templates", asked -> Said.json(201, """
                {"id":"tpl_1","name":"Two people","version":1,"warnings":[]}"""));
        assertThat(keyboard.type("policies", "create", "-f", "policy.yaml").exitCode())
                .isZero();
        assertThat(server.asked("POST /templates").getFirst().body())
                .contains("\"description\":\"no\"", "\"minApprovals\":2");
    }

    private Typed ask() {
        return keyboard.type("ask", "-a", "release.deploy", "-R", "payments/production", "-r", "because");
    }

    private void list() {
        server.on("GET /requests", """
                {"items":[{"number":"AR-1","state":"pending","action":{"id":"release.deploy","risk":"high"},"reason":"%s",
                 "resource":{"type":"environment","id":"env_1","name":"payments/production"},
                 "subject":{"handle":"ada"},"deadline":"2026-11-21T16:00:00Z","canApprove":true}],
                 "nextCursor":null,"limit":50}""".formatted(HOSTILE));
    }

    private void request(String state, String risk) {
        server.on("GET /requests/AR-1", """
                {"request":{"number":"AR-1","state":"%s","action":{"id":"release.deploy","risk":"%s"},"reason":"%s",
                 "resource":{"type":"environment","id":"env_1","name":"payments/production"},
                 "subject":{"handle":"ada"},"deadline":"2026-11-21T16:00:00Z","canApprove":true,
                 "payloadDigest":"%s"},"requirements":[]}""".formatted(state, risk, HOSTILE, DIGEST));
        server.on("GET /requests/AR-1/payload", PAYLOAD);
        server.on("GET /requests/AR-1/timeline", """
                {"items":[]}""");
    }
}
