package io.countersign.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntryTest {

    @Test
    void standsOutOnlyWhereSomebodyMustSeeIt() {
        assertThat(new AccessEntry.TokenRevoked("tok_1", "per_1", true).prominent())
                .isTrue();
        assertThat(new AccessEntry.TokenRevoked("tok_1", "per_1", false).prominent())
                .isFalse();
        assertThat(new DirectoryEntry.SetUpEnded("admin").prominent()).isTrue();
        assertThat(new OperationEntry.ClockAdvanced(Instant.EPOCH, Instant.EPOCH.plusSeconds(1)).prominent())
                .isTrue();
        assertThat(new PolicyEntry.BindingRemoved("bnd_1", "tpl_1").prominent()).isFalse();
    }

    @Test
    void anEmergencyStandsOutInAllThatIsDoneByIt() {
        assertThat(redeemed("bgs_1", false).prominent()).isTrue();
        assertThat(redeemed(null, false).prominent()).isFalse();
        assertThat(executed("bgs_1", false).prominent()).isTrue();
        assertThat(executed(null, false).prominent()).isFalse();
        assertThat(new ApprovalEntry.RequestBypassed(
                                "AR-1",
                                "bgs_1",
                                "BG-1",
                                "the shop is down",
                                "INC-1",
                                "per_1",
                                "per_1",
                                "release.deploy",
                                "web/production",
                                "sha256:0",
                                "grt_1",
                                Instant.EPOCH,
                                List.of())
                        .prominent())
                .isTrue();
    }

    @Test
    void anEmergencyWorkflowStandsOutFromItsKindToItsOutcome() {
        for (boolean emergency : new boolean[] {true, false}) {
            assertThat(List.of(
                            new DirectoryEntry.ActionTypeAdded("a.b", "A", "high", "environment", true, emergency),
                            opened(emergency),
                            new ApprovalEntry.RequestApproved(
                                    "AR-1", "grt_1", Instant.EPOCH, Instant.EPOCH, List.of(), emergency),
                            redeemed(null, emergency),
                            executed(null, emergency)))
                    .allSatisfy(entry -> assertThat(entry.prominent()).isEqualTo(emergency));
        }
    }

    private static ApprovalEntry opened(boolean emergency) {
        return new ApprovalEntry.RequestOpened(
                "AR-1",
                "per_1",
                "per_1",
                "a.b",
                "web/production",
                "sha256:0",
                "the shop is down",
                Instant.EPOCH,
                List.of(),
                List.of(),
                null,
                null,
                emergency);
    }

    @Test
    void standsOutWhereSomebodyWasNotTold() {
        assertThat(failed(null).prominent()).isTrue();
        assertThat(new NotificationEntry.NotificationUnheard("BreakglassOpened", 1, "no destination").prominent())
                .isTrue();
        assertThat(new NotificationEntry.NotificationDestinationRemoved("des_1", "webhook", "on call").prominent())
                .isTrue();
        assertThat(delivered("AR-9").prominent()).isFalse();
        assertThat(new NotificationEntry.NotificationRetried("dlv_1", "per_1").prominent())
                .isFalse();
    }

    @Test
    void namesTheRequestItIsAbout() {
        assertThat(failed("AR-9").requestNumber()).isEqualTo("AR-9");
        assertThat(failed(null).requestNumber()).isNull();
        assertThat(delivered("AR-9").requestNumber()).isEqualTo("AR-9");
        assertThat(delivered(null).requestNumber()).isNull();
        assertThat(new ApprovalEntry.VoteWithdrawn("AR-7", "vot_1", "per_1").requestNumber())
                .isEqualTo("AR-7");
        assertThat(refused("AR-8").requestNumber()).isEqualTo("AR-8");
        assertThat(refused(null).requestNumber()).isNull();
        assertThat(new DirectoryEntry.OrganizationChanged(List.of()).requestNumber())
                .isNull();
    }

    private static NotificationEntry failed(@Nullable String number) {
        return new NotificationEntry.NotificationFailed(
                "dlv_1", "per_1", "email", "RequestOpened", 1, number, 5, "no such mailbox");
    }

    private static NotificationEntry delivered(@Nullable String number) {
        return new NotificationEntry.NotificationDelivered("dlv_1", "per_1", "email", "RequestOpened", 1, number, 1);
    }

    private static ApprovalEntry redeemed(@Nullable String session, boolean emergency) {
        return new ApprovalEntry.GrantRedeemed("AR-1", "grt_1", "execution", "per_1", "sha256:0", session, emergency);
    }

    private static ApprovalEntry executed(@Nullable String session, boolean emergency) {
        return new ApprovalEntry.RequestExecuted("AR-1", "execution", "succeeded", null, null, session, emergency);
    }

    private static GateEntry refused(@Nullable String number) {
        return new GateEntry.RedemptionRefused(
                number, "execution", "per_1", "release.deploy", "web/production", "sha256:0", "no-grant");
    }
}
