package io.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequirementTest {

    private static final Instant OPENED = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void anEscalationIsDueFromItsTimeOn() {
        Approvers leads = new Approvers(Set.of(), Set.of(), Set.of("lead"));
        Requirement requirement = requirement(new Escalation(leads, Duration.ofMinutes(10)));
        Instant due = OPENED.plus(Duration.ofMinutes(10));
        assertThat(requirement.escalated(OPENED, due.minusNanos(1))).isFalse();
        assertThat(requirement.escalated(OPENED, due)).isTrue();
        assertThat(requirement.escalated(OPENED, due.plus(Duration.ofDays(1)))).isTrue();
    }

    @Test
    void withoutAnEscalationNothingIsEverDue() {
        assertThat(requirement(null).escalated(OPENED, Instant.MAX)).isFalse();
    }

    @Test
    void isKnownByItsRuleInThisVersionOnThisBinding() {
        assertThat(requirement(null).id()).isEqualTo("binding-1/gate@3");
    }

    private static Requirement requirement(@Nullable Escalation escalation) {
        return new Requirement(
                new RequirementSource(RequirementSource.Kind.TEMPLATE, "gate", 3, "binding-1"),
                "gate",
                "",
                new Approvers(Set.of("ann"), Set.of(), Set.of()),
                Quorum.of(1),
                false,
                VoteReason.NEVER,
                Duration.ofDays(7),
                Duration.ofHours(1),
                escalation);
    }
}
