package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.policy.Approvers;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountingTest {

    private final Staff staff = Staff.of("rita", "ann", "bob", "cem", "dan");

    @Test
    void everyFieldOfTheQuorumMustBeThere() {
        Staff some = staff.copy().team("sec", "ann").team("web", "bob").give("cem", "lead");
        Demand demand = Demand.by("gate")
                .roles("developer")
                .approvals(4)
                .distinctTeams(2)
                .requiredUsers("dan")
                .requiredTeams("sec", "web")
                .requiredRoles("lead");
        Story story = Story.of(some, demand);
        assertThat(story.tally(0).missing())
                .containsExactly(
                        new Missing.Approvals(4),
                        new Missing.DistinctTeams(2),
                        new Missing.RequiredUser("dan"),
                        new Missing.RequiredTeam("sec"),
                        new Missing.RequiredTeam("web"),
                        new Missing.RequiredRole("lead"));
        story.approve("ann");
        story.approve("cem");
        assertThat(story.tally(0).missing())
                .containsExactly(
                        new Missing.Approvals(2),
                        new Missing.DistinctTeams(1),
                        new Missing.RequiredUser("dan"),
                        new Missing.RequiredTeam("web"));
        story.approve("bob");
        story.approve("dan");
        assertThat(story.tally(0).missing()).isEmpty();
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
    }

    @Test
    void oneApprovalFillsEveryFieldItFits() {
        Staff some = staff.copy().team("sec", "ann").give("ann", "lead");
        Demand demand = Demand.by("gate")
                .requiredUsers("ann")
                .requiredTeams("sec")
                .requiredRoles("lead")
                .distinctTeams(1);
        Story story = Story.of(some, demand);
        story.approve("ann");
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
    }

    @Test
    void aPersonInTwoTeamsCountsForOneOfThem() {
        Staff some = staff.copy().team("sre", "ann", "bob").team("web", "ann");
        Story story = Story.of(
                some, Demand.by("gate").teams("sre", "web").distinctTeams(2).approvals(1));
        story.approve("ann");
        assertThat(story.tally(0).missing()).containsExactly(new Missing.DistinctTeams(1));
        story.approve("bob");
        assertThat(story.tally(0).met()).isTrue();
    }

    @Test
    void distinctTeamsAreThoseTheRuleListsNestedMembersIncluded() {
        Staff some = staff.copy()
                .team("sre", "ann")
                .team("web", "bob")
                .team("all")
                .below("sre", "all")
                .below("web", "all");
        Story listed =
                Story.of(some, Demand.by("gate").teams("all").distinctTeams(2).approvals(2));
        listed.approve("ann");
        listed.approve("bob");
        assertThat(listed.tally(0).missing()).containsExactly(new Missing.DistinctTeams(1));
        Story unlisted = Story.of(
                some, Demand.by("gate").users("ann", "bob").distinctTeams(2).approvals(2));
        unlisted.approve("ann");
        unlisted.approve("bob");
        assertThat(unlisted.state()).isInstanceOf(RequestState.Approved.class);
        Story required = Story.of(
                some,
                Demand.by("gate")
                        .users("ann", "bob")
                        .requiredTeams("sre")
                        .distinctTeams(2)
                        .approvals(2));
        required.approve("ann");
        required.approve("bob");
        assertThat(required.tally(0).missing()).containsExactly(new Missing.DistinctTeams(1));
    }

    @Test
    void withoutListedTeamsOnlyDirectMembershipMakesATeamDistinct() {
        Staff some = staff.copy().team("sre", "ann").team("all", "bob").below("sre", "all");
        Story story = Story.of(some, Demand.by("gate").users("ann", "bob").distinctTeams(2));
        story.approve("ann");
        assertThat(story.tally(0).missing()).containsExactly(new Missing.DistinctTeams(1));
        story.approve("bob");
        assertThat(story.tally(0).met()).isTrue();
    }

    @Test
    void aTeamMarkedAsNotDistinctIsNoTeamHere() {
        Staff some =
                staff.copy().team("staff", "ann", "bob").notDistinct("staff").team("sre", "ann");
        Story story = Story.of(some, Demand.by("gate").users("ann", "bob").distinctTeams(2));
        story.approve("ann");
        story.approve("bob");
        assertThat(story.tally(0).missing()).containsExactly(new Missing.DistinctTeams(1));
    }

    @Test
    void whoLostTheTeamTheRoleOrTheAccountNoLongerCounts() {
        Staff some = staff.copy().team("sre", "ann").give("bob", "lead");
        Demand demand =
                Demand.by("gate").users("cem", "dan").teams("sre").roles("lead").approvals(4);
        Story story = Story.of(some, demand);
        for (String person : new String[] {"ann", "bob", "cem"}) {
            story.approve(person);
        }
        assertThat(story.tally(0).counted()).containsExactlyInAnyOrder("ann", "bob", "cem");
        story.staff(some.copy().leave("ann", "sre").take("bob", "lead").deactivate("cem"));
        assertThat(story.tally(0).counted()).isEmpty();
        assertThat(story.tally(0).lapsed()).containsExactlyInAnyOrder("ann", "bob", "cem");
        story.staff(some.copy().remove("ann").roles("cem", "viewer"));
        assertThat(story.tally(0).counted()).containsExactly("bob");
        assertThat(story.tally(0).lapsed()).containsExactlyInAnyOrder("ann", "cem");
    }

    @Test
    void aTeamOrRoleGainedAfterTheVoteFillsNoPlace() {
        Demand demand = Demand.by("gate")
                .users("ann")
                .requiredTeams("sec")
                .requiredRoles("lead")
                .distinctTeams(1);
        Staff some = staff.copy().team("sec");
        Story story = Story.of(some, demand);
        story.approve("ann");
        story.staff(some.copy().join("ann", "sec").give("ann", "lead"));
        assertThat(story.tally(0).missing())
                .containsExactly(
                        new Missing.DistinctTeams(1),
                        new Missing.RequiredTeam("sec"),
                        new Missing.RequiredRole("lead"));
    }

    @Test
    void whatWasLostAndRegainedCountsAgain() {
        Staff some = staff.copy().team("sec", "ann").give("ann", "lead");
        Story story = Story.of(
                some,
                Demand.by("gate").requiredTeams("sec").requiredRoles("lead").approvals(2));
        story.approve("ann");
        story.staff(some.copy().leave("ann", "sec").take("ann", "lead"));
        assertThat(story.tally(0).counted()).isEmpty();
        story.staff(some);
        assertThat(story.tally(0).counted()).containsExactly("ann");
        assertThat(story.tally(0).missing()).containsExactly(new Missing.Approvals(1));
    }

    @Test
    void anotherListedTeamGainedSinceDoesNotKeepAVoteAlive() {
        Staff some = staff.copy().team("sre", "ann").team("web");
        Story story = Story.of(some, Demand.by("gate").teams("sre", "web").approvals(2));
        story.approve("ann");
        story.staff(some.copy().leave("ann", "sre").join("ann", "web"));
        assertThat(story.standing("ann")).isEqualTo(Standing.ELIGIBLE);
        assertThat(story.tally(0).counted()).isEmpty();
        assertThat(story.tally(0).lapsed()).containsExactly("ann");
    }

    @Test
    void anotherRoleInsteadOfTheOldOneKeepsAVoteThatRestsOnTheName() {
        Story story = Story.of(staff, Demand.by("gate").users("ann").approvals(2));
        story.approve("ann");
        story.staff(staff.copy().roles("ann", "admin"));
        assertThat(story.tally(0).counted()).containsExactly("ann");
    }

    @Test
    void aVoteCountsForARequirementAddedLaterByWhatTheVoterWasThen() {
        Staff some = staff.copy().team("sre", "ann").team("web");
        Demand first = Demand.by("a").users("ann", "bob").approvals(2);
        Story story = Story.of(some, first);
        story.approve("ann");
        story.inForce(first, Demand.by("b").teams("sre"), Demand.by("c").teams("web"));
        story.staff(some.copy().join("ann", "web"));
        story.apply(new Command.Review());
        assertThat(story.tally(1).counted()).containsExactly("ann");
        assertThat(story.tally(2).counted()).isEmpty();
        assertThat(story.tally(2).lapsed()).isEmpty();
    }

    @Test
    void aDeletedTeamLeavesTheRequirementUnmetAndSaysSo() {
        Staff some = staff.copy().team("sec", "ann");
        Story story = Story.of(some, Demand.by("gate").teams("sec"));
        story.staff(some.copy().dissolve("sec"));
        assertThat(story.approve("ann").refusal()).isInstanceOf(Refusal.NotEligible.class);
        assertThat(story.outlook().unsatisfiable()).isTrue();
        assertThat(story.outlook().eligible()).isEmpty();
        story.apply(new Command.Review());
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
    }

    @Test
    void whenOnlyTheRequesterCouldMeetItTheBarStays() {
        Staff some = staff.copy().team("sec", "rita");
        Story story = Story.of(some, Demand.by("gate").teams("sec"));
        assertThat(story.outlook().unsatisfiable()).isTrue();
        assertThat(story.approve("rita").refusal()).isInstanceOf(Refusal.NotEligible.class);
    }

    @Test
    void fromItsTimeOnTheEscalationApprovesAsWell() {
        Demand demand = Demand.by("gate")
                .users("ann", "bob")
                .approvals(2)
                .escalates(Duration.ofMinutes(10), new Approvers(Set.of("cem"), Set.of(), Set.of()));
        Story story = Story.of(staff, demand).later(Duration.ofMinutes(10).minusNanos(1));
        assertThat(story.approve("cem").refusal()).isEqualTo(new Refusal.NotEligible(Set.of(Standing.NOT_LISTED)));
        story.later(Duration.ofNanos(1));
        assertThat(story.standing("ann")).isEqualTo(Standing.ELIGIBLE);
        assertThat(story.approve("cem").refusal()).isNull();
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
        story.approve("ann");
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
    }

    @Test
    void anEscalationLiftsNobodyWhoIsNeverCounted() {
        Demand demand = Demand.by("gate")
                .users("ann")
                .escalates(Duration.ofMinutes(10), new Approvers(Set.of("rita"), Set.of(), Set.of()));
        Story story = Story.of(staff, demand).later(Duration.ofMinutes(10));
        assertThat(story.standing("rita")).isEqualTo(Standing.REQUESTER);
    }

    @Test
    void anEscalationCountsFromTheFirstOpeningWhenTheRequestWasReopened() {
        Demand demand = Demand.by("gate")
                .users("ann", "bob")
                .escalates(Duration.ofMinutes(10), new Approvers(Set.of("cem"), Set.of(), Set.of()));
        Story story = Story.of(staff, demand).later(Duration.ofMinutes(11));
        story.approve("cem");
        story.staff(staff.copy().deactivate("cem")).redeem();
        story.staff(staff);
        assertThat(story.standing("cem")).isEqualTo(Standing.ELIGIBLE);
        assertThat(story.approve("cem").refusal()).isNull();
    }

    @Test
    void aVoteFromBeforeTheEscalationDoesNotBecomeOneOfIt() {
        Demand first = Demand.by("a").users("cem", "dan").approvals(2);
        Demand second = Demand.by("b")
                .users("ann")
                .escalates(Duration.ofMinutes(10), new Approvers(Set.of("cem"), Set.of(), Set.of()));
        Story story = Story.of(staff, first, second);
        story.approve("cem");
        story.later(Duration.ofMinutes(10));
        assertThat(story.tally(1).counted()).isEmpty();
        story.apply(new Command.Withdraw("cem"));
        story.approve("cem");
        assertThat(story.tally(1).counted()).containsExactly("cem");
    }

    @Test
    void theOutlookTellsWhoCouldCloseIt() {
        Staff some = staff.copy().team("sec", "ann", "bob");
        Story story =
                Story.of(some, Demand.by("gate").roles("developer").approvals(2).requiredTeams("sec"));
        assertThat(story.outlook().eligible()).containsExactlyInAnyOrder("ann", "bob", "cem", "dan");
        assertThat(story.outlook().furtherApprovals()).hasValue(2);
        assertThat(story.outlook().closers()).containsExactlyInAnyOrder("ann", "bob", "cem", "dan");
        story.approve("cem");
        Outlook outlook = story.outlook();
        assertThat(outlook.furtherApprovals()).hasValue(1);
        assertThat(outlook.closers()).containsExactlyInAnyOrder("ann", "bob");
        assertThat(outlook.eligible()).containsExactlyInAnyOrder("ann", "bob", "dan");
        assertThat(outlook.tally()).isEqualTo(story.tally(0));
        assertThat(outlook.unsatisfiable()).isFalse();
        story.approve("ann");
        assertThat(story.outlook().furtherApprovals()).hasValue(0);
        assertThat(story.outlook().closers()).isEmpty();
    }

    @Test
    void aPreviewTellsWhoCouldMeetARuleBeforeAnybodyAsks() {
        Demand demand = Demand.by("gate").users("rita", "ann").approvals(2);
        Outlook outlook = Counting.preview(demand.build(), staff.people(), Story.START);
        assertThat(outlook.eligible()).containsExactlyInAnyOrder("rita", "ann");
        assertThat(outlook.furtherApprovals()).hasValue(2);
        assertThat(outlook.closers()).containsExactlyInAnyOrder("rita", "ann");
        Outlook never = Counting.preview(demand.approvals(3).build(), staff.people(), Story.START);
        assertThat(never.unsatisfiable()).isTrue();
        assertThat(never.tally().missing()).containsExactly(new Missing.Approvals(3));
    }
}
