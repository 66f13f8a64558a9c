package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    @Test
    void everyEndRefusesVoteRedemptionReportAndRevocation() {
        Story denied = pending();
        denied.deny("ann");
        Story expired = pending().later(Duration.ofDays(7));
        Story cancelled = pending();
        cancelled.apply(new Command.Cancel("rita"));
        Story superseded = pending();
        superseded.apply(new Command.Supersede("AR-2"));
        Story late = approved().later(Duration.ofHours(1));
        Story revoked = approved();
        revoked.apply(new Command.Revoke("rita", false));
        for (Story ended : List.of(denied, expired, cancelled, superseded, late, revoked)) {
            RequestState end = ended.state();
            assertThat(ended.redeem().refusal()).isEqualTo(new Refusal.NoGrant(end));
            assertThat(report(ended).refusal()).isEqualTo(new Refusal.NoGrant(end));
            assertThat(ended.apply(new Command.Revoke("rita", true)).refusal()).isEqualTo(new Refusal.NoGrant(end));
            assertThat(ended.apply(new Command.Cancel("rita")).refusal()).isEqualTo(new Refusal.NotPending(end));
            assertThat(ended.apply(new Command.Withdraw("ann")).refusal()).isEqualTo(new Refusal.NotPending(end));
            assertThat(ended.apply(new Command.Strike("vote-1")).refusal()).isEqualTo(new Refusal.NotPending(end));
        }
        for (Story ended : List.of(denied, expired, late, revoked)) {
            assertThat(ended.approve("bob").refusal()).isEqualTo(new Refusal.NotPending(ended.state()));
        }
    }

    @Test
    void whatIsPendingHasNothingToReport() {
        assertThat(report(pending()).refusal()).isEqualTo(new Refusal.NoGrant(new RequestState.Pending()));
    }

    @Test
    void whatIsExecutingOrExecutedTakesNoVote() {
        Story story = approved();
        story.redeem();
        assertThat(story.approve("bob").refusal()).isEqualTo(new Refusal.NotPending(story.state()));
        report(story);
        assertThat(story.state()).isInstanceOf(RequestState.Executed.class);
        assertThat(story.approve("bob").refusal()).isEqualTo(new Refusal.NotPending(story.state()));
    }

    private static Change report(Story story) {
        return story.apply(new Command.Report(Story.RITA, true, Outcome.Result.SUCCEEDED));
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
