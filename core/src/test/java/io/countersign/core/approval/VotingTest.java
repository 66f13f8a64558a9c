package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.VoteReason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VotingTest {

    private final Staff staff = Staff.of("rita", "ann", "bob", "cem").team("sre", "rita", "ann", "bob");

    @Test
    void twoApprovalsMeetADemandForTwo() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre").approvals(2));
        Change first = story.approve("ann");
        assertThat(first.refusal()).isNull();
        assertThat(first.events()).singleElement().isInstanceOf(Event.Voted.class);
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
        Change second = story.approve("bob");
        assertThat(second.events()).hasSize(2).last().isInstanceOf(Event.Approved.class);
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
        assertThat(second.changed()).isTrue();
        assertThat(second.replayed()).isFalse();
    }

    @Test
    void everyRequirementMustBeMetAndOneApprovalServesThemAll() {
        Story story =
                Story.of(staff, Demand.by("a").teams("sre"), Demand.by("b").users("bob", "cem"));
        story.approve("ann");
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
        Change second = story.approve("bob");
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
        assertThat(second.events())
                .filteredOn(Event.Approved.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Event.Approved.class, approved -> {
                    assertThat(approved.tallies())
                            .extracting(Tally::counted)
                            .containsExactly(Set.of("ann", "bob"), Set.of("bob"));
                    assertThat(approved.tallies()).allMatch(Tally::met);
                });
    }

    @Test
    void aVoteKeepsWhatTheVoterWasThen() {
        Story story = Story.of(
                staff.copy().below("sre", "platform").team("platform").give("ann", "lead"),
                Demand.by("a").teams("sre").approvals(2),
                Demand.by("b").users("cem"));
        Change change = story.vote("ann", Vote.Kind.APPROVE, "looks right", Story.DIGEST);
        assertThat(change.events())
                .containsExactly(new Event.Voted(story.request().votes().getFirst()));
        Vote vote = story.request().votes().getFirst();
        assertThat(vote.personId()).isEqualTo("ann");
        assertThat(vote.kind()).isEqualTo(Vote.Kind.APPROVE);
        assertThat(vote.note()).isEqualTo("looks right");
        assertThat(vote.digest()).isEqualTo(Story.DIGEST);
        assertThat(vote.at()).isEqualTo(Story.START);
        assertThat(vote.teams()).containsExactly("sre");
        assertThat(vote.allTeams()).containsExactlyInAnyOrder("sre", "platform");
        assertThat(vote.orgRoles()).containsExactlyInAnyOrder("developer", "lead");
        assertThat(vote.requirements()).containsExactly("binding-a/a@1");
    }

    @Test
    void oneDenialEndsTheRequest() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre").approvals(2));
        story.approve("ann");
        Change denial = story.deny("bob");
        Vote vote = story.request().votes().getLast();
        assertThat(denial.events()).containsExactly(new Event.Voted(vote), new Event.Denied(vote));
        assertThat(story.state()).isEqualTo(new RequestState.Denied("bob", Story.START));
    }

    @Test
    void someoneEligibleForJustOneOfSeveralRequirementsMayDeny() {
        Story story =
                Story.of(staff, Demand.by("a").teams("sre"), Demand.by("b").users("cem"));
        story.deny("cem");
        assertThat(story.state()).isInstanceOf(RequestState.Denied.class);
    }

    @Test
    void whoIsNotEligibleIsToldByWhichRules() {
        Story story =
                Story.of(staff, Demand.by("a").teams("sre"), Demand.by("b").users("bob"));
        assertThat(story.approve("cem").refusal()).isEqualTo(new Refusal.NotEligible(Set.of(Standing.NOT_LISTED)));
        assertThat(story.deny("rita").refusal())
                .isEqualTo(new Refusal.NotEligible(Set.of(Standing.REQUESTER, Standing.NOT_LISTED)));
        assertThat(story.approve("nobody").refusal()).isEqualTo(new Refusal.NotEligible(Set.of(Standing.INACTIVE)));
        assertThat(story.request().votes()).isEmpty();
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
    }

    @Test
    void votingAgainIsAnsweredWithTheRecordedVote() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre").approvals(2));
        story.approve("ann");
        Vote recorded = story.request().votes().getFirst();
        assertThat(story.approve("ann").refusal()).isEqualTo(new Refusal.AlreadyReviewed(recorded));
        assertThat(story.deny("ann").refusal()).isEqualTo(new Refusal.AlreadyReviewed(recorded));
        assertThat(story.request().votes()).containsExactly(recorded);
    }

    @Test
    void aVoteOnAnotherPayloadIsRefused() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre"));
        Change change = story.vote("ann", Vote.Kind.APPROVE, null, Story.OTHER_DIGEST);
        assertThat(change.refusal()).isEqualTo(new Refusal.PayloadChanged(Story.DIGEST, null));
        assertThat(change.changed()).isFalse();
    }

    @Test
    void refusalsComeInTheirOrder() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre"));
        story.approve("ann");
        assertThat(story.approve("cem").refusal()).isInstanceOf(Refusal.NotEligible.class);
        assertThat(story.approve("ann").refusal()).isInstanceOf(Refusal.AlreadyReviewed.class);
        assertThat(story.approve("bob").refusal())
                .isInstanceOfSatisfying(
                        Refusal.NotPending.class,
                        refusal -> assertThat(refusal.state()).isInstanceOf(RequestState.Approved.class));
        Story open = Story.of(staff, Demand.by("gate").teams("sre").approvals(2).note(VoteReason.ALWAYS));
        assertThat(open.vote("bob", Vote.Kind.APPROVE, null, Story.OTHER_DIGEST).refusal())
                .isInstanceOf(Refusal.PayloadChanged.class);
        assertThat(open.approve("bob").refusal()).isEqualTo(new Refusal.NoteRequired("gate"));
    }

    @Test
    void aRequestItsRequesterCancelledExistsForNoVoter() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre"));
        story.apply(new Command.Cancel("rita"));
        assertThat(story.approve("ann").refusal()).isEqualTo(new Refusal.NotFound());
        assertThat(story.approve("cem").refusal()).isEqualTo(new Refusal.NotFound());
    }

    @Test
    void aVoteOnASupersededRequestNamesTheSuccessor() {
        Story pending = Story.of(staff, Demand.by("gate").teams("sre").approvals(2));
        pending.approve("ann");
        pending.apply(new Command.Supersede("AR-2"));
        assertThat(pending.approve("bob").refusal()).isEqualTo(new Refusal.PayloadChanged(null, "AR-2"));
        assertThat(pending.approve("ann").refusal()).isEqualTo(new Refusal.PayloadChanged(null, "AR-2"));
        assertThat(pending.approve("cem").refusal()).isInstanceOf(Refusal.NotEligible.class);
        Story approved = Story.of(staff, Demand.by("gate").teams("sre"));
        approved.approve("ann");
        approved.apply(new Command.Supersede("AR-2"));
        assertThat(approved.approve("bob").refusal()).isEqualTo(new Refusal.PayloadChanged(null, "AR-2"));
    }

    @Test
    void aVoteAtTheDeadlineIsRefusedThoughNothingHasRun() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre").expiresAfter(Duration.ofHours(1)));
        story.later(Duration.ofHours(1).minusNanos(1));
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
        story.later(Duration.ofNanos(1));
        assertThat(story.approve("ann").refusal())
                .isEqualTo(new Refusal.NotPending(new RequestState.Expired(Story.START.plus(Duration.ofHours(1)))));
    }

    @Test
    void theShortestOfSeveralExpiriesCounts() {
        Story story = Story.of(
                staff,
                Demand.by("a").teams("sre").expiresAfter(Duration.ofHours(3)),
                Demand.by("b").teams("sre").expiresAfter(Duration.ofHours(2)));
        assertThat(story.request().deadline()).isEqualTo(Story.START.plus(Duration.ofHours(2)));
    }

    @Test
    void aNoteIsDemandedAsTheRuleSays() {
        assertThat(noted(VoteReason.NEVER).approve("ann").refusal()).isNull();
        assertThat(noted(VoteReason.NEVER).deny("ann").refusal()).isNull();
        assertThat(noted(VoteReason.ON_DENY).approve("ann").refusal()).isNull();
        assertThat(noted(VoteReason.ON_DENY).deny("ann").refusal()).isEqualTo(new Refusal.NoteRequired("gate"));
        assertThat(noted(VoteReason.ALWAYS).approve("ann").refusal()).isEqualTo(new Refusal.NoteRequired("gate"));
        assertThat(noted(VoteReason.ALWAYS)
                        .vote("ann", Vote.Kind.DENY, "no", Story.DIGEST)
                        .refusal())
                .isNull();
    }

    @Test
    void theOrganizationCanDemandANoteOfEverybody() {
        Story story = noted(VoteReason.NEVER).organizationDemandsNotes();
        assertThat(story.approve("ann").refusal()).isEqualTo(new Refusal.NoteRequired("the organization"));
        assertThat(story.vote("ann", Vote.Kind.APPROVE, "yes", Story.DIGEST).refusal())
                .isNull();
    }

    @Test
    void onlyTheRequirementsTheVoterFitsDemandANoteOfHim() {
        Story story = Story.of(
                staff,
                Demand.by("a").teams("sre").approvals(2),
                Demand.by("b").users("cem").note(VoteReason.ALWAYS));
        assertThat(story.approve("ann").refusal()).isNull();
        assertThat(story.approve("cem").refusal()).isEqualTo(new Refusal.NoteRequired("b"));
    }

    @Test
    void aVoteCanBeWithdrawnWhileTheRequestIsPending() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre").approvals(2));
        story.approve("ann");
        Vote vote = story.request().votes().getFirst();
        assertThat(story.apply(new Command.Withdraw("ann")).events()).containsExactly(new Event.Withdrawn(vote));
        assertThat(story.request().votes()).isEmpty();
        assertThat(story.apply(new Command.Withdraw("ann")).refusal()).isEqualTo(new Refusal.NothingToWithdraw());
        assertThat(story.approve("ann").refusal()).isNull();
        story.approve("bob");
        assertThat(story.apply(new Command.Withdraw("ann")).refusal()).isInstanceOf(Refusal.NotPending.class);
    }

    @Test
    void aStruckVoteCountsNoMoreAndOthersStay() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre").approvals(3));
        story.approve("ann");
        story.approve("bob");
        Vote vote = story.request().votes().getFirst();
        assertThat(story.apply(new Command.Strike(vote.id())).events()).containsExactly(new Event.Struck(vote));
        assertThat(story.request().votes()).extracting(Vote::personId).containsExactly("bob");
        assertThat(story.apply(new Command.Strike(vote.id())).refusal()).isEqualTo(new Refusal.NothingToWithdraw());
    }

    @Test
    void aVoteStruckAfterTheApprovalIsMissedAtTheRedemption() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre"));
        story.approve("ann");
        story.apply(new Command.Strike(story.request().votes().getFirst().id()));
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
        assertThat(story.redeem().refusal()).isInstanceOf(Refusal.Reopened.class);
        assertThat(story.request().votes()).isEmpty();
    }

    @Test
    void noVoteIsStruckFromWhatHasEndedOrBegun() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre"));
        story.approve("ann");
        story.redeem();
        assertThat(story.apply(new Command.Strike("vote-1")).refusal()).isInstanceOf(Refusal.NotPending.class);
    }

    @Test
    void aRuleBoundAfterTheAskMustBeMetToo() {
        Demand first = Demand.by("a").teams("sre");
        Demand second = Demand.by("b").users("cem");
        Story story = Story.of(staff, first).inForce(first, second);
        Change change = story.approve("ann");
        assertThat(change.events().getFirst()).isEqualTo(new Event.RequirementsAdded(List.of(second.build())));
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
        assertThat(story.approve("cem").refusal()).isNull();
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
    }

    @Test
    void aChangedRuleIsAddedToTheOldOneAndARemovedOneStays() {
        Demand old = Demand.by("a").teams("sre").approvals(2);
        Demand weaker = Demand.by("a").teams("sre").version(2);
        Story story = Story.of(staff, old).inForce(weaker);
        story.approve("ann");
        assertThat(story.request().requirements())
                .extracting(Requirement::id)
                .containsExactly("binding-a/a@1", "binding-a/a@2");
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
        story.inForce();
        story.apply(new Command.Review());
        assertThat(story.request().requirements()).hasSize(2);
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
        story.approve("bob");
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
    }

    @Test
    void aRefusedVoteAddsNothing() {
        Demand first = Demand.by("a").teams("sre");
        Story story = Story.of(staff, first).inForce(first, Demand.by("b").users("cem"));
        Change change = story.approve("nobody");
        assertThat(change.changed()).isFalse();
        assertThat(change.request().requirements()).hasSize(1);
    }

    @Test
    void aReviewApprovesWhatIsMetByNow() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre").approvals(2));
        story.approve("ann");
        Staff without = staff.copy().leave("ann", "sre");
        story.staff(without);
        story.approve("bob");
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
        assertThat(story.apply(new Command.Review()).changed()).isFalse();
        story.staff(staff);
        assertThat(story.apply(new Command.Review()).events()).singleElement().isInstanceOf(Event.Approved.class);
    }

    @Test
    void aRequestWithoutARequirementCannotBeOpened() {
        assertThatThrownBy(() -> Story.of(staff)).isInstanceOf(IllegalArgumentException.class);
    }

    private Story noted(VoteReason when) {
        return Story.of(staff, Demand.by("gate").teams("sre").note(when));
    }
}
