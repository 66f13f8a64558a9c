package io.countersign.cli.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Counterpart;
import io.countersign.cli.Counterpart.Said;
import io.countersign.cli.Keyboard;
import io.countersign.cli.Keyboard.Typed;
import io.countersign.client.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationCommandsTest {

    private static final Path EXAMPLES =
            Path.of("../examples/policy-as-code").toAbsolutePath().normalize();

    private static final String DIFFERENCE = """
            {"digest":"sha256:1","prune":false,"added":1,"altered":1,"removed":1,"warnings":[
             {"code":"never-applies","field":"documents[0].people[0].name","sentence":"look twice"}],
             "changes":[
             {"change":"add","kind":"person","name":"ben","fields":[{"field":"name","after":"Ben"}]},
             {"change":"alter","kind":"team","name":"sre","fields":[
              {"field":"members","before":["ada","bob"],"after":["ada","eve"]},
              {"field":"name","before":"S","after":"SRE"}]},
             {"change":"remove","kind":"binding","name":"One -> project:shop","fields":[]}]}""";

    @TempDir
    private Path home;

    private final Counterpart server = new Counterpart();
    private Keyboard keyboard = new Keyboard(Path.of("/"));

    @BeforeEach
    void signIn() {
        keyboard = new Keyboard(home).signedIn(server);
        server.on("POST /declarations/differences", DIFFERENCE);
        server.on("POST /declarations", """
                {"digest":"sha256:1","added":1,"altered":1,"removed":1,"warnings":[]}""");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String file(String name, String text) throws IOException {
        Path path = home.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return name;
    }

    private List<String> errors(String... files) {
        String[] words = new String[files.length + 2];
        words[0] = "validate";
        words[1] = "-f";
        System.arraycopy(files, 0, words, 2, files.length);
        Typed typed = keyboard.type(words);
        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(1);
        assertThat(typed.err()).doesNotContain("this should not have happened");
        assertThat(server.asked()).isEmpty();
        return typed.err().lines().filter(line -> line.startsWith("error: ")).toList();
    }

    private static final String BEN = """
            countersign: v1
            people:
              - handle: ben
                name: Ben
            """;

    @Test
    void theExamplesAreValidAndNameNothingTheyDoNotDeclare() {
        Typed typed = keyboard.type(
                "validate", "--whole", "-f", EXAMPLES.resolve("acme").toString());
        assertThat(typed.err()).contains("Valid: 6 people, 4 teams");
        assertThat(typed.exitCode()).isZero();
    }

    @Test
    void theSchemaOfTheExamplesIsTheOneThatIsPrinted() throws IOException {
        String schema = keyboard.type("schema").out();
        assertThat(Files.readString(EXAMPLES.resolve("countersign.schema.json")))
                .isEqualTo(schema);
        assertThat(Json.parse(schema).path("properties").propertyNames())
                .containsExactly(
                        "countersign",
                        "people",
                        "teams",
                        "roles",
                        "accounts",
                        "clusters",
                        "projects",
                        "templates",
                        "bindings");
    }

    @Test
    void placesAreFileLineAndColumn() throws IOException {
        String bad = file("a/bad.yaml", """
                countersign: v1
                people:
                  - handle: ben
                    nmae: Ben
                  - handle: 7
                    name: Seven
                """);
        assertThat(errors(bad))
                .containsExactly(
                        "error: a/bad.yaml:3:5: `name` is missing (missing)",
                        "error: a/bad.yaml:4:11: there is no field `nmae`; did you mean `name`? (unknown-field)",
                        "error: a/bad.yaml:5:13: this is a handle: 1 to 63 of the characters a-z 0-9 . _ -, not `7`"
                                + " (wrong-type)");
    }

    @Test
    void oneThingInTwoFilesIsToldWithBothPlaces() throws IOException {
        assertThat(errors(file("one.yaml", BEN), file("two.yaml", "---\n" + BEN)))
                .containsExactly(
                        "error: two.yaml:4:5: the person `ben` is declared twice; the other one is one.yaml:3:5"
                                + " (declared-twice)");
    }

    @Test
    void aKeyThatIsGivenTwiceIsRefusedWithBothPlaces() throws IOException {
        assertThat(errors(file("a.yaml", "countersign: v1\npeople: []\npeople: []\n")))
                .containsExactly(
                        "error: a.yaml:3:1: `people` is given twice; the other one is a.yaml:2:1 (duplicate-key)");
    }

    @Test
    void tabsEmptyFilesAndBrokenTextsAreRefusedWithTheirPlace() throws IOException {
        assertThat(errors(file("tab.yaml", "countersign: v1\npeople:\n\t- handle: ben\n")))
                .containsExactly("error: tab.yaml:3:1: a tab stands here; YAML is indented with spaces only (no-yaml)");
        assertThat(errors(file("empty.yaml", "# nothing\n")))
                .containsExactly(
                        "error: empty.yaml:1:1: there is nothing here; a document begins with `countersign: v1`"
                                + " (empty-file)");
        assertThat(errors(file("open.yaml", "countersign: v1\npeople: [\n")))
                .hasSize(1)
                .allSatisfy(error -> assertThat(error).startsWith("error: open.yaml:3:1: this is no YAML"));
        Files.write(home.resolve("latin.yaml"), "countersign: v1 # größe".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(errors("latin.yaml")).containsExactly("error: latin.yaml: this is no text in UTF-8 (no-utf-8)");
    }

    @Test
    void bombsOfAliasesAndHugeFilesAreRefused() throws IOException {
        StringBuilder bomb = new StringBuilder("countersign: v1\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 10; i++) {
            String below = ("*a" + (i - 1) + ",").repeat(10);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, below.substring(0, below.length() - 1)));
        }
        assertThat(errors(file("bomb.yaml", bomb.toString())))
                .singleElement()
                .asString()
                .contains("bomb.yaml:", "too large to be meant");
        assertThat(errors(file("self.yaml", "countersign: v1\npeople: &p [*p]\n")))
                .singleElement()
                .asString()
                .contains("self.yaml:2:", "nested too deeply");
        Files.write(home.resolve("huge.yaml"), new byte[33 * 1024 * 1024]);
        assertThat(errors("huge.yaml"))
                .containsExactly("error: huge.yaml: the files are larger than 32 MB together (too-large)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"!!binary aGk=", "!mine x", "2026-11-21", "0x1f", "1e3", ".nan", "~", "[a", "{a: b: c}", "'"})
    void oddValuesEndInWordsAndNeverInATrace(String value) throws IOException {
        Typed typed =
                keyboard.type("validate", "-f", file("odd.yaml", "countersign: v1\npeople:\n  - " + value + "\n"));
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).startsWith("error: odd.yaml:").doesNotContain("Exception", "should not have happened");
    }

    @Test
    void whatTheFilesDoNotDeclareIsANoteUnlessTheyAreWhole() throws IOException {
        String team = file("team.yaml", """
                countersign: v1
                teams:
                  - handle: sre
                    name: SRE
                    members: [ben]
                """);
        Typed note = keyboard.type("validate", "-f", team);
        assertThat(note.exitCode()).isZero();
        assertThat(note.err()).contains("note: team.yaml:5:15: there is no person `ben` in these files");
        assertThat(keyboard.type("validate", "--whole", "-f", team).exitCode()).isEqualTo(1);
    }

    @Test
    void aFolderIsReadWithWhatIsBelowItButNotWhatIsHidden() throws IOException {
        file("all/people/ben.yaml", BEN);
        file("all/eve.yml", BEN.replace("ben", "eve"));
        file("all/.github/workflows/ci.yaml", "on: push\n");
        file("all/notes.txt", "no declaration");
        Typed typed = keyboard.type("validate", "-f", "all");
        assertThat(typed.err()).contains("Valid: 2 people.");
        Files.createDirectories(home.resolve("none"));
        assertThat(keyboard.type("validate", "-f", "none").exitCode()).isEqualTo(2);
        assertThat(keyboard.type("validate", "-f", "nowhere.yaml").exitCode()).isEqualTo(1);
    }

    @Test
    void showsTheDifferenceAsksAndAppliesExactlyThat() throws IOException {
        Typed typed = keyboard.atATerminal().typeWithInput("y\n", "apply", "--prune", "-f", file("a.yaml", BEN));
        assertThat(typed.exitCode()).as(typed.err()).isZero();
        assertThat(typed.out().replaceAll("\u001b\\[[0-9]*m", ""))
                .contains(
                        "+ person ben",
                        "    name: Ben",
                        "~ team sre",
                        "    members: +eve  -bob",
                        "    name: S -> SRE",
                        "- binding One -> project:shop",
                        "1 to add, 1 to change, 1 to remove.");
        assertThat(typed.err().replaceAll("\u001b\\[[0-9]*m", ""))
                .contains("warning: a.yaml:4:11: look twice", "Applied: 1 added, 1 changed, 1 removed.");
        assertThat(server.asked("POST /declarations")).singleElement().satisfies(asked -> {
            assertThat(asked.body()).contains("\"expected\":\"sha256:1\"", "\"prune\":true", "\"handle\":\"ben\"");
            assertThat(asked.header("Idempotency-Key")).isNotEmpty();
        });
    }

    @Test
    void changesNothingWithoutAYes() throws IOException {
        String file = file("a.yaml", BEN);
        assertThat(keyboard.type("apply", "-f", file).exitCode()).isEqualTo(2);
        assertThat(keyboard.type("apply", "--dry-run", "-f", file).exitCode()).isZero();
        Keyboard person = keyboard.atATerminal();
        assertThat(person.typeWithInput("n\n", "apply", "-f", file).exitCode()).isEqualTo(3);
        assertThat(server.asked("POST /declarations")).isEmpty();
        assertThat(keyboard.type("apply", "--yes", "-f", file).exitCode()).isZero();
        assertThat(server.asked("POST /declarations")).hasSize(1);
    }

    @Test
    void standardInputIsAFileToo() {
        assertThat(keyboard.typeWithInput(BEN, "apply", "--yes", "-f", "-").exitCode())
                .isZero();
    }

    @Test
    void writesJsonForPrograms() throws IOException {
        Typed typed = keyboard.type("apply", "--dry-run", "--json", "-f", file("a.yaml", BEN));
        assertThat(Json.parse(typed.out()).path("digest").asString()).isEqualTo("sha256:1");
        Typed applied = keyboard.type("apply", "--yes", "--json", "-f", file("a.yaml", BEN));
        assertThat(Json.parse(applied.out()).path("added").asInt()).isEqualTo(1);
        Typed refused = keyboard.type("validate", "--json", "-f", file("b.yaml", "countersign: v2\n"));
        assertThat(Json.parse(refused.out()).path(0).path("line").asInt()).isEqualTo(1);
    }

    @Test
    void whatTheServerRefusesIsToldAtThePlacesOfTheFiles() throws IOException {
        server.on("POST /declarations/differences", asked -> new Said(409, "application/problem+json", """
                {"type":"x","title":"Declaration refused","status":409,"detail":"no","code":"declaration-refused",
                 "violations":[{"code":"handle-taken","field":"documents[0].people[0]","message":"somebody has it"}],
                 "requestId":"req_1"}"""));
        Typed typed = keyboard.type("apply", "--yes", "-f", file("a.yaml", BEN));
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).contains("error: a.yaml:3:5: somebody has it (handle-taken)", "nothing was done");
        assertThat(server.asked("POST /declarations")).isEmpty();
    }

    @Test
    void aDifferenceThatHasChangedMeanwhileIsToldWithItsRemedy() throws IOException {
        server.on("POST /declarations", asked -> Said.problem(409, "difference-changed", "changed meanwhile"));
        Typed typed = keyboard.type("apply", "--yes", "-f", file("a.yaml", BEN));
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).contains("changed meanwhile", "do something about it");
    }

    @Test
    void exportsAreReadBackAsTheyWere() throws IOException {
        String document = """
                {"countersign":"v1","people":[{"handle":"ben","name":"größe 🦉: # no","email":"b@x","active":false},
                 {"handle":"eve","name":"'no'"},{"handle":"yes","name":"0x1f"},{"handle":"123","name":"~"}],
                 "projects":[{"name":"shop","description":"one\\n\\n  two\\n","environments":[
                  {"name":"production","tier":"production"}]}],
                 "bindings":[{"template":"a: b","to":"*/production","actions":["release.deploy"]}]}""";
        server.on("GET /declarations/current", document);
        String text = keyboard.type("export").out();
        assertThat(text).startsWith("countersign: v1\n\npeople:\n  - handle: ben\n    name: ");
        assertThat(keyboard.type("export", "-o", "whole.yaml").exitCode()).isZero();
        assertThat(Files.readString(home.resolve("whole.yaml"))).isEqualTo(text);
        assertThat(Json.tree(YamlTree.read("whole.yaml", text).getFirst().tree()))
                .isEqualTo(Json.parse(document));

        assertThat(keyboard.type("export", "-o", "folder").exitCode()).isZero();
        assertThat(Files.readString(home.resolve("folder/people.yaml")))
                .startsWith("# yaml-language-server: $schema=countersign.schema.json\ncountersign: v1\n\npeople:");
        assertThat(home.resolve("folder/teams.yaml")).doesNotExist();
        assertThat(home.resolve("folder/countersign.schema.json")).exists();
        keyboard.type("apply", "--dry-run", "-f", "folder");
        assertThat(Json.parse(server.asked("POST /declarations/differences")
                                .getLast()
                                .body())
                        .path("documents"))
                .hasSize(3);
    }
}
