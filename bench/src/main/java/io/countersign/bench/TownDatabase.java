package io.countersign.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The embedded database beneath the server that is measured, reached beside it with the secrets of its home. */
record TownDatabase(int port, String ownerPassword, String appPassword, Path log) {

    private static final String NAME = "countersign";
    private static final String APP = "countersign_app";

    static TownDatabase of(Path home) {
        try {
            return new TownDatabase(
                    Integer.parseInt(Files.readAllLines(home.resolve("data/postmaster.pid"))
                            .get(3)
                            .strip()),
                    Files.readString(home.resolve("pg.secret")).strip(),
                    Files.readString(home.resolve("app.secret")).strip(),
                    home.resolve("pg.log"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String name() {
        return NAME;
    }

    String appUser() {
        return APP;
    }

    Connection asOwner() {
        return connect(NAME, ownerPassword);
    }

    Connection asApp() {
        return connect(APP, appPassword);
    }

    void execute(String... statements) {
        try (Connection owner = asOwner();
                Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Connection connect(String user, String password) {
        try {
            return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + NAME, user, password);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
