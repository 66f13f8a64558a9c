package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantTest {

    private static final Subject ROBOT = Story.agent("robot");

    private final Staff staff = Staff.of("rita", "ann", "bob", "cem").team("sre", "ann", "bob");

    @Test
    void aGrantNamesExactlyWhatWasAsked() {
        Story story = approved();
        Grant grant = grant(story);
        assertThat(grant.organizationId()).isEqualTo("org-1");
        assertThat(grant.subject()).isEqualTo(Story.RITA);
        assertThat(grant.actionId()).isEqualTo("release.deploy");
        assertThat(grant.resource()).isEqualTo(Story.PRODUCTION);
        assertThat(grant.digest()).isEqualTo(Story.DIGEST);
        assertThat(grant.madeAt()).isEqualTo(Story.START);
        assertThat(grant.expiresAt()).isEqualTo(Story.START.plus(Duration.ofHours(1)));
        assertThat(grant.usableUntil()).isEqualTo(grant.expiresAt());
    }

    @Test
    void theShortestValidityCountsFromTheApproval() {
        Story story = Story.of(
                staff,
                Demand.by("a").teams("sre").grantValidFor(Duration.ofMinutes(30)),
                Demand.by("b").teams("sre").grantValidFor(Duration.ofMinutes(10)));
        story.later(Duration.ofMinutes(5)).approve("ann");
        assertThat(grant(story).expiresAt()).isEqualTo(Story.START.plus(Duration.ofMinutes(15)));
    }

    @Test
    void aGrantShowsUntilWhenNoFurtherRuleApplies() {
        Instant soon = Story.START.plus(Duration.ofMinutes(20));
        Story story = Story.of(staff, Demand.by("gate").teams("sre")).nextRule(soon);
        story.approve("ann");
        assertThat(grant(story).usableUntil()).isEqualTo(soon);
        Story later = Story.of(staff, Demand.by("gate").teams("sre")).nextRule(soon.plus(Duration.ofDays(1)));
        later.approve("ann");
        assertThat(grant(later).usableUntil()).isEqualTo(grant(later).expiresAt());
    }

    @Test
    void aRedemptionBeginsTheExecution() {
        Story story = approved();
        Grant grant = grant(story);
        Change change = story.redeem();
        Execution execution = new Execution("execution-1", Story.RITA, Story.START);
        assertThat(change.refusal()).isNull();
        assertThat(change.events()).containsExactly(new Event.Redeemed(grant, execution));
        assertThat(story.state()).isEqualTo(new RequestState.Executing(grant, execution));
    }

    @Test
    void theSameExecutionGetsTheSameAnswerAgainUntilItReports() {
        Story story = approved();
        story.redeem();
        Change again = story.redeem();
        assertThat(again.replayed()).isTrue();
        assertThat(again.refusal()).isNull();
        assertThat(again.changed()).isFalse();
        assertThat(again.request()).isEqualTo(story.request());
        story.apply(new Command.Report(Story.RITA, false, Outcome.Result.SUCCEEDED));
        assertThat(story.redeem().refusal()).isEqualTo(new Refusal.AlreadyRedeemed(Story.START));
    }

    @Test
    void anExecutionThatNobodyReportsOnGetsTheSameAnswerAgain() {
        Story story = approved();
        story.redeem();
        story.apply(new Command.Report(Story.RITA, false, Outcome.Result.NOT_REPORTED));
        Change again = story.redeem();
        assertThat(again.replayed()).isTrue();
        assertThat(again.changed()).isFalse();
        assertThat(story.apply(story.redemption("execution-2", Story.RITA)).refusal())
                .isEqualTo(new Refusal.AlreadyRedeemed(Story.START));
        assertThat(story.apply(forOthers("execution-1", ROBOT)).refusal())
                .isEqualTo(new Refusal.AlreadyRedeemed(Story.START));
    }

    @Test
    void everybodyElseIsToldThatItWasRedeemed() {
        Story story = approved();
        story.redeem();
        story.later(Duration.ofMinutes(1));
        assertThat(story.apply(story.redemption("execution-2", Story.RITA)).refusal())
                .isEqualTo(new Refusal.AlreadyRedeemed(Story.START));
        assertThat(story.apply(forOthers("execution-1", ROBOT)).refusal())
                .isEqualTo(new Refusal.AlreadyRedeemed(Story.START));
        assertThat(story.redeem().replayed()).isTrue();
    }

    @Test
    void onlyTheSubjectOrWhoMayRedeemForOthersRedeems() {
        Story story = approved();
        assertThat(story.apply(story.redemption("execution-1", ROBOT)).refusal())
                .isEqualTo(new Refusal.NotTheRedeemer());
        assertThat(story.apply(forOthers("execution-1", ROBOT)).refusal()).isNull();
        assertThat(story.state())
                .isInstanceOfSatisfying(
                        RequestState.Executing.class,
                        executing ->
                                assertThat(executing.execution().redeemer()).isEqualTo(ROBOT));
    }

    @Test
    void everyFieldOfTheGrantIsCompared() {
        Story story = approved();
        assertThat(mismatch(story, "org-2", Story.RITA, "release.deploy", Story.PRODUCTION, true))
                .containsExactly("organization");
        assertThat(mismatch(story, "org-1", Story.person("rolf"), "release.deploy", Story.PRODUCTION, true))
                .containsExactly("subject");
        assertThat(mismatch(story, "org-1", Story.RITA, "rollback.execute", Story.PRODUCTION, true))
                .containsExactly("action");
        assertThat(mismatch(
                        story,
                        "org-1",
                        Story.RITA,
                        "release.deploy",
                        Resource.of(ResourceLevel.ENVIRONMENT, "env-2"),
                        true))
                .containsExactly("resource");
        assertThat(mismatch(story, "org-1", Story.RITA, "release.deploy", Story.PRODUCTION, false))
                .containsExactly("payloadDigest");
        assertThat(mismatch(
                        story,
                        "org-2",
                        Story.person("rolf"),
                        "rollback.execute",
                        Resource.of(ResourceLevel.CLUSTER, "env-production"),
                        false))
                .containsExactly("organization", "subject", "action", "resource", "payloadDigest");
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
    }

    @Test
    void aGrantIsLateAtItsExpiryAndNotBefore() {
        Story story = approved().later(Duration.ofHours(1).minusNanos(1));
        assertThat(story.state()).isInstanceOf(RequestState.Approved.class);
        story.later(Duration.ofNanos(1));
        Grant grant = grant(story);
        RequestState.GrantExpired expired = new RequestState.GrantExpired(grant, grant.expiresAt());
        assertThat(story.redeem().refusal()).isEqualTo(new Refusal.NoGrant(expired));
        assertThat(story.apply(new Command.Review()).events()).containsExactly(new Event.GrantExpired(grant));
        assertThat(story.request().state()).isEqualTo(expired);
    }

    @Test
    void withoutAnApprovalThereIsNothingToRedeem() {
        Story pending = Story.of(staff, Demand.by("gate").teams("sre"));
        assertThat(pending.redeem().refusal()).isEqualTo(new Refusal.NoGrant(new RequestState.Pending()));
        pending.deny("ann");
        assertThat(pending.redeem().refusal()).isInstanceOf(Refusal.NoGrant.class);
    }

    @Test
    void aRevokedGrantIsRefusedAndSaysSo() {
        Story story = approved();
        Grant grant = grant(story);
        Change change = story.apply(new Command.Revoke("rita", false));
        assertThat(change.events()).containsExactly(new Event.Revoked(grant, "rita", null));
        assertThat(story.redeem().refusal())
                .isEqualTo(new Refusal.NoGrant(new RequestState.Revoked(grant, "rita", Story.START, null)));
    }

    @Test
    void theAskingSideTheVotersAndWhoMayRevokeAnybodysRevokeAGrant() {
        assertThat(approved().apply(new Command.Revoke("rita", false)).refusal())
                .isNull();
        assertThat(approved().apply(new Command.Revoke("ann", false)).refusal()).isNull();
        assertThat(approved().apply(new Command.Revoke("cem", true)).refusal()).isNull();
        assertThat(approved().apply(new Command.Revoke("bob", false)).refusal()).isEqualTo(new Refusal.NotYours());
        Story owned = Story.of(
                staff,
                new Parties(ROBOT, ROBOT, Set.of("rita"), null, null, Set.of()),
                Demand.by("gate").teams("sre"));
        owned.approve("ann");
        assertThat(owned.apply(new Command.Revoke("rita", false)).refusal()).isNull();
    }

    @Test
    void onlyAnUnspentGrantIsRevoked() {
        Story pending = Story.of(staff, Demand.by("gate").teams("sre"));
        assertThat(pending.apply(new Command.Revoke("rita", true)).refusal()).isInstanceOf(Refusal.NoGrant.class);
        Story executing = approved();
        executing.redeem();
        assertThat(executing.apply(new Command.Revoke("rita", true)).refusal()).isInstanceOf(Refusal.NoGrant.class);
    }

    @Test
    void theRedeemerReportsTheOutcomeOnceAndItStands() {
        Story story = approved();
        story.redeem();
        assertThat(story.apply(new Command.Report(ROBOT, false, Outcome.Result.SUCCEEDED))
                        .refusal())
                .isEqualTo(new Refusal.NotTheRedeemer());
        story.later(Duration.ofMinutes(3));
        Change report = story.apply(new Command.Report(Story.RITA, false, Outcome.Result.FAILED));
        Outcome outcome = new Outcome(Outcome.Result.FAILED, story.now());
        assertThat(report.events())
                .containsExactly(new Event.Executed(new Execution("execution-1", Story.RITA, Story.START), outcome));
        assertThat(story.state()).isInstanceOf(RequestState.Executed.class);
        assertThat(story.apply(new Command.Report(Story.RITA, false, Outcome.Result.SUCCEEDED))
                        .refusal())
                .isEqualTo(new Refusal.AlreadyReported(outcome));
    }

    @Test
    void aPersonWhoSettlesMayReportForTheRedeemer() {
        Story story = approved();
        story.redeem();
        assertThat(story.apply(new Command.Report(Story.person("cem"), true, Outcome.Result.FAILED))
                        .refusal())
                .isNull();
    }

    @Test
    void beforeARedemptionThereIsNothingToReport() {
        assertThat(approved()
                        .apply(new Command.Report(Story.RITA, true, Outcome.Result.FAILED))
                        .refusal())
                .isInstanceOf(Refusal.NoGrant.class);
    }

    private Story approved() {
        Story story = Story.of(staff, Demand.by("gate").teams("sre"));
        story.approve("ann");
        return story;
    }

    private static Grant grant(Story story) {
        return switch (story.request().state()) {
            case RequestState.Approved approved -> approved.grant();
            case RequestState state -> throw new AssertionError("no grant in " + state);
        };
    }

    private static Command.Redeem forOthers(String executionId, Subject caller) {
        return new Command.Redeem(
                "org-1", executionId, caller, true, Story.RITA, "release.deploy", Story.PRODUCTION, Story.DIGEST);
    }

    private static List<String> mismatch(
            Story story, String organization, Subject subject, String action, Resource resource, boolean sameBytes) {
        Change change = story.apply(new Command.Redeem(
                organization,
                "execution-1",
                Story.RITA,
                true,
                subject,
                action,
                resource,
                sameBytes ? Story.DIGEST : Story.OTHER_DIGEST));
        assertThat(change.changed()).isFalse();
        return change.refusal() instanceof Refusal.GrantMismatch(List<String> fields) ? fields : List.of();
    }
}
