package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EndingTest {

    private final Staff staff = Staff.of("rita", "ann", "bob").team("sre", "ann", "bob");

    @Test
    void theSubjectWhoAskedForItAndItsOwnersMayCancel() {
        Subject robot = Story.agent("robot");
        Subject git = Story.agent("git");
        Parties parties = new Parties(robot, git, Set.of("rita"), "bob", null, Set.of("ann"));
        for (String allowed : new String[] {"robot", "git", "rita"}) {
            Story story = Story.of(staff, parties, Demand.by("gate").teams("sre"));
            assertThat(story.apply(new Command.Cancel(allowed)).events()).containsExactly(new Event.Cancelled(null));
            assertThat(story.state()).isEqualTo(new RequestState.Cancelled(Story.START, null));
        }
        for (String stranger : new String[] {"ann", "bob", "cem"}) {
            Story story = Story.of(staff, parties, Demand.by("gate").teams("sre"));
            assertThat(story.apply(new Command.Cancel(stranger)).refusal()).isEqualTo(new Refusal.NotYours());
        }
    }

    @Test
    void onlyAPendingRequestIsCancelled() {
        Story story = approved();
        assertThat(story.apply(new Command.Cancel("rita")).refusal()).isInstanceOf(Refusal.NotPending.class);
        Story late = pending().later(Duration.ofDays(7));
        assertThat(late.apply(new Command.Cancel("rita")).refusal()).isInstanceOf(Refusal.NotPending.class);
    }

    @Test
    void supersedingCancelsWhatIsPendingAndNamesTheSuccessor() {
        Story story = pending();
        assertThat(story.apply(new Command.Supersede("AR-2")).events()).containsExactly(new Event.Cancelled("AR-2"));
        assertThat(story.state()).isEqualTo(new RequestState.Cancelled(Story.START, "AR-2"));
    }

    @Test
    void supersedingRevokesTheGrantOfWhatIsApproved() {
        Story story = approved();
        Change change = story.apply(new Command.Supersede("AR-2"));
        assertThat(change.events()).singleElement().isInstanceOfSatisfying(Event.Revoked.class, revoked -> {
            assertThat(revoked.by()).isEqualTo("rita");
            assertThat(revoked.successor()).isEqualTo("AR-2");
        });
        assertThat(story.state()).isInstanceOfSatisfying(RequestState.Revoked.class, revoked -> {
            assertThat(revoked.by()).isEqualTo("rita");
            assertThat(revoked.successor()).isEqualTo("AR-2");
            assertThat(revoked.at()).isEqualTo(Story.START);
        });
    }

    @Test
    void whatIsExecutingOrEndedIsNotSuperseded() {
        Story executing = approved();
        executing.redeem();
        assertThat(executing.apply(new Command.Supersede("AR-2")).refusal()).isInstanceOf(Refusal.NotPending.class);
        executing.apply(new Command.Report(Story.RITA, false, Outcome.Result.SUCCEEDED));
        assertThat(executing.apply(new Command.Supersede("AR-2")).refusal()).isInstanceOf(Refusal.NotPending.class);
        Story denied = pending();
        denied.deny("ann");
        assertThat(denied.apply(new Command.Supersede("AR-2")).refusal()).isInstanceOf(Refusal.NotPending.class);
    }

    @Test
    void anExpiryIsWrittenDownByTheNextReviewAtItsOwnMoment() {
        Story story = pending().later(Duration.ofDays(8));
        Instant deadline = Story.START.plus(Duration.ofDays(7));
        assertThat(story.apply(new Command.Review()).events()).containsExactly(new Event.Expired());
        assertThat(story.request().state()).isEqualTo(new RequestState.Expired(deadline));
        assertThat(story.apply(new Command.Review()).changed()).isFalse();
    }

    @Test
    void anEndIsNeverLeft() {
        Story denied = pending();
        denied.deny("ann");
        ApprovalRequest ended = denied.request();
        denied.approve("bob");
        denied.apply(new Command.Withdraw("ann"));
        denied.apply(new Command.Cancel("rita"));
        denied.apply(new Command.Supersede("AR-2"));
        denied.apply(new Command.Review());
        denied.apply(new Command.Revoke("rita", true));
        denied.redeem();
        denied.later(Duration.ofDays(30)).apply(new Command.Review());
        assertThat(denied.request()).isEqualTo(ended);
    }

    private Story pending() {
        return Story.of(staff, Demand.by("gate").teams("sre"));
    }

    private Story approved() {
        Story story = pending();
        story.approve("ann");
        return story;
    }
}
