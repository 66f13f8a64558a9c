package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.policy.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReopeningTest {

    private final Staff staff = Staff.of("rita", "ann", "bob", "cem").team("sre", "ann", "bob", "cem");

    @Test
    void aVoterWhoLeftBeforeTheRedemptionReopensTheRequest() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre").approvals(2));
        story.approve("ann");
        story.approve("bob");
        story.staff(staff.copy().leave("ann", "sre"));
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
        Change change = story.redeem();
        assertThat(change.refusal()).isInstanceOfSatisfying(Refusal.Reopened.class, refusal -> {
            Tally tally = refusal.tallies().getFirst();
            assertThat(tally.counted()).containsExactly("bob");
            assertThat(tally.lapsed()).containsExactly("ann");
            assertThat(tally.missing()).containsExactly(new Missing.Approvals(1));
        });
        assertThat(change.events()).singleElement().isInstanceOf(Event.Reopened.class);
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
        assertThat(story.request().votes()).extracting(Vote::personId).containsExactly("bob");
    }

    @Test
    void theNextApprovalMakesANewGrant() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre").approvals(2));
        story.approve("ann");
        Change first = story.approve("bob");
        story.staff(staff.copy().deactivate("ann"));
        story.redeem();
        Change second = story.approve("cem");
        assertThat(grantOf(second)).isNotEqualTo(grantOf(first));
        assertThat(story.redeem().refusal()).isNull();
    }

    @Test
    void aRuleInForceSinceTheApprovalReopensAndStays() {
        Demand gate = Demand.by("gate").users("ann");
        Demand later = Demand.by("later").users("bob");
        Story story = Story.of(staff, gate);
        story.approve("ann");
        story.inForce(gate, later);
        Change change = story.redeem();
        assertThat(change.events()).hasSize(2).first().isEqualTo(new Event.RequirementsAdded(List.of(later.build())));
        assertThat(change.refusal()).isInstanceOf(Refusal.Reopened.class);
        story.inForce(gate);
        assertThat(story.request().requirements()).extracting(Requirement::name).containsExactly("gate", "later");
        story.approve("bob");
        assertThat(story.redeem().refusal()).isNull();
    }

    @Test
    void aNewRuleThatTheVotesMeetAlreadyDoesNotStandInTheWay() {
        Demand gate = Demand.by("gate").users("ann");
        Demand later = Demand.by("later").teams("sre");
        Story story = Story.of(staff, gate);
        story.approve("ann");
        story.inForce(gate, later);
        Change change = story.redeem();
        assertThat(change.refusal()).isNull();
        assertThat(change.events()).hasSize(2);
        assertThat(story.state()).isInstanceOf(RequestState.Executing.class);
        assertThat(story.request().requirements()).hasSize(2);
    }

    @Test
    void onlyARedemptionThatMatchesInEverythingElseReopens() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre"));
        story.approve("ann");
        story.staff(staff.copy().deactivate("ann"));
        assertThat(story.apply(new Command.Redeem(
                                "org-1",
                                "execution-1",
                                Story.RITA,
                                false,
                                Story.RITA,
                                "release.deploy",
                                Story.PRODUCTION,
                                Story.OTHER_DIGEST))
                        .refusal())
                .isInstanceOf(Refusal.GrantMismatch.class);
        assertThat(story.apply(story.redemption("execution-1", Story.agent("robot")))
                        .refusal())
                .isInstanceOf(Refusal.NotTheRedeemer.class);
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
        story.later(Duration.ofHours(1));
        assertThat(story.redeem().refusal()).isInstanceOf(Refusal.NoGrant.class);
        assertThat(story.state()).isInstanceOf(RequestState.GrantExpired.class);
    }

    @Test
    void theDeadlineStartsAnewButNotBeyondTwiceTheExpiryFromTheFirstOpening() {
        assertThat(reopenedAfter(Duration.ofMinutes(30)).deadline())
                .isEqualTo(Story.START.plus(Duration.ofMinutes(90)));
        assertThat(reopenedAfter(Duration.ofMinutes(60).minusNanos(1)).deadline())
                .isEqualTo(Story.START.plus(Duration.ofMinutes(120).minusNanos(1)));
        assertThat(reopenedAfter(Duration.ofMinutes(100)).deadline())
                .isEqualTo(Story.START.plus(Duration.ofMinutes(120)));
    }

    @Test
    void beyondThatLimitItEndsWithItsGrantAndNotBefore() {
        ApprovalRequest request = reopenedAfter(Duration.ofMinutes(130));
        Instant moment = Story.START.plus(Duration.ofMinutes(130));
        assertThat(request.deadline()).isEqualTo(moment);
        assertThat(request.stateAt(moment)).isEqualTo(new RequestState.Expired(moment));
    }

    @Test
    void itKeepsWhenItWasFirstOpened() {
        ApprovalRequest request = reopenedAfter(Duration.ofMinutes(30));
        assertThat(request.firstOpenedAt()).isEqualTo(Story.START);
        assertThat(request.openedAt()).isEqualTo(Story.START.plus(Duration.ofMinutes(30)));
    }

    @Test
    void aVoteThatStillCountsForAnyRequirementIsKept() {
        Story story = Story.of(
                staff, Demand.by("a").users("ann"), Demand.by("b").teams("sre").approvals(2));
        story.approve("ann");
        story.approve("bob");
        story.staff(staff.copy().leave("ann", "sre"));
        story.redeem();
        assertThat(story.request().votes()).extracting(Vote::personId).containsExactly("ann", "bob");
    }

    @Test
    void whoseVoteWasDroppedMayVoteAgain() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre").approvals(2));
        story.approve("ann");
        story.approve("bob");
        story.staff(staff.copy().leave("ann", "sre"));
        story.redeem();
        story.staff(staff);
        assertThat(story.approve("ann").refusal()).isNull();
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
    }

    @Test
    void aReviewNeverTakesAnApprovalBack() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre"));
        story.approve("ann");
        story.staff(staff.copy().deactivate("ann"));
        assertThat(story.apply(new Command.Review()).changed()).isFalse();
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
    }

    private ApprovalRequest reopenedAfter(Duration time) {
        Story story = Story.of(
                staff,
                Demand.by("gate").teams("sre").expiresAfter(Duration.ofHours(1)).grantValidFor(Duration.ofHours(5)));
        story.approve("ann");
        story.staff(staff.copy().deactivate("ann")).later(time);
        assertThat(story.redeem().refusal()).isInstanceOf(Refusal.Reopened.class);
        return story.request();
    }

    private static Set<Grant> grantOf(Change change) {
        return Set.of(change.events().stream()
                .filter(Event.Approved.class::isInstance)
                .map(event -> ((Event.Approved) event).grant())
                .findFirst()
                .orElseThrow());
    }
}
