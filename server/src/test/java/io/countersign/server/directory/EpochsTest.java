package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.core.action.PrincipalKind;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Credential;
import io.countersign.server.platform.CredentialKind;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;

class EpochsTest {

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);
    private final Epochs epochs = server.bean(Epochs.class);
    private final Directory directory = server.bean(Directory.class);
    private final Credentials credentials = server.bean(Credentials.class);
    private final TransactionTemplate transactions = server.bean(TransactionTemplate.class);

    @Test
    void risesWithEveryChangeAndIsKnownHereAtOnce() {
        long before = epochs.fresh(acme.id());
        acme.person("ben");
        assertThat(epochs.fresh(acme.id())).isGreaterThan(before);
        assertThat(directory.fresh(acme.id()).personId("@ben")).isPresent();
    }

    @Test
    void makesAChangeWaitForADecision() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch decide = new CountDownLatch(1);
        AtomicBoolean changed = new AtomicBoolean();
        Thread decision = Thread.ofVirtual()
                .start(() -> transactions.executeWithoutResult(_ -> {
                    epochs.hold(acme.id());
                    held.countDown();
                    await(decide);
                }));
        held.await();
        Thread change = Thread.ofVirtual().start(() -> {
            acme.person("ben");
            changed.set(true);
        });
        Thread.sleep(300);
        assertThat(changed).isFalse();
        decide.countDown();
        decision.join();
        change.join();
        assertThat(changed).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void showsAChangeInProgressToItselfAndToNobodyElse() {
        long before = directory.fresh(acme.id()).epoch();
        transactions.executeWithoutResult(status -> {
            long epoch = epochs.change(acme.id());
            assertThat(directory.at(acme.id(), epoch).epoch()).isEqualTo(epoch);
            status.setRollbackOnly();
        });
        assertThat(directory.fresh(acme.id()).epoch()).isEqualTo(before);
    }

    @Test
    void keepsTheImageWhenOnlyTheRulesChange() {
        DirectoryImage before = directory.fresh(acme.id());
        transactions.executeWithoutResult(_ -> epochs.change(acme.id()));
        DirectoryImage after = directory.fresh(acme.id());
        assertThat(after.epoch()).isGreaterThan(before.epoch());
        assertThat(after.people()).isSameAs(before.people());
    }

    @Test
    void isHeldAndChangedInTransactionsOnly() {
        assertThatThrownBy(() -> epochs.hold(acme.id())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> epochs.change(acme.id())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> epochs.fresh("org_nowhere")).isInstanceOf(ProblemException.class);
    }

    @Test
    void answersNothingFromMemoryThatIsOlderThanASecond() {
        Leash leash = new Leash(server.database().dataSource());
        Epochs asleep = new Epochs(new EpochStore(JdbcClient.create(leash)));
        leash.away = true;
        assertThatThrownBy(() -> asleep.fresh(acme.id())).hasMessageContaining("not-fresh");
        leash.away = false;
        sleep(250);
        assertThat(asleep.fresh(acme.id())).isPositive();
        leash.away = true;
        assertThat(asleep.fresh(acme.id())).isPositive();
        sleep(1_050);
        assertThatThrownBy(() -> asleep.fresh(acme.id())).hasMessageContaining("not-fresh");
        leash.away = false;
        sleep(250);
        assertThat(asleep.fresh(acme.id())).as("asked, it looks itself").isPositive();
    }

    /** A database that can be away. */
    private static final class Leash extends DelegatingDataSource {
        private volatile boolean away;

        Leash(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (away) {
                throw new SQLTransientConnectionException("the database is away");
            }
            return super.getConnection();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void checksACredentialAgainWhereSomethingIsDecided() {
        String ben = acme.signedIn("ben", "developer");
        CredentialMemory memory = server.bean(CredentialMemory.class);
        Caller caller = memory.authenticate(ben).orElseThrow();
        recheck(caller, Permission.ASK);
        assertThatThrownBy(() -> recheck(caller, Permission.POLICY_WRITE)).hasMessageContaining("permission-missing");

        acme.delete("/roles/developer/holders/@ben", acme.admin());
        assertThatThrownBy(() -> recheck(caller, Permission.ASK)).hasMessageContaining("permission-missing");
        transactions.executeWithoutResult(_ -> credentials.recheck(caller));

        acme.delete("/sessions/current", ben);
        assertThatThrownBy(() -> transactions.executeWithoutResult(_ -> credentials.recheck(caller)))
                .hasMessageContaining("credential-unknown");
        assertThatThrownBy(() -> credentials.recheck(caller)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesTheCredentialOfSomebodyDeactivated() {
        String ben = acme.signedIn("ben", "developer");
        Caller caller = server.bean(CredentialMemory.class).authenticate(ben).orElseThrow();
        acme.patch("/people/@ben", acme.admin(), Map.of("active", false));
        assertThatThrownBy(() -> recheck(caller, Permission.ASK)).hasMessageContaining("credential-unknown");
    }

    @Test
    void refusesACredentialThatNeverWas() {
        Caller made = new Caller(
                acme.id(),
                acme.adminId(),
                PrincipalKind.PERSON,
                new Credential("ses_made_up", CredentialKind.SESSION, Set.of(), "x", Instant.EPOCH, null));
        assertThatThrownBy(() -> recheck(made, Permission.ASK)).hasMessageContaining("credential-unknown");
    }

    private void recheck(Caller caller, Permission permission) {
        transactions.executeWithoutResult(_ -> credentials.recheck(caller, permission));
    }
}
