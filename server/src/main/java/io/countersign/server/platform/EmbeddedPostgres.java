package io.countersign.server.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own: durable, reachable on loopback with a password only, and ended with the server; one that
 * survived its server is taken over.
 */
final class EmbeddedPostgres implements AutoCloseable {

    /** The superuser of the cluster, and owner of everything in it. */
    static final String OWNER = "countersign";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int START_ATTEMPTS = 5;
    private static final int PORT_LINE = 3;

    private static final String SETTINGS = """
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            max_connections = 100
            shared_buffers = 128MB
            max_wal_size = 1GB
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            include_if_exists = 'port.conf'
            """;

    private final Home home;
    private final PostgresBinaries binaries;
    private final Unprivileged unprivileged;
    private final Path data;
    private final String ownerPassword;
    private int port;

    private EmbeddedPostgres(Home home, PostgresBinaries binaries, Unprivileged unprivileged) throws IOException {
        this.home = home;
        this.binaries = binaries;
        this.unprivileged = unprivileged;
        this.data = home.path("data");
        this.ownerPassword = home.secret("pg.secret");
    }

    /** Starts or adopts the cluster of this home, or gives the home back; extra lines are settings that win over ours. */
    static EmbeddedPostgres start(Home home, String extraSettings) {
        try {
            PostgresBinaries binaries = PostgresBinaries.unpack(home);
            EmbeddedPostgres postgres = new EmbeddedPostgres(home, binaries, Unprivileged.detect());
            postgres.initialize(extraSettings);
            postgres.refuseOtherVersion();
            postgres.adoptOrStart();
            return postgres;
        } catch (IOException failed) {
            home.close();
            throw new StartRefused("the embedded database does not start: " + failed, failed);
        } catch (StartRefused refused) {
            home.close();
            throw refused;
        }
    }

    private void initialize(String extraSettings) throws IOException {
        if (Files.exists(data)) {
            return;
        }
        Path fresh = home.path("data.init");
        PostgresBinaries.deleteAll(fresh);
        Files.createDirectories(fresh);
        Path log = home.path("pg.log");
        if (Files.notExists(log)) {
            Files.createFile(log);
        }
        unprivileged.handOver(home.folder());
        Programs.run(
                unprivileged.command(List.of(
                        binaries.program("initdb"),
                        "--pgdata=" + fresh,
                        "--username=" + OWNER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + home.path("pg.secret"),
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--locale=C.UTF-8")),
                home.folder());
        Files.writeString(fresh.resolve("postgresql.conf"), SETTINGS + extraSettings, StandardOpenOption.APPEND);
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void refuseOtherVersion() throws IOException {
        String format = Files.readString(data.resolve("PG_VERSION")).strip();
        String ours = PostgresBinaries.VERSION.substring(0, PostgresBinaries.VERSION.indexOf('.'));
        if (!format.equals(ours)) {
            throw new StartRefused("the data in `" + data + "` are of PostgreSQL " + format + ", this server brings "
                    + PostgresBinaries.VERSION + ": bring them over with pg_upgrade, or start the server they were"
                    + " made with");
        }
    }

    private synchronized void adoptOrStart() throws IOException {
        if (isRunning()) {
            port = runningPort()
                    .orElseThrow(() -> new StartRefused("a PostgreSQL runs on `" + data + "` without naming its port"));
            LOG.info("took over the running PostgreSQL on port {}", port);
            return;
        }
        for (int attempt = 1; !startedOn(freePort()); attempt++) {
            if (attempt == START_ATTEMPTS) {
                throw new StartRefused("PostgreSQL does not start; its log is `" + home.path("pg.log") + "`");
            }
        }
    }

    /** Between finding a free port and taking it, another program may have taken it. */
    private boolean startedOn(int candidate) throws IOException {
        try {
            startOnce(candidate);
            return true;
        } catch (StartRefused refused) {
            LOG.warn("PostgreSQL did not start on port {}: {}", candidate, refused.getMessage());
            return false;
        }
    }

    private void startOnce(int candidate) throws IOException {
        Files.writeString(data.resolve("port.conf"), "port = " + candidate + "\n");
        unprivileged.handOver(data.resolve("port.conf"));
        Programs.run(
                unprivileged.command(List.of(
                        binaries.program("pg_ctl"),
                        "start",
                        "-w",
                        "--timeout=60",
                        "--pgdata=" + data,
                        "--log=" + home.path("pg.log"))),
                home.folder());
        port = candidate;
        LOG.info("started PostgreSQL {} on port {}", PostgresBinaries.VERSION, port);
    }

    /** The port of last time if it is free, so that whoever started it by hand finds it again; else any free one. */
    private int freePort() throws IOException {
        Path file = data.resolve("port.conf");
        if (Files.exists(file)) {
            int before = Integer.parseInt(Files.readString(file).replaceAll("\\D", ""));
            try (ServerSocket probe = new ServerSocket(before, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                LOG.info("port {} is taken, PostgreSQL gets another one", before);
            }
        }
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private boolean isRunning() throws IOException {
        return Programs.status(unprivileged.command(List.of(binaries.program("pg_ctl"), "status", "--pgdata=" + data)))
                == 0;
    }

    private OptionalInt runningPort() throws IOException {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.size() > PORT_LINE
                    ? OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE).strip()))
                    : OptionalInt.empty();
        } catch (NoSuchFileException ended) {
            return OptionalInt.empty();
        }
    }

    /**
     * Starts the cluster again on its port when it crashed: its pid file is still there and its process is not. One
     * that was stopped in good order was stopped by somebody, and is left alone. Answers whether it was started.
     */
    synchronized boolean reviveAfterCrash() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (Files.notExists(pidFile) || isRunning()) {
            return false;
        }
        LOG.error("PostgreSQL has crashed; starting it again");
        startOnce(port);
        return true;
    }

    /** The port of the cluster on the loopback address. */
    int port() {
        return port;
    }

    /** The JDBC URL of a database in the cluster. */
    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    String ownerPassword() {
        return ownerPassword;
    }

    /** The folder it lives in. */
    Home home() {
        return home;
    }

    /** Stops the cluster in good order and gives the home back. */
    @Override
    public synchronized void close() {
        List<String> stop = new ArrayList<>(
                List.of(binaries.program("pg_ctl"), "stop", "-w", "--mode=fast", "--timeout=60", "--pgdata=" + data));
        try {
            if (Programs.status(unprivileged.command(stop)) != 0) {
                LOG.warn("PostgreSQL was not running when the server stopped");
            }
        } catch (IOException failed) {
            LOG.error("PostgreSQL could not be stopped", failed);
        } finally {
            home.close();
        }
    }
}
