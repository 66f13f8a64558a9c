package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.Subject;
import io.countersign.core.approval.OwnChanges.Membership;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeparationOfDutiesTest {

    private static final Subject ROBOT = Story.agent("robot");
    private static final Subject GIT = Story.agent("git");

    private final Staff staff =
            Staff.of("rita", "ann", "bob", "owen", "olga").team("sre", "rita", "ann", "bob", "owen", "olga");
    private final Demand strict = Demand.by("gate").teams("sre");
    private final Demand lifted = Demand.by("gate").teams("sre").requesterCanApprove();

    @Test
    void whoIsListedByNameTeamOrRoleIsEligible() {
        Staff some = staff.copy().team("web", "bob").give("olga", "lead");
        Story story = Story.of(some, Demand.by("gate").users("ann").teams("web").roles("lead"));
        assertThat(story.standing("ann")).isEqualTo(Standing.ELIGIBLE);
        assertThat(story.standing("bob")).isEqualTo(Standing.ELIGIBLE);
        assertThat(story.standing("olga")).isEqualTo(Standing.ELIGIBLE);
        assertThat(story.standing("owen")).isEqualTo(Standing.NOT_LISTED);
    }

    @Test
    void membersOfNestedTeamsAreEligible() {
        Staff nested =
                Staff.of("rita", "ann").team("platform").team("sre", "ann").below("sre", "platform");
        assertThat(Story.of(nested, Demand.by("gate").teams("platform")).standing("ann"))
                .isEqualTo(Standing.ELIGIBLE);
        Staff parent =
                Staff.of("rita", "ann").team("platform", "ann").team("sre").below("sre", "platform");
        assertThat(Story.of(parent, Demand.by("gate").teams("sre")).standing("ann"))
                .isEqualTo(Standing.NOT_LISTED);
    }

    @Test
    void whomTheQuorumNamesIsEligibleThoughNotListed() {
        Staff some = staff.copy().team("web", "bob").give("olga", "lead");
        Demand demand = Demand.by("gate")
                .users("owen")
                .requiredUsers("ann")
                .requiredTeams("web")
                .requiredRoles("lead");
        Story story = Story.of(some, demand);
        assertThat(story.standing("ann")).isEqualTo(Standing.ELIGIBLE);
        assertThat(story.standing("bob")).isEqualTo(Standing.ELIGIBLE);
        assertThat(story.standing("olga")).isEqualTo(Standing.ELIGIBLE);
    }

    @Test
    void anInactivePersonNeverApproves() {
        assertThat(Story.of(staff.copy().deactivate("ann"), strict).standing("ann"))
                .isEqualTo(Standing.INACTIVE);
        assertThat(Story.of(staff.copy().remove("ann"), strict).standing("ann")).isEqualTo(Standing.INACTIVE);
    }

    @Test
    void aViewerNeverApprovesEvenWhenListed() {
        assertThat(Story.of(staff.copy().roles("ann", "viewer"), strict).standing("ann"))
                .isEqualTo(Standing.VIEWER_ONLY);
        assertThat(Story.of(staff.copy().roles("ann"), strict).standing("ann")).isEqualTo(Standing.VIEWER_ONLY);
        assertThat(Story.of(staff.copy().roles("ann", "viewer", "lead"), strict).standing("ann"))
                .isEqualTo(Standing.ELIGIBLE);
        Demand viewers = Demand.by("gate").roles("viewer");
        assertThat(Story.of(staff.copy().roles("ann", "viewer"), viewers).standing("ann"))
                .isEqualTo(Standing.VIEWER_ONLY);
    }

    @Test
    void rolesImplyNothing() {
        Story story =
                Story.of(staff.copy().give("ann", "admin"), Demand.by("gate").roles("policy_manager"));
        assertThat(story.standing("ann")).isEqualTo(Standing.NOT_LISTED);
    }

    @Test
    void accountsNeverApproveEvenWhenListed() {
        Story story = Story.of(staff, Demand.by("gate").users("robot"));
        assertThat(story.standing("robot")).isEqualTo(Standing.INACTIVE);
    }

    @Test
    void theSubjectDoesNotApproveHisOwnUnlessLifted() {
        assertThat(Story.of(staff, strict).standing("rita")).isEqualTo(Standing.REQUESTER);
        assertThat(Story.of(staff, lifted).standing("rita")).isEqualTo(Standing.ELIGIBLE);
    }

    @Test
    void aRequesterWhoMayApproveMayAlsoDeny() {
        Story story = Story.of(staff, lifted);
        assertThat(story.deny("rita").refusal()).isNull();
        assertThat(story.state()).isInstanceOf(RequestState.Denied.class);
    }

    @Test
    void theLiftIsOfTheOneRequirementAlone() {
        Story story = Story.of(
                staff,
                Demand.by("a").teams("sre").requesterCanApprove(),
                Demand.by("b").teams("sre"));
        story.approve("rita");
        assertThat(story.tally(0).met()).isTrue();
        assertThat(story.tally(1).counted()).isEmpty();
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
    }

    @Test
    void theLiftDoesNotListWhoIsNotListed() {
        assertThat(Story.of(staff, Demand.by("gate").users("ann").requesterCanApprove())
                        .standing("rita"))
                .isEqualTo(Standing.NOT_LISTED);
    }

    @Test
    void aPersonWhoCallsOnBehalfOfAnotherNeverApproves() {
        Parties parties = new Parties(Story.RITA, Story.person("ann"), Set.of(), null, null, Set.of());
        assertThat(Story.of(staff, parties, strict).standing("ann")).isEqualTo(Standing.CALLER);
        assertThat(Story.of(staff, parties, lifted).standing("ann")).isEqualTo(Standing.CALLER);
        assertThat(Story.of(staff, parties, lifted).standing("rita")).isEqualTo(Standing.ELIGIBLE);
        assertThat(Story.of(staff, parties, strict).standing("bob")).isEqualTo(Standing.ELIGIBLE);
    }

    @Test
    void whoIsAccountableForTheEnforcementPointNeverApproves() {
        Parties parties = new Parties(Story.RITA, GIT, Set.of(), "bob", null, Set.of());
        assertThat(Story.of(staff, parties, strict).standing("bob")).isEqualTo(Standing.ACCOUNTABLE_FOR_CALLER);
        assertThat(Story.of(staff, parties, lifted).standing("bob")).isEqualTo(Standing.ACCOUNTABLE_FOR_CALLER);
        Parties himself = new Parties(Story.RITA, GIT, Set.of(), "rita", null, Set.of());
        assertThat(Story.of(staff, himself, lifted).standing("rita")).isEqualTo(Standing.ACCOUNTABLE_FOR_CALLER);
    }

    @Test
    void theWholeChainOfOwnersOfAnAccountIsExcludedUnlessLifted() {
        Parties parties = new Parties(ROBOT, ROBOT, Set.of("owen", "olga"), null, null, Set.of());
        for (String owner : new String[] {"owen", "olga"}) {
            assertThat(Story.of(staff, parties, strict).standing(owner)).isEqualTo(Standing.OWNER_OF_REQUESTER);
            assertThat(Story.of(staff, parties, lifted).standing(owner)).isEqualTo(Standing.ELIGIBLE);
        }
        assertThat(Story.of(staff, parties, strict).standing("ann")).isEqualTo(Standing.ELIGIBLE);
    }

    @Test
    void theChainIsExcludedWhoeverTheCallerIs() {
        Parties parties = new Parties(ROBOT, GIT, Set.of("owen"), "bob", null, Set.of());
        assertThat(Story.of(staff, parties, strict).standing("owen")).isEqualTo(Standing.OWNER_OF_REQUESTER);
        assertThat(Story.of(staff, parties, lifted).standing("owen")).isEqualTo(Standing.ELIGIBLE);
        assertThat(Story.of(staff, parties, lifted).standing("bob")).isEqualTo(Standing.ACCOUNTABLE_FOR_CALLER);
    }

    @Test
    void thePersonWhoseTokenAskedIsExcludedAndNotLifted() {
        Parties parties = new Parties(ROBOT, ROBOT, Set.of("owen"), null, "ann", Set.of());
        assertThat(Story.of(staff, parties, strict).standing("ann")).isEqualTo(Standing.TOKEN_MAKER);
        assertThat(Story.of(staff, parties, lifted).standing("ann")).isEqualTo(Standing.TOKEN_MAKER);
    }

    @Test
    void authorAndLastEditorAreExcludedAndNotLifted() {
        Parties parties = new Parties(Story.RITA, Story.RITA, Set.of(), null, null, Set.of("ann", "bob"));
        for (String author : new String[] {"ann", "bob"}) {
            assertThat(Story.of(staff, parties, strict).standing(author)).isEqualTo(Standing.AUTHOR);
            assertThat(Story.of(staff, parties, lifted).standing(author)).isEqualTo(Standing.AUTHOR);
        }
    }

    @Test
    void theLiftAlsoCoversTheAskingPersonAsAuthorAndTokenMaker() {
        Parties parties = new Parties(Story.RITA, Story.RITA, Set.of(), null, "rita", Set.of("rita"));
        assertThat(Story.of(staff, parties, lifted).standing("rita")).isEqualTo(Standing.ELIGIBLE);
        assertThat(Story.of(staff, parties, strict).standing("rita")).isEqualTo(Standing.REQUESTER);
    }

    @Test
    void eligibilityThatRestsOnATeamTheRequesterGaveDoesNotCount() {
        assertThat(own(strict, gave("ann", "sre"))).isEqualTo(Standing.RESTS_ON_REQUESTERS_CHANGE);
        assertThat(own(Demand.by("gate").users("ann").teams("sre"), gave("ann", "sre")))
                .isEqualTo(Standing.ELIGIBLE);
        assertThat(own(strict, gave("bob", "sre"))).isEqualTo(Standing.ELIGIBLE);
        assertThat(own(strict, gave("ann", "web"))).isEqualTo(Standing.ELIGIBLE);
    }

    @Test
    void eligibilityThatRestsOnARoleTheRequesterGaveDoesNotCount() {
        OwnChanges lead = gaveRole("ann", "lead");
        Staff leads = staff.copy().give("ann", "lead");
        assertThat(Story.of(leads, Demand.by("gate").roles("lead")).own(lead).standing("ann"))
                .isEqualTo(Standing.RESTS_ON_REQUESTERS_CHANGE);
        assertThat(Story.of(leads, strict).own(lead).standing("ann")).isEqualTo(Standing.ELIGIBLE);
        assertThat(own(strict, gaveRole("ann", "developer"))).isEqualTo(Standing.RESTS_ON_REQUESTERS_CHANGE);
    }

    @Test
    void eligibilityThatRestsOnANestingTheRequesterMadeDoesNotCount() {
        Staff nested = staff.copy().team("web").below("sre", "web").team("all").below("web", "all");
        OwnChanges own = new OwnChanges(Set.of(), Set.of(), Set.of(), Set.of("sre"), Set.of(), Map.of());
        assertThat(Story.of(nested, Demand.by("gate").teams("all")).own(own).standing("ann"))
                .isEqualTo(Standing.RESTS_ON_REQUESTERS_CHANGE);
        assertThat(Story.of(nested, strict).own(own).standing("ann")).isEqualTo(Standing.ELIGIBLE);
    }

    @Test
    void anAccountTheRequesterMadeDoesNotCount() {
        OwnChanges own = new OwnChanges(Set.of("ann"), Set.of(), Set.of(), Set.of(), Set.of(), Map.of());
        assertThat(own(strict, own)).isEqualTo(Standing.RESTS_ON_REQUESTERS_CHANGE);
        assertThat(own(Demand.by("gate").users("ann"), own)).isEqualTo(Standing.RESTS_ON_REQUESTERS_CHANGE);
        assertThat(Story.of(staff, strict).own(own).standing("bob")).isEqualTo(Standing.ELIGIBLE);
    }

    @Test
    void aCredentialFromTheAskingSideDoesNotCountUntilConfirmed() {
        OwnChanges own = new OwnChanges(Set.of(), Set.of(), Set.of(), Set.of(), Set.of("rita"), Map.of());
        assertThat(credential("rita", own)).isEqualTo(Standing.CREDENTIAL_FROM_REQUESTER);
        assertThat(credential("owen", own)).isEqualTo(Standing.ELIGIBLE);
        assertThat(credential(null, own)).isEqualTo(Standing.ELIGIBLE);
    }

    @Test
    void aRequesterWhoResetHisOwnPasswordIsStillHimself() {
        OwnChanges own = new OwnChanges(Set.of(), Set.of(), Set.of(), Set.of(), Set.of("rita"), Map.of());
        Staff reset = staff.copy().credentialFrom("rita", "rita");
        assertThat(Story.of(reset, lifted).own(own).standing("rita")).isEqualTo(Standing.ELIGIBLE);
    }

    @Test
    void theLiftDoesNotReachWhatTheRequesterGaveHimself() {
        assertThat(Story.of(staff, lifted).own(gave("rita", "sre")).standing("rita"))
                .isEqualTo(Standing.RESTS_ON_REQUESTERS_CHANGE);
    }

    @Test
    void aRuleTheRequesterEditedIsJudgedAsItIsAndAsItWas() {
        Demand before = Demand.by("gate").users("bob");
        OwnChanges edited =
                OwnChanges.none().withRulesBefore(Map.of(strict.build().id(), before.build()));
        assertThat(Story.of(staff, strict).own(edited).standing("ann")).isEqualTo(Standing.RESTS_ON_REQUESTERS_CHANGE);
        assertThat(Story.of(staff, strict).own(edited).standing("bob")).isEqualTo(Standing.ELIGIBLE);
        Demand named = Demand.by("gate").users("bob").requiredUsers("ann");
        assertThat(Story.of(staff, named).own(edited).standing("ann")).isEqualTo(Standing.RESTS_ON_REQUESTERS_CHANGE);
    }

    @Test
    void aLiftTheRequesterGaveHimselfDoesNotCount() {
        OwnChanges edited =
                OwnChanges.none().withRulesBefore(Map.of(lifted.build().id(), strict.build()));
        assertThat(Story.of(staff, lifted).own(edited).standing("rita")).isEqualTo(Standing.RESTS_ON_REQUESTERS_CHANGE);
        OwnChanges otherwise =
                OwnChanges.none().withRulesBefore(Map.of(lifted.build().id(), lifted.build()));
        assertThat(Story.of(staff, lifted).own(otherwise).standing("rita")).isEqualTo(Standing.ELIGIBLE);
    }

    @Test
    void aPlaceTheRequesterGaveIsNotFilledByAnEligibleVoter() {
        Staff more = staff.copy().team("sec", "ann").give("ann", "lead");
        Demand demand = Demand.by("gate").teams("sre").requiredTeams("sec").requiredRoles("lead");
        OwnChanges own = new OwnChanges(
                Set.of(),
                Set.of(new Membership("ann", "sec")),
                Set.of(new Membership("ann", "lead")),
                Set.of(),
                Set.of(),
                Map.of());
        Story story = Story.of(more, demand).own(own);
        story.approve("ann");
        assertThat(story.tally(0).counted()).containsExactly("ann");
        assertThat(story.tally(0).missing())
                .containsExactly(new Missing.RequiredTeam("sec"), new Missing.RequiredRole("lead"));
        assertThat(story.request().votes().getFirst().allTeams()).containsExactly("sre");
        assertThat(story.request().votes().getFirst().orgRoles()).containsExactly("developer");
    }

    @Test
    void whomAnyOneChangeOfTheAskingSideKeepsOutIsNamed() {
        assertThat(excluded(
                        staff, strict, new OwnChanges(Set.of("ann"), Set.of(), Set.of(), Set.of(), Set.of(), Map.of())))
                .isEqualTo(Map.of("rita", Standing.REQUESTER, "ann", Standing.RESTS_ON_REQUESTERS_CHANGE));
        assertThat(excluded(staff, strict, gave("ann", "sre")))
                .isEqualTo(Map.of("rita", Standing.REQUESTER, "ann", Standing.RESTS_ON_REQUESTERS_CHANGE));
        assertThat(excluded(staff, strict, gaveRole("ann", "developer")))
                .isEqualTo(Map.of("rita", Standing.REQUESTER, "ann", Standing.RESTS_ON_REQUESTERS_CHANGE));
        OwnChanges edited = OwnChanges.none()
                .withRulesBefore(Map.of(
                        strict.build().id(),
                        Demand.by("gate").users("bob", "owen", "olga").build()));
        assertThat(excluded(staff, strict, edited))
                .isEqualTo(Map.of("rita", Standing.REQUESTER, "ann", Standing.RESTS_ON_REQUESTERS_CHANGE));
        Staff nested = Staff.of("rita", "ann", "bob")
                .team("sre", "ann")
                .team("all", "bob")
                .below("sre", "all");
        assertThat(excluded(
                        nested,
                        Demand.by("gate").teams("all"),
                        new OwnChanges(Set.of(), Set.of(), Set.of(), Set.of("sre"), Set.of(), Map.of())))
                .isEqualTo(Map.of("rita", Standing.REQUESTER, "ann", Standing.RESTS_ON_REQUESTERS_CHANGE));
        OwnChanges links = new OwnChanges(Set.of(), Set.of(), Set.of(), Set.of(), Set.of("rita"), Map.of());
        Staff enrolled = staff.copy().credentialFrom("ann", "rita").credentialFrom("bob", "owen");
        assertThat(excluded(enrolled, strict, links))
                .isEqualTo(Map.of("rita", Standing.REQUESTER, "ann", Standing.CREDENTIAL_FROM_REQUESTER));
    }

    @Test
    void everyStandingHasItsSentence() {
        assertThat(Standing.values())
                .extracting(Standing::sentence)
                .doesNotHaveDuplicates()
                .allMatch(sentence -> !sentence.isBlank());
    }

    private static Map<String, Standing> excluded(Staff staff, Demand demand, OwnChanges own) {
        return Story.of(staff, demand).own(own).counting().excluded();
    }

    private Standing own(Demand demand, OwnChanges own) {
        return Story.of(staff, demand).own(own).standing("ann");
    }

    private Standing credential(@Nullable String maker, OwnChanges own) {
        return Story.of(staff.copy().credentialFrom("ann", maker), strict)
                .own(own)
                .standing("ann");
    }

    private static OwnChanges gave(String person, String team) {
        return new OwnChanges(Set.of(), Set.of(new Membership(person, team)), Set.of(), Set.of(), Set.of(), Map.of());
    }

    private static OwnChanges gaveRole(String person, String role) {
        return new OwnChanges(Set.of(), Set.of(), Set.of(new Membership(person, role)), Set.of(), Set.of(), Map.of());
    }
}
