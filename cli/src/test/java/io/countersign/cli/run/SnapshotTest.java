package io.countersign.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.Surroundings;
import io.countersign.cli.command.Surroundings.Terminals;
import io.countersign.client.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

    @TempDir
    private Path home;

    private Path work = Path.of("/");

    @BeforeEach
    void prepare() throws IOException {
        home = home.toRealPath();
        work = Files.createDirectory(home.resolve("work"));
        write("deploy.sh", "#!/bin/sh\necho deployed $1\n", "rwxr-xr-x");
        write("app.yaml", "replicas: 3\n", "rw-r--r--");
    }

    @Test
    void acceptsWhatNobodyTouched() {
        CommandSnapshot snapshot = take("./deploy.sh", "app.yaml");
        CommandSnapshot again = CommandSnapshot.read(
                snapshot.folder(), snapshot.manifest().payload().digest());
        assertThat(again.manifest()).isEqualTo(snapshot.manifest());
        snapshot = again;
        snapshot.verify();
    }

    @Test
    void isTheSamePayloadWheneverItIsTaken() {
        String first = take("./deploy.sh", "app.yaml").manifest().payload().digest();
        assertThat(take("./deploy.sh", "app.yaml").manifest().payload().digest())
                .isEqualTo(first);
        assertThat(take("./deploy.sh", "./app.yaml").manifest().payload().digest())
                .isNotEqualTo(first);
    }

    @Test
    void isOpenToItsOwnerAlone() throws IOException {
        CommandSnapshot snapshot = take("./deploy.sh", "app.yaml");
        assertThat(mode(snapshot.folder())).isEqualTo("rwx------");
        assertThat(mode(snapshot.folder().resolve("work"))).isEqualTo("r-x------");
        assertThat(mode(snapshot.folder().resolve("work/app.yaml"))).isEqualTo("r--------");
        assertThat(mode(snapshot.folder().resolve("bin/deploy.sh"))).isEqualTo("r-x------");
    }

    @Test
    void refusesAChangedByteInAFile() throws IOException {
        CommandSnapshot snapshot = take("./deploy.sh", "app.yaml");
        overwrite(snapshot.folder().resolve("work/app.yaml"), "replicas: 9\n");
        assertRefused(snapshot, "differs from what was asked for");
    }

    @Test
    void refusesAChangedExecutable() throws IOException {
        CommandSnapshot snapshot = take("./deploy.sh", "app.yaml");
        overwrite(snapshot.folder().resolve("bin/deploy.sh"), "#!/bin/sh\necho pwned $1 \n");
        assertRefused(snapshot, "differs from what was asked for");
    }

    @Test
    void refusesAChangedMode() throws IOException {
        CommandSnapshot snapshot = take("./deploy.sh", "app.yaml");
        Files.setPosixFilePermissions(
                snapshot.folder().resolve("work/app.yaml"), PosixFilePermissions.fromString("rwx------"));
        assertRefused(snapshot, "the mode of");
    }

    @Test
    void refusesAMissingFile() throws IOException {
        CommandSnapshot snapshot = take("./deploy.sh", "app.yaml");
        open(snapshot.folder().resolve("work"));
        Files.delete(snapshot.folder().resolve("work/app.yaml"));
        assertRefused(snapshot, "is missing");
    }

    @Test
    void refusesALinkInPlaceOfAFile() throws IOException {
        CommandSnapshot snapshot = take("./deploy.sh", "app.yaml");
        open(snapshot.folder().resolve("work"));
        Path file = snapshot.folder().resolve("work/app.yaml");
        Files.delete(file);
        Files.createSymbolicLink(file, work.resolve("app.yaml"));
        assertRefused(snapshot, "is missing");
    }

    @Test
    void refusesAnAddedFile() throws IOException {
        CommandSnapshot snapshot = take("./deploy.sh", "app.yaml");
        open(snapshot.folder().resolve("work"));
        Files.writeString(snapshot.folder().resolve("work/kustomization.yaml"), "x");
        assertRefused(snapshot, "was added");
    }

    @Test
    void refusesAChangedManifest() throws IOException {
        CommandSnapshot snapshot = take("./deploy.sh", "app.yaml");
        String digest = snapshot.manifest().payload().digest();
        Path manifest = snapshot.folder().resolve("manifest.json");
        overwrite(manifest, Files.readString(manifest).replace("app.yaml", "bad.yaml"));
        assertThatThrownBy(() -> CommandSnapshot.read(snapshot.folder(), digest))
                .hasMessageContaining("not the one that was asked for");
    }

    @Test
    void refusesAnExchangedInterpreter() throws IOException {
        Path interpreter = write("reader", "\u007fELF", "rwxr-xr-x");
        write("script", "#!" + interpreter + "\nhello\n", "rwxr-xr-x");
        CommandSnapshot snapshot = take("./script");
        assertThat(snapshot.manifest().notBound().getFirst()).contains(interpreter.toString());
        Files.writeString(interpreter, "\u007fELF2");
        assertRefused(snapshot, "the interpreter");
    }

    @Test
    void refusesAnExecutableThatWasExchangedInItsOwnPlace() throws IOException {
        RunAsk ask = new RunAsk(List.of("./deploy.sh"), List.of(), Map.of(), List.of(), null, true);
        CommandSnapshot snapshot = folder().take(surroundings(), ask, taken -> taken);
        assertThat(snapshot.words().getFirst())
                .isEqualTo(work.resolve("deploy.sh").toString());
        snapshot.verify();
        Files.writeString(work.resolve("deploy.sh"), "#!/bin/sh\necho other\n");
        assertRefused(snapshot, "differs from what was asked for");
    }

    @Test
    void keepsWhatWasCopiedWhenTheSourceChangesAfterwards() throws IOException {
        CommandSnapshot snapshot = take("./deploy.sh", "app.yaml");
        Files.writeString(work.resolve("app.yaml"), "replicas: 9\n");
        Files.writeString(work.resolve("deploy.sh"), "#!/bin/sh\nexit 1\n");
        snapshot.verify();
        assertThat(snapshot.folder().resolve("work/app.yaml")).hasContent("replicas: 3");
    }

    @Test
    void putsThePathOfTheCopyWhereTheFileWasNamed() throws IOException {
        Path elsewhere = Files.writeString(home.resolve("values.yaml"), "a: 1\n");
        RunAsk ask = new RunAsk(
                List.of("./deploy.sh", elsewhere.toString(), "--values=" + elsewhere, "plain", "--x=plain"),
                List.of(elsewhere.toString()),
                Map.of(),
                List.of(),
                null,
                false);
        CommandSnapshot snapshot = folder().take(surroundings(), ask, taken -> taken);
        String copy = snapshot.folder().resolve("elsewhere/0/values.yaml").toString();
        assertThat(snapshot.words()).endsWith(copy, "--values=" + copy, "plain", "--x=plain");
    }

    @Test
    void showsApproversTheTextOfScriptsAndFilesAndWhatIsNotBound() {
        String manifest =
                new String(take("./deploy.sh", "app.yaml").manifest().payload().bytes(), StandardCharsets.UTF_8);
        assertThat(Json.text(Json.parse(manifest), "executable", "text")).contains("echo deployed");
        assertThat(manifest).contains("replicas: 3\\n", "shared libraries", "\"mode\":\"0755\"", "/bin/");
    }

    @Test
    void wantsFilesToBeNamedThatWouldNotBeThere() {
        RunAsk ask = new RunAsk(List.of("./deploy.sh", "app.yaml"), List.of(), Map.of(), List.of(), null, false);
        assertThatThrownBy(() -> folder().take(surroundings(), ask, taken -> taken))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("only named files are");
    }

    @Test
    void saysWhichFilesOfARealFolderAreNotBound() {
        RunAsk ask = new RunAsk(List.of("./deploy.sh", "app.yaml"), List.of(), Map.of(), List.of(), ".", false);
        RunManifest manifest =
                folder().take(surroundings(), ask, taken -> taken).manifest();
        assertThat(manifest.notBound())
                .anyMatch(sentence -> sentence.startsWith("`app.yaml` is there now"))
                .anyMatch(sentence -> sentence.contains("everything in the folder " + work));
    }

    @Test
    void refusesToCopyWhatRunsWithItsOwnersRights() throws IOException {
        write("sudo", "\u007fELF", "rwxr-xr-x");
        Files.setAttribute(work.resolve("sudo"), "unix:mode", 0104755);
        assertThatThrownBy(() -> take("./sudo")).hasMessageContaining("rights of its owner");
    }

    @Test
    void refusesWhatIsNeitherAProgramNorAScript() throws IOException {
        write("odd", "echo hello\n", "rwxr-xr-x");
        assertThatThrownBy(() -> take("./odd")).hasMessageContaining("neither a program nor a script");
    }

    @Test
    void refusesLinksInsideANamedFolder() throws IOException {
        Path folder = Files.createDirectory(work.resolve("conf"));
        Files.writeString(folder.resolve("a"), "a");
        Files.createSymbolicLink(folder.resolve("b"), home.resolve("elsewhere"));
        assertThatThrownBy(() -> take("./deploy.sh", "conf")).hasMessageContaining("is a link");
        Files.delete(folder.resolve("b"));
        assertThat(take("./deploy.sh", "conf").folder().resolve("work/conf/a")).hasContent("a");
    }

    @Test
    void leavesNothingBehindWhenItCannotBeTaken() throws IOException {
        assertThatThrownBy(() -> take("./nothing")).isInstanceOf(CommandFailure.class);
        try (var left = Files.list(home.resolve("state/countersign/runs"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void usesNoFolderThatOthersCanOpen() throws IOException {
        take("./deploy.sh");
        Files.setPosixFilePermissions(
                home.resolve("state/countersign/runs"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(this::folder).hasMessageContaining("open to others");
    }

    private CommandSnapshot take(String command, String... files) {
        List<String> words = new java.util.ArrayList<>(List.of(command));
        words.addAll(List.of(files));
        RunAsk ask = new RunAsk(words, List.of(files), Map.of("LEVEL", "3"), List.of(), null, false);
        return folder().take(surroundings(), ask, taken -> taken);
    }

    private RunFolder folder() {
        return RunFolder.of(surroundings());
    }

    private Surroundings surroundings() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Surroundings(
                Map.of("XDG_STATE_HOME", home.resolve("state").toString(), "PATH", "/usr/bin:/bin"),
                home,
                work,
                new ByteArrayInputStream(new byte[0]),
                nowhere,
                nowhere,
                false,
                Terminals.NONE,
                null,
                InstantSource.system(),
                ZoneOffset.UTC);
    }

    private static void assertRefused(CommandSnapshot snapshot, String why) {
        assertThatThrownBy(snapshot::verify)
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("not run: ")
                .hasMessageContaining(why);
    }

    private Path write(String name, String text, String mode) throws IOException {
        Path file = Files.writeString(work.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    /** As somebody would who can do all that the owner can. */
    private static void overwrite(Path file, String text) throws IOException {
        String mode = mode(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
