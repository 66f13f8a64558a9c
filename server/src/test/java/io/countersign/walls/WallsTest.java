package io.countersign.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import io.countersign.walls.HouseMap.Arrow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The walls as they stand, and for each of them something it must catch. */
class WallsTest {

    private static final Pattern PACKAGED = Pattern.compile(".*__[^/]*\\.class");
    private static final Path ROOT = Path.of(System.getProperty("house.root", ".."));

    private static final Set<String> AT_THE_KEYBOARD = Set.of("cli", "client", "rego");

    /** Places whose names do not say that they touch the network, and what for. ARCHITECTURE.md lists them. */
    private static final Map<String, String> MAY_TOUCH_THE_NETWORK = Map.of(
            "WireSettings", "hands on what a program sets on the HTTP client",
            "GitServer", "is a server: it speaks git over HTTP",
            "SecurityDesk", "is a server: it takes the webhooks of the demo",
            "DemoCommand", "asks the system for a port that is free",
            "Stage", "asks whether the server of the demo is ready");

    private static Walls house() {
        return new Walls(
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(WallsTest::isWritten)
                        .importPackages("io.countersign.core", "io.countersign.server"),
                "io.countersign");
    }

    private static Walls fixture() {
        return new Walls(
                new ClassFileImporter().importPackages("io.countersign.walls.fixture"), "io.countersign.walls.fixture");
    }

    private static HouseMap map() throws IOException {
        return HouseMap.read(Files.readString(ROOT.resolve("ARCHITECTURE.md")));
    }

    /** What packaging has added to the classes (process-aot) is nobody's to order. */
    private static boolean isWritten(Location location) {
        return !location.matches(PACKAGED);
    }

    @Test
    void everyPackageHasItsRowAndEveryCallIsDrawn() throws IOException {
        Sources sources = Sources.beneath(ROOT);
        assertThat(map().complaints(sources.packages(), sources.arrows())).isEmpty();
        assertThat(map().complaints(sources.packages(), house().arrows())).isEmpty();
    }

    @Test
    void theMapCatchesAnUnknownPackageAnEmptyRowAndAnArrowUp() {
        HouseMap map = HouseMap.read("""
                | package | what it is | may call |
                | --- | --- | --- |
                | `core.action` | rules | |
                | `server.gate` | the gate | *below*, *core* |
                | `server.approval` | requests | *below*, *core* |
                | `server.empty` | nothing | |
                """);
        Walls fixture = fixture();
        assertThat(map.complaints(fixture.packages(), fixture.arrows()))
                .containsExactlyInAnyOrder(
                        "the package server.platform has no row",
                        "the row server.empty has no classes",
                        "server.approval calls server.gate: UpwardCall uses DoorApi",
                        "server.gate calls server.platform: SecretJob uses Ticker");
        assertThat(map.complaints(
                        Set.of("core.action", "server.gate", "server.approval", "server.empty"),
                        List.of(
                                new Arrow("server.gate", "server.approval", "down"),
                                new Arrow("core.action", "server.gate", "up"))))
                .containsExactly("core.action calls server.gate: up");
    }

    @Test
    void theMapSeesACallInSourcesToo() {
        Sources sources = new Sources(List.of(Sources.source(
                "Screen", "package io.countersign.cli.terminal;\n\nimport io.countersign.cli.wire.Server;\n")));
        assertThat(sources.arrows()).containsExactly(new Arrow("cli.terminal", "cli.wire", "Screen"));
    }

    @Test
    void theSuffixIsThePermission() {
        assertThat(house().suffixes()).isEmpty();
    }

    @Test
    void theSuffixWallCatchesEveryTouchWithoutTheName() {
        assertThat(fixture().suffixes())
                .containsExactly(
                        "Door touches HTTP",
                        "Doorbell touches the network",
                        "Drawer touches SQL",
                        "Telephone touches the network",
                        "Wake touches the clock's tick");
    }

    @Test
    void outsideTheServerOnlyNamedPlacesTouchTheNetwork() {
        assertThat(Sources.beneath(ROOT).naming(Walls.NETWORK, AT_THE_KEYBOARD))
                .as("without the name of a client or sender")
                .filteredOn(name -> !name.endsWith("Client") && !name.endsWith("Sender"))
                .containsExactlyInAnyOrderElementsOf(MAY_TOUCH_THE_NETWORK.keySet());
    }

    @Test
    void theNetworkWallSeesAnImportAFullNameAndAWholePackage() {
        Sources sources = new Sources(List.of(
                Sources.source("Phone", "package io.countersign.cli.git;\n\nimport java.net.http.HttpClient;\n"),
                Sources.source("Fax", "package io.countersign.client;\n\nvar fax = new java.net.Socket();\n"),
                Sources.source("Radio", "package io.countersign.rego;\n\nimport com.sun.net.httpserver.*;\n"),
                Sources.source("Address", "package io.countersign.cli;\n\nimport java.net.InetSocketAddress;\n"),
                Sources.source("Lock", "package io.countersign.cli;\n\nimport java.nio.channels.FileLock;\n"),
                Sources.source("Meter", "package io.countersign.bench;\n\nimport java.net.http.HttpClient;\n")));
        assertThat(sources.naming(Walls.NETWORK, AT_THE_KEYBOARD)).containsExactlyInAnyOrder("Phone", "Fax", "Radio");
    }

    /**
     * The command line waits for programs. Whoever reads a program's pipe on a virtual thread holds its carrier all the while;
     * where a machine has two, one client that stops in the middle of a push would hold up everybody.
     */
    @Test
    void theCommandLineWaitsForProgramsOnThreadsOfItsOwn() {
        assertThat(Sources.beneath(ROOT).mentioning("irtual", Set.of("cli"))).isEmpty();
    }

    @Test
    void theThreadWallSeesEveryWayToAVirtualThread() {
        Sources sources = new Sources(List.of(
                Sources.source("One", "package io.countersign.cli.git;\n\nThread.startVirtualThread(it);\n"),
                Sources.source("Two", "package io.countersign.cli;\n\nThread.ofVirtual().start(it);\n"),
                Sources.source("Own", "package io.countersign.cli;\n\nThread.ofPlatform().start(it);\n"),
                Sources.source("Web", "package io.countersign.client;\n\nThread.ofVirtual().start(it);\n")));
        assertThat(sources.mentioning("irtual", Set.of("cli"))).containsExactly("One", "Two");
    }

    @Test
    void coreIsPure() {
        assertThat(house().impurities()).isEmpty();
    }

    @Test
    void thePurityWallCatchesClocksDiceFilesAndFrameworks() {
        assertThat(fixture().impurities())
                .contains(
                        "Impure calls Instant.now",
                        "Impure calls Math.random",
                        "Impure touches java.io.File",
                        "Impure touches java.lang.System",
                        "Impure touches java.util.Random",
                        "Impure touches org.springframework.stereotype.Component");
    }

    @Test
    void everyNameSaysSomethingAndBelongsToOneClass() {
        assertThat(Sources.beneath(ROOT).badNames()).isEmpty();
    }

    @Test
    void theNameWallCatchesEmptyWordsAndSharedNames() {
        Sources sources = new Sources(List.of(
                Sources.source("TimeUtil", "package io.countersign.core.action;"),
                Sources.source("AbstractGate", "package io.countersign.core.gate;"),
                Sources.source("Gate", "package io.countersign.core.gate;"),
                Sources.source("Gate", "package io.countersign.server.gate;")));
        assertThat(sources.badNames())
                .containsExactly(
                        "the name TimeUtil says nothing",
                        "the name AbstractGate says nothing",
                        "the name Gate is used in core.gate and server.gate");
    }

    @Test
    void everyPackageIsNullMarked() {
        Sources sources = Sources.beneath(ROOT);
        assertThat(sources.files()).hasSizeGreaterThan(100);
        assertThat(sources.unmarkedPackages()).isEmpty();
    }

    @Test
    void theNullWallCatchesAPackageWithoutTheMark() {
        Sources sources = new Sources(List.of(
                Sources.source("package-info", "/** A room. */\npackage io.countersign.core.action;"),
                Sources.source("Ask", "package io.countersign.core.action;")));
        assertThat(sources.unmarkedPackages()).containsExactly("core.action");
    }
}
