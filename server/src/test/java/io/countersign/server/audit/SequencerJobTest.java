package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.server.platform.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

class SequencerJobTest {

    private static final int WRITERS = 8;
    private static final int TRANSACTIONS_EACH = 250;
    private static final int REQUESTS = 10;
    private static final List<String> ORGANIZATIONS = List.of("org_a", "org_b", "org_c");

    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void countsFromZeroInEachOrganization() {
        LogBook book = LogBook.on(database);
        for (int i = 0; i < 3; i++) {
            book.append(LogBook.person("org_one", "per_1"), LogBook.withdrawn(i, "per_1"), "req_1");
            book.append(LogBook.person("org_two", "per_1"), LogBook.withdrawn(i, "per_1"), "req_1");
        }
        book.sequenceAll();
        assertThat(book.leaves("org_one")).containsExactly(0L, 1L, 2L);
        assertThat(book.leaves("org_two")).containsExactly(0L, 1L, 2L);
        assertThat(book.metrics.get("audit.merge.delay").timer().count()).isEqualTo(6);
    }

    @Test
    void leavesNoPlaceForWhatWasRolledBackAndFindsWhatCommitsLate() {
        LogBook book = LogBook.on(database);
        Actor ann = LogBook.person("org_late", "per_1");
        book.transactions.executeWithoutResult(outer -> {
            book.log.append(ann, LogBook.withdrawn(1, "per_1"), null);
            inAnotherThread(() -> {
                book.append(ann, LogBook.withdrawn(2, "per_1"), null);
                book.transactions.executeWithoutResult(other -> {
                    book.log.append(ann, LogBook.withdrawn(3, "per_1"), null);
                    other.setRollbackOnly();
                });
                book.sequenceAll();
                return null;
            });
        });
        book.sequenceAll();
        assertThat(book.texts("SELECT request_number FROM audit_leaf WHERE org_id = 'org_late' ORDER BY leaf_index"))
                .containsExactly("AR-2", "AR-1");
        assertThat(book.leaves("org_late")).containsExactly(0L, 1L);
    }

    @Test
    void passesByAnOrganizationThatAnotherNodeWorksOn() {
        LogBook here = LogBook.on(database);
        LogBook there = LogBook.on(database);
        here.append(LogBook.person("org_busy", "per_1"), LogBook.withdrawn(1, "per_1"), null);
        SequencerJob slow = here.sequencer(point -> {
            if (point.equals("audit.sequencer.placed")) {
                inAnotherThread(() -> {
                    there.sequencer().sequence();
                    assertThat(there.leaves("org_busy")).isEmpty();
                    return null;
                });
            }
        });
        slow.sequence();
        assertThat(here.leaves("org_busy")).containsExactly(0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit.sequencer.head-taken", "audit.sequencer.placed", "audit.sequencer.advanced"})
    void anotherNodeTakesOverWhatADyingOneHadBegun(String point) {
        String organization = "org_" + point;
        LogBook dying = LogBook.on(database);
        LogBook heir = LogBook.on(database);
        dying.append(LogBook.person(organization, "per_1"), LogBook.withdrawn(1, "per_1"), null);
        dying.sequenceAll();
        dying.append(LogBook.person(organization, "per_1"), LogBook.withdrawn(2, "per_1"), null);
        assertThatThrownBy(() -> dying.sequencer(DiesAt.point(point)).sequence())
                .hasMessage(point);
        assertThat(dying.leaves(organization)).containsExactly(0L);
        heir.sequenceAll();
        assertThat(heir.leaves(organization)).containsExactly(0L, 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit.sequencer.head-taken", "audit.sequencer.placed", "audit.sequencer.advanced"})
    void leavesNothingHalfDoneWhenItsConnectionIsCut(String point) {
        String organization = "org_cut_" + point;
        LogBook cut = LogBook.on(database);
        cut.append(LogBook.person(organization, "per_1"), LogBook.withdrawn(1, "per_1"), null);
        assertThatThrownBy(() -> cut.sequencer(reached -> {
                            if (reached.equals(point)) {
                                cutWhoeverIsAtWork();
                            }
                        })
                        .sequence())
                .isInstanceOfAny(DataAccessException.class, TransactionException.class);
        assertThat(cut.leaves(organization)).isEmpty();
        LogBook.on(database).sequenceAll();
        assertThat(cut.leaves(organization)).containsExactly(0L);
    }

    private static void cutWhoeverIsAtWork() {
        database.owner()
                .sql("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND usename = ? AND state = 'idle in transaction'")
                .param(database.user())
                .query((row, number) -> row.getBoolean(1))
                .list();
    }

    @Test
    void losesNothingAndKeepsOrderUnderManyWritersTwoNodesAndFaults() throws Exception {
        Set<String> committed = ConcurrentHashMap.newKeySet();
        Map<String, List<String>> orders = new ConcurrentHashMap<>();
        for (String organization : ORGANIZATIONS) {
            for (int request = 0; request < REQUESTS; request++) {
                orders.put(organization + request, new ArrayList<>());
            }
        }
        database.owner()
                .sql(
                        "CREATE TABLE locked_row (id text PRIMARY KEY); GRANT SELECT, UPDATE ON locked_row TO countersign_app")
                .update();
        orders.keySet()
                .forEach(id -> database.owner()
                        .sql("INSERT INTO locked_row VALUES (?)")
                        .param(id)
                        .update());
        try (HikariDataSource one = pool();
                HikariDataSource two = pool();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<LogBook> nodes = List.of(new LogBook(one), new LogBook(two));
            AtomicBoolean done = new AtomicBoolean();
            Set<@Nullable String> deaths = new CopyOnWriteArraySet<>();
            List<Future<?>> sequencers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                SequencerJob job = nodes.get(i).sequencer(DiesAt.random(i, 20));
                sequencers.add(threads.submit(() -> sequenceUntil(done, job, deaths)));
            }
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                LogBook node = nodes.get(i % 2);
                writers.add(threads.submit(() -> write(node, writer, committed, orders)));
            }
            for (Future<?> writer : writers) {
                writer.get(120, TimeUnit.SECONDS);
            }
            done.set(true);
            for (Future<?> sequencer : sequencers) {
                sequencer.get(30, TimeUnit.SECONDS);
            }
            assertThat(deaths).as("every fault point was reached").hasSize(3);
            nodes.getFirst().sequenceAll();
            check(nodes.getFirst(), committed, orders);
        }
    }

    private static @Nullable Void sequenceUntil(AtomicBoolean done, SequencerJob job, Set<@Nullable String> deaths) {
        while (!done.get()) {
            try {
                job.sequence();
            } catch (DiesAt.Died died) {
                deaths.add(died.getMessage());
            }
        }
        return null;
    }

    private static @Nullable Void write(
            LogBook node, int writer, Set<String> committed, Map<String, List<String>> orders) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(writer);
        for (int i = 0; i < TRANSACTIONS_EACH; i++) {
            String organization = ORGANIZATIONS.get(random.nextInt(ORGANIZATIONS.size()));
            String request = organization + random.nextInt(REQUESTS);
            boolean rollback = random.nextInt(4) == 0;
            int entries = 1 + random.nextInt(3);
            int transactionNumber = i;
            node.transactions.executeWithoutResult(transaction -> {
                node.texts("SELECT id FROM locked_row WHERE id = ? FOR UPDATE", request);
                List<String> mine = new ArrayList<>();
                for (int n = 0; n < entries; n++) {
                    String person = "per_" + writer + "_" + transactionNumber + "_" + n;
                    node.log.append(LogBook.person(organization, person), LogBook.withdrawn(1, person), request);
                    mine.add(person);
                }
                if (rollback) {
                    transaction.setRollbackOnly();
                } else {
                    // Still under the row's lock: this is the order in which the request's changes happened.
                    orders.getOrDefault(request, new ArrayList<>()).addAll(mine);
                    committed.addAll(mine);
                }
            });
        }
        return null;
    }

    private static void check(LogBook node, Set<String> committed, Map<String, List<String>> orders) {
        List<String> seen = new ArrayList<>();
        Map<String, List<String>> seenOrders = new HashMap<>();
        for (String organization : ORGANIZATIONS) {
            List<Long> leaves = node.leaves(organization);
            assertThat(leaves)
                    .isEqualTo(LongStream.range(0, leaves.size()).boxed().toList());
            assertThat(node.longs("SELECT next_leaf FROM audit_head WHERE org_id = ?", organization))
                    .containsExactly((long) leaves.size());
            node.jdbc.query(
                    "SELECT request_id, actor_id FROM audit_leaf WHERE org_id = ? ORDER BY leaf_index",
                    row -> {
                        seen.add(row.getString(2));
                        seenOrders
                                .computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                                .add(row.getString(2));
                    },
                    organization);
        }
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(committed);
        assertThat(seenOrders).isEqualTo(orders);
        assertThat(node.longs("SELECT count(*) FROM audit_pending WHERE org_id IN ('org_a', 'org_b', 'org_c')"))
                .containsExactly(0L);
    }

    private static HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(6);
        return new HikariDataSource(config);
    }

    private static void inAnotherThread(Callable<@Nullable Void> work) {
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            thread.submit(work).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
