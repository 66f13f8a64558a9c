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
    void namesTheRequestItIsAbout() {
        assertThat(new ApprovalEntry.VoteWithdrawn("AR-7", "vot_1", "per_1").requestNumber())
                .isEqualTo("AR-7");
        assertThat(refused("AR-8").requestNumber()).isEqualTo("AR-8");
        assertThat(refused(null).requestNumber()).isNull();
        assertThat(new DirectoryEntry.OrganizationChanged(List.of()).requestNumber())
                .isNull();
    }

    private static GateEntry refused(@Nullable String number) {
        return new GateEntry.RedemptionRefused(
                number, "execution", "per_1", "release.deploy", "web/production", "sha256:0", "no-grant");
    }
}
