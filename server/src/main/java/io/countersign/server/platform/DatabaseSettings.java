package io.countersign.server.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Which database is used. */
@ConfigurationProperties("countersign.database")
public record DatabaseSettings(
        @Setting("JDBC URL of an existing PostgreSQL 18; empty means that the server runs its own") @DefaultValue("")
        String url,

        @Setting("role the server works as; it should own nothing and be a member of countersign_app")
        @DefaultValue("countersign_app")
        String user,

        @Setting("password of that role") @DefaultValue("") String password,

        @Setting("role that owns the tables and migrates them; empty means the same role as user") @DefaultValue("")
        String ownerUser,

        @Setting("password of the owner") @DefaultValue("") String ownerPassword,

        @Setting("connections the server holds open") @DefaultValue("16")
        int poolSize) {

    /** Whether the server runs its own PostgreSQL. */
    boolean embedded() {
        return url.isBlank();
    }
}
