package io.countersign.server.directory;

import io.countersign.server.platform.Problem;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who has which handle, and who an id or {@code @handle} is; only what has not been deleted is found. */
@Repository
class HandleStore {

    static final String PERSON = "person";
    static final String ACCOUNT = "account";
    static final String TEAM = "team";

    /** Somebody who was named. */
    record Holder(String id, String kind, String handle) {}

    private final JdbcClient sql;

    HandleStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Gives a handle to its first holder; 409 {@code handle-taken} when somebody has it. */
    void take(String orgId, String handle, String holderId, String kind) {
        boolean taken = sql.sql("""
                                INSERT INTO handle (org_id, handle, holder_id, holder_kind)
                                VALUES (:org, :handle, :holder, :kind)
                                ON CONFLICT DO NOTHING
                                """)
                        .param("org", orgId)
                        .param("handle", handle)
                        .param("holder", holderId)
                        .param("kind", kind)
                        .update()
                == 1;
        if (!taken) {
            throw Problem.of(409, "handle-taken", "there is a person, account or team `@" + handle + "` already")
                    .remedy("choose another handle")
                    .raise();
        }
    }

    void giveBack(String orgId, String handle) {
        sql.sql("DELETE FROM handle WHERE org_id = :org AND handle = :handle")
                .param("org", orgId)
                .param("handle", handle)
                .update();
    }

    /** Whoever is meant by an id or {@code @handle}. */
    Optional<Holder> find(String orgId, String idOrAtHandle) {
        boolean byHandle = idOrAtHandle.startsWith("@");
        return sql.sql("SELECT holder_id, holder_kind, handle FROM handle WHERE org_id = :org AND "
                        + (byHandle ? "handle = lower(:name)" : "holder_id = :name"))
                .param("org", orgId)
                .param("name", byHandle ? idOrAtHandle.substring(1) : idOrAtHandle)
                .query((row, _) -> new Holder(row.getString(1), row.getString(2), row.getString(3)))
                .optional();
    }

    /** The id of the one of this kind. */
    Optional<String> find(String orgId, String kind, String idOrAtHandle) {
        return find(orgId, idOrAtHandle)
                .filter(holder -> holder.kind().equals(kind))
                .map(Holder::id);
    }
}
