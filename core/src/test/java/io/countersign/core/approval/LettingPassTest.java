package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a break-glass session may do to a request: let it pass without what is missing, as long as the session lasts. */
class LettingPassTest {

    private static final Instant END = Story.START.plus(Duration.ofMinutes(30));
    private static final Bypass SESSION = session("bgs-1", END);
    private static final Subject GIT = new Subject("git", PrincipalKind.SERVICE);
    private static final Demand SRE = Demand.by("sre").teams("sre");
    private static final Demand LEAD = Demand.by("lead").users("cem");

    private final Staff staff = Staff.of("rita", "ann", "bob", "cem").team("sre", "ann", "bob");

    @Test
    void whatIsMissingIsBypassedAndTheGrantEndsWithTheSession() {
        Story story = Story.of(staff, SRE, LEAD);
        story.approve("cem");
        story.later(Duration.ofMinutes(5));
        Change change = story.apply(new Command.LetPass(SESSION));
        Grant grant = grant(story);
        assertThat(change.refusal()).isNull();
        assertThat(grant.bypassed()).isEqualTo(new Bypassed("bgs-1", "BG-1", Set.of(id(SRE))));
        assertThat(grant.madeAt()).isEqualTo(story.now());
        assertThat(grant.expiresAt()).isEqualTo(END);
        assertThat(grant.usableUntil()).isEqualTo(END);
        assertThat(grant.organizationId()).isEqualTo("org-1");
        assertThat(grant.subject()).isEqualTo(Story.RITA);
        assertThat(grant.actionId()).isEqualTo(Story.DEPLOY.id());
        assertThat(grant.resource()).isEqualTo(Story.PRODUCTION);
        assertThat(grant.digest()).isEqualTo(Story.DIGEST);
        assertThat(change.events())
                .containsExactly(
                        new Event.Bypassed(grant, SESSION, story.counting().tallies()));
        story.later(Duration.ofMinutes(25));
        assertThat(story.state()).isEqualTo(new RequestState.GrantExpired(grant, END));
    }

    @Test
    void whatIsMetAlreadyNeedsNoSession() {
        Story story = Story.of(staff, Demand.by("sre").teams("sre").approvals(2));
        story.approve("ann");
        story.staff(staff.copy().deactivate("ann"));
        story.approve("bob");
        assertThat(story.state()).isEqualTo(new RequestState.Pending());
        story.staff(staff);
        Change change = story.apply(new Command.LetPass(SESSION));
        assertThat(change.events()).singleElement().isInstanceOf(Event.Approved.class);
        assertThat(grant(story).bypassed()).isNull();
        assertThat(grant(story).expiresAt()).isEqualTo(Story.START.plus(Duration.ofHours(1)));
    }

    @Test
    void aRuleBoundSinceTheAskIsAddedBeforeItIsBypassed() {
        Story story = Story.of(staff, SRE).inForce(SRE, LEAD);
        Change change = story.apply(new Command.LetPass(SESSION));
        assertThat(change.events()).hasSize(2).first().isEqualTo(new Event.RequirementsAdded(List.of(LEAD.build())));
        assertThat(story.request().requirements()).hasSize(2);
        assertThat(resting(story).requirements()).containsExactlyInAnyOrder(id(SRE), id(LEAD));
    }

    @Test
    void aSessionThatIsOverLetsNothingPass() {
        Story before = Story.of(staff, SRE).later(Duration.ofMinutes(30).minusNanos(1));
        assertThat(before.apply(new Command.LetPass(SESSION)).refusal()).isNull();
        Story at = Story.of(staff, SRE).later(Duration.ofMinutes(30));
        Change change = at.apply(new Command.LetPass(SESSION));
        assertThat(change.refusal()).isEqualTo(new Refusal.SessionOver("bgs-1"));
        assertThat(change.changed()).isFalse();
        assertThat(at.state()).isEqualTo(new RequestState.Pending());
    }

    @Test
    void onlyWhatIsPendingIsLetPass() {
        Story denied = Story.of(staff, SRE);
        denied.deny("ann");
        assertThat(denied.apply(new Command.LetPass(SESSION)).refusal())
                .isEqualTo(new Refusal.NotPending(new RequestState.Denied("ann", Story.START)));
        Story passed = passed();
        assertThat(passed.apply(new Command.LetPass(SESSION)).refusal())
                .isInstanceOfSatisfying(
                        Refusal.NotPending.class,
                        refusal -> assertThat(refusal.state()).isInstanceOf(RequestState.Approved.class));
    }

    @Test
    void itsUseNamesTheSessionAndWhatItStoodInFor() {
        Story story = passed();
        Grant grant = grant(story);
        Change change = story.apply(redemption(Story.RITA, SESSION));
        Execution execution = new Execution("execution-1", Story.RITA, Story.START);
        assertThat(change.refusal()).isNull();
        assertThat(change.events()).containsExactly(new Event.Redeemed(grant, execution));
        assertThat(story.state()).isEqualTo(new RequestState.Executing(grant, execution));
    }

    @Test
    void whatLacksSinceIsWrittenDownBesideWhatLackedThen() {
        Demand third = Demand.by("third").users("bob");
        Story story = Story.of(staff, SRE, LEAD);
        story.approve("cem");
        story.apply(new Command.LetPass(SESSION));
        assertThat(resting(story).requirements()).containsExactly(id(SRE));
        story.staff(staff.copy().deactivate("cem")).inForce(SRE, LEAD, third);
        Change change = story.apply(redemption(Story.RITA, SESSION));
        assertThat(change.events().getFirst()).isEqualTo(new Event.RequirementsAdded(List.of(third.build())));
        assertThat(story.state())
                .isInstanceOfSatisfying(
                        RequestState.Executing.class,
                        executing -> assertThat(executing.grant().bypassed())
                                .isEqualTo(new Bypassed("bgs-1", "BG-1", Set.of(id(SRE), id(LEAD), id(third)))));
    }

    @Test
    void anEnforcementPointMayUseItAndAnAgentNever() {
        assertThat(passed().apply(redemption(GIT, SESSION)).refusal()).isNull();
        Story story = passed();
        assertThat(story.apply(redemption(Story.agent("robot"), SESSION)).refusal())
                .isEqualTo(new Refusal.NotTheRedeemer());
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
    }

    @Test
    void withoutThatVerySessionItIsOver() {
        for (Bypass other : new Bypass[] {null, session("bgs-2", END), session("bgs-1", Story.START)}) {
            Story story = passed();
            Grant grant = grant(story);
            Change change = story.apply(redemption(Story.RITA, other));
            assertThat(change.refusal()).isEqualTo(new Refusal.SessionOver("bgs-1"));
            assertThat(change.events()).containsExactly(new Event.GrantExpired(grant));
            assertThat(change.replayed()).isFalse();
            assertThat(story.state()).isEqualTo(new RequestState.GrantExpired(grant, Story.START));
        }
    }

    private Story passed() {
        Story story = Story.of(staff, SRE);
        story.apply(new Command.LetPass(SESSION));
        return story;
    }

    private static String id(Demand demand) {
        return demand.build().id();
    }

    private static Bypass session(String id, Instant until) {
        return new Bypass(id, "BG-1", "the shop is down", "INC-1", until);
    }

    private static Command.Redeem redemption(Subject caller, @Nullable Bypass bypass) {
        return new Command.Redeem(
                "org-1",
                "execution-1",
                caller,
                true,
                Story.RITA,
                Story.DEPLOY.id(),
                Story.PRODUCTION,
                Story.DIGEST,
                bypass);
    }

    private static Grant grant(Story story) {
        if (story.request().state() instanceof RequestState.Approved(Grant grant)) {
            return grant;
        }
        throw new AssertionError("no grant in " + story.request().state());
    }

    private static Bypassed resting(Story story) {
        return Objects.requireNonNull(grant(story).bypassed());
    }
}
