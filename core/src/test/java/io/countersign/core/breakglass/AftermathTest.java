package io.countersign.core.breakglass;

import static io.countersign.core.breakglass.Emergency.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.breakglass.Reviewers.Bar;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AftermathTest {

    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void whatIsMissingIsLateFromItsMomentOn() {
        Aftermath nothing = new Aftermath(START, null, null);
        assertThat(nothing.settled()).isFalse();
        assertThat(nothing.closureOverdue(DAY, START.plus(DAY).minusNanos(1))).isFalse();
        assertThat(nothing.closureOverdue(DAY, START.plus(DAY))).isTrue();
        assertThat(nothing.reviewOverdue(DAY, START.plus(DAY).minusNanos(1))).isFalse();
        assertThat(nothing.reviewOverdue(DAY, START.plus(DAY))).isTrue();
    }

    @Test
    void whatIsThereIsNeverLateAndBothSettleIt() {
        Aftermath closed = new Aftermath(START, START.plus(DAY), null);
        assertThat(closed.closureOverdue(DAY, START.plus(DAY.multipliedBy(9)))).isFalse();
        assertThat(closed.reviewOverdue(DAY, START.plus(DAY.multipliedBy(9)))).isTrue();
        assertThat(closed.settled()).isFalse();
        Aftermath both = new Aftermath(START, START, START);
        assertThat(both.settled()).isTrue();
        assertThat(both.reviewOverdue(DAY, START.plus(DAY.multipliedBy(9)))).isFalse();
    }

    @Test
    void isReviewedBySomebodyOfTheRolesWhoHadNoPartInIt() {
        Reviewers reviewers = new Reviewers("ann", Set.of("bob"), Set.of("ann", "git"));
        assertThat(reviewers.against("sam", Set.of("security_manager"))).isEmpty();
        assertThat(reviewers.against("cleo", Set.of("developer", "compliance_officer")))
                .isEmpty();
        assertThat(reviewers.against("ada", Set.of("admin", "policy_manager"))).contains(Bar.ROLE);
        assertThat(reviewers.against("ann", Set.of("security_manager"))).contains(Bar.OWNER);
        assertThat(reviewers.against("bob", Set.of("security_manager"))).contains(Bar.APPROVED_OPENING);
        assertThat(reviewers.against("git", Set.of("security_manager"))).contains(Bar.ACTED);
    }

    @Test
    void remindsTenMinutesBeforeItsEndAndAfterFifteenQuietOnes() {
        SessionState.Active active = new SessionState.Active(START, START.plus(Duration.ofHours(1)));
        assertThat(Reminder.ENDS_SOON.dueAt(START.plusSeconds(50 * 60 - 1), active, null))
                .isFalse();
        assertThat(Reminder.ENDS_SOON.dueAt(START.plusSeconds(50 * 60), active, null))
                .isTrue();
        assertThat(Reminder.IDLE.dueAt(START.plusSeconds(15 * 60 - 1), active, null))
                .isFalse();
        assertThat(Reminder.IDLE.dueAt(START.plusSeconds(15 * 60), active, null))
                .isTrue();
        assertThat(Reminder.IDLE.dueAt(START.plusSeconds(15 * 60), active, START.plusSeconds(60)))
                .isFalse();
        assertThat(Reminder.IDLE.dueAt(START.plusSeconds(16 * 60), active, START.plusSeconds(60)))
                .isTrue();
        assertThat(Reminder.quietSince(active, START.minusSeconds(60))).isEqualTo(START);
    }
}
