package io.countersign.server.platform;

import io.countersign.server.CountersignServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.JsonNode;

/** A whole server on a free port and a fresh database, called over real HTTP. */
public final class TestServer extends ServerCalls implements AutoCloseable {

    private static final String ADMIN_TOKEN_SETTING = "--COUNTERSIGN_ADMIN_TOKEN=";
    private static final String SECRETS_KEY_SETTING = "--countersign.secrets.key-file=";

    private final TestDatabase database;
    private final ConfigurableApplicationContext context;
    private final boolean alone;

    private TestServer(TestDatabase database, boolean alone, List<String> arguments) {
        this.database = database;
        this.alone = alone;
        this.context = SpringApplication.run(CountersignServer.class, arguments.toArray(String[]::new));
    }

    /** One server with the real clock that lives as long as the JVM; tests in it take an organization each. */
    public static TestServer shared() {
        return Shared.SERVER;
    }

    /** A server of one's own with the real clock; further arguments are settings such as {@code --key=value}. */
    public static TestServer start(String... settings) {
        return on(TestDatabase.fresh(), settings);
    }

    /** A server of one's own whose clock starts at the instant and is moved by {@code POST /api/v1/clock}. */
    public static TestServer simulated(Instant start, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--countersign.clock.simulated=" + start);
        return on(TestDatabase.simulated(start), all.toArray(String[]::new));
    }

    /** The same, where nobody is signed out by months that pass. */
    public static TestServer simulatedForMonths(Instant start, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--countersign.access.session-lifetime=300d");
        all.add("--countersign.access.session-idle=300d");
        return simulated(start, all.toArray(String[]::new));
    }

    /** A server on this database, which is closed with it. */
    public static TestServer on(TestDatabase database, String... settings) {
        return on(database, true, settings);
    }

    /** Another node on the same database, to be closed before this one. */
    public TestServer beside(String... settings) {
        return on(database, false, settings);
    }

    private static TestServer on(TestDatabase database, boolean alone, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--countersign.server.port=0",
                "--countersign.database.url=" + database.url(),
                "--countersign.database.user=" + database.user(),
                "--countersign.database.password=" + database.password(),
                "--countersign.database.owner-user=" + database.ownerUser(),
                "--countersign.database.owner-password=" + database.ownerPassword(),
                "--countersign.database.pool-size=8"));
        if (Stream.of(settings).noneMatch(setting -> setting.startsWith(SECRETS_KEY_SETTING))) {
            arguments.add(SECRETS_KEY_SETTING + SecretsKey.FILE);
        }
        if (Stream.of(settings).noneMatch(setting -> setting.startsWith(ADMIN_TOKEN_SETTING))) {
            arguments.add(ADMIN_TOKEN_SETTING + ADMIN_TOKEN);
        }
        arguments.addAll(List.of(settings));
        return new TestServer(database, alone, arguments);
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** A bean of the running server. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All beans of this type. */
    public <T> List<T> beans(Class<T> type) {
        return List.copyOf(context.getBeansOfType(type).values());
    }

    /** What a route declares that it demands. */
    public Optional<Permission> permission(HandlerMethod route) {
        return Routes.permission(route);
    }

    public TestDatabase database() {
        return database;
    }

    /** An answer with its body read as JSON; a body that is none is a missing node. */
    public record Answer(int status, JsonNode body, String text, HttpHeaders headers) {

        /** The member {@code code} of a problem document, or an empty text. */
        public String code() {
            return body.path("code").asString("");
        }
    }

    /** Stops it as a signal would, and keeps the rest. */
    public void stop() {
        context.close();
    }

    @Override
    public void close() {
        stop();
        hangUp();
        if (alone) {
            database.close();
        }
    }

    /** The key file that all servers of this JVM share, like the nodes of one installation. */
    private static final class SecretsKey {
        private static final Path FILE = draw();

        private static Path draw() {
            try {
                Path file = Files.createTempFile("secrets", ".key");
                file.toFile().deleteOnExit();
                return Files.writeString(file, Secrets.hash(Secrets.draw("test")));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** Made when first asked for, closed with the JVM by Spring's own shutdown hook. */
    private static final class Shared {
        private static final TestServer SERVER = start();
    }
}
