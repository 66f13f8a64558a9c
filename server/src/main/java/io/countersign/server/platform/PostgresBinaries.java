package io.countersign.server.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of PostgreSQL, unpacked from the archive that travels in the class path. */
final class PostgresBinaries {

    /** Version of the archive; the number before the dot is the format of the data folder. */
    static final String VERSION = "18.6";

    private static final int EXECUTABLE = 0100;

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /** Unpacks into the home unless that has been done; a crash in between leaves nothing half done. */
    static PostgresBinaries unpack(Home home) throws IOException {
        Path folder = home.path("pg-" + VERSION);
        if (Files.notExists(folder)) {
            Path fresh = home.path("pg-" + VERSION + ".fresh");
            deleteAll(fresh);
            Files.createDirectories(fresh);
            untar(fresh);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresBinaries(folder);
    }

    private static void untar(Path target) throws IOException {
        String archive = archive();
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new StartRefused("this build brings no PostgreSQL for this machine (" + archive
                        + "): build on it, or name a database with countersign.database.url");
            }
            TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(packed));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpackOne(tar, entry, target);
            }
        }
    }

    private static void unpackOne(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("the archive names a file outside of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & EXECUTABLE) != 0) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static String archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
        return "postgres-" + system + "-" + machine + ".txz";
    }

    static void deleteAll(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }

    Path folder() {
        return folder;
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }
}
