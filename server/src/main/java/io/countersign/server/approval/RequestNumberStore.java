package io.countersign.server.approval;

import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the last request number of each organization, on connections that take no part in the present transaction. */
@Repository
class RequestNumberStore {

    private final JdbcClient jdbc;

    RequestNumberStore(@Qualifier("unwaited") DataSource unwaited) {
        this.jdbc = JdbcClient.create(unwaited);
    }

    long next(String orgId) {
        return jdbc.sql("""
                        INSERT INTO request_number AS counter (org_id, last) VALUES (:org, 1)
                        ON CONFLICT (org_id) DO UPDATE SET last = counter.last + 1 RETURNING last
                        """).param("org", orgId).query(Long.class).single();
    }
}
