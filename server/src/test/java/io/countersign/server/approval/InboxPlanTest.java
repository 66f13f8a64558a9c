package io.countersign.server.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.server.platform.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How often the database plans what an inbox asks of it. */
class InboxPlanTest {

    private static final InboxStore.Part FIRST_PAGE = new InboxStore.Part(
            "org_a", InboxFilter.everything(), InboxOrder.NEWEST, InboxOrder.NEWEST.start(), 51, Instant.EPOCH);

    @Test
    void plansThePagesThatEverybodyOpensOnceForAConnection() {
        try (TestDatabase database = TestDatabase.fresh();
                HikariDataSource one = oneConnection(database)) {
            JdbcClient sql = JdbcClient.create(one);
            InboxStore store = new InboxStore(sql, new TransactionTemplate(new JdbcTransactionManager(one)));
            for (int i = 0; i < 30; i++) {
                store.mine(FIRST_PAGE, "per_a", List.of("per_a", "team_a", "developer"), 1);
                store.waiting(FIRST_PAGE, "per_a", List.of("per_a"), Instant.EPOCH);
            }
            List<@Nullable Long> planned = sql.sql("""
                            SELECT custom_plans FROM pg_prepared_statements
                             WHERE statement LIKE '%unnest%' AND generic_plans > 10
                            """).query(Long.class).list();
            assertThat(planned).containsExactly(0L, 0L);
            assertThat(sql.sql("SHOW plan_cache_mode").query(String.class).single())
                    .as("of everything else")
                    .isEqualTo("auto");
        }
    }

    private static HikariDataSource oneConnection(TestDatabase database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }
}
