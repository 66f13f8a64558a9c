package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.policy.Approvers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The empty signature lines of a requirement, the filled ones, and who may sign none. */
class SlotTest {

    private static final Approvers TWO_TEAMS = new Approvers(Set.of(), Set.of("sre", "platform"), Set.of());

    private final Staff staff = Staff.of("ann", "bob", "cem", "dan")
            .person("rita", "developer")
            .team("sre", "ann", "bob")
            .team("platform", "cem");

    @Test
    void namesWhatIsRequiredFirstAndFillsUpWithAnybody() {
        Story story = Story.of(
                staff, Demand.by("gate").teams("sre", "platform").approvals(3).requiredTeams("sre"));
        assertThat(Slot.of(story.tally(0)))
                .containsExactly(
                        new Slot.OfTeam("sre"),
                        new Slot.OfAnyone(TWO_TEAMS, false),
                        new Slot.OfAnyone(TWO_TEAMS, false));
        story.approve("cem");
        assertThat(Slot.of(story.tally(0)))
                .containsExactly(new Slot.OfTeam("sre"), new Slot.OfAnyone(TWO_TEAMS, false));
    }

    @Test
    void hasALineForEachDistinctTeamThatLacks() {
        Story story = Story.of(
                staff, Demand.by("gate").teams("sre", "platform").approvals(2).distinctTeams(2));
        story.approve("ann");
        assertThat(Slot.of(story.tally(0))).containsExactly(new Slot.OfAnyone(TWO_TEAMS, true));
    }

    @Test
    void hasNoLineWhenItIsMet() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre"));
        assertThat(Slot.of(story.tally(0))).hasSize(1);
        story.approve("ann");
        assertThat(Slot.of(story.tally(0))).isEmpty();
    }

    @Test
    void saysWhoFillsALine() {
        Story story = Story.of(
                staff, Demand.by("gate").teams("sre", "platform").approvals(2).requiredTeams("sre"));
        Counting counting = story.counting();
        Set<String> eligible = counting.eligible(story.request().requirements().getFirst());
        assertThat(eligible).containsExactlyInAnyOrder("ann", "bob", "cem");
        assertThat(counting.fillers(new Slot.OfTeam("sre"), eligible)).containsExactlyInAnyOrder("ann", "bob");
        assertThat(counting.fillers(new Slot.OfAnyone(TWO_TEAMS, false), eligible))
                .isEqualTo(eligible);
        assertThat(counting.fillers(new Slot.OfPerson("cem"), eligible)).containsExactly("cem");
        assertThat(counting.fillers(new Slot.OfRole("king"), eligible)).isEmpty();
    }

    @Test
    void saysWhatEachSignatureStandsFor() {
        Story story = Story.of(
                staff, Demand.by("gate").teams("sre", "platform").users("dan").approvals(3));
        story.approve("ann");
        story.approve("dan");
        assertThat(story.counting().signatures(story.request().requirements().getFirst()))
                .extracting(Signature::personId, Signature::named, Signature::teams)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ann", false, Set.of("sre")),
                        org.assertj.core.groups.Tuple.tuple("dan", true, Set.of()));
    }

    @Test
    void namesWhoIsKeptOutAndByWhichRule() {
        staff.join("rita", "sre");
        Story story = Story.of(staff, Demand.by("gate").teams("sre").approvals(2));
        assertThat(story.counting().excluded()).isEqualTo(Map.of("rita", Standing.REQUESTER));
        story.own(new OwnChanges(
                Set.of(),
                Set.of(new OwnChanges.Membership("bob", "sre")),
                Set.of(),
                Set.of(),
                Set.of("rita"),
                Map.of()));
        assertThat(story.counting().excluded())
                .isEqualTo(Map.of("rita", Standing.REQUESTER, "bob", Standing.RESTS_ON_REQUESTERS_CHANGE));
    }

    @Test
    void namesTheRequesterAlsoWhereNobodyListsHim() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre"));
        assertThat(story.counting().excluded()).isEqualTo(Map.of("rita", Standing.REQUESTER));
    }

    @Test
    void keepsNobodyOutWhomOneRequirementLetsIn() {
        staff.join("rita", "sre");
        Story story = Story.of(
                staff,
                Demand.by("gate").teams("sre"),
                Demand.by("own").teams("sre").requesterCanApprove());
        assertThat(story.counting().excluded()).isEmpty();
    }
}
