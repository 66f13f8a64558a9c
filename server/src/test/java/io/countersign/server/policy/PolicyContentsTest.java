package io.countersign.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.audit.PolicyContent;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Conditions;
import io.countersign.core.policy.Escalation;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.core.policy.VoteReason;
import io.countersign.core.policy.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyContentsTest {

    private static final Window NIGHT = new Window(Set.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY), 22, 6);
    private static final PolicyContent.Hours KEPT_NIGHT = new PolicyContent.Hours(List.of("monday", "sunday"), 22, 6);

    @Test
    void keepsAllThatAPolicySays() {
        Conditions conditions = new Conditions(
                Set.of("staging", "production"), "prod*", NIGHT, List.of(NIGHT), ZoneId.of("Europe/Berlin"), true);
        Escalation escalation = new Escalation(new Approvers(Set.of("per_9"), Set.of(), Set.of()), Duration.ofHours(4));
        assertThat(PolicyContents.of(spec(conditions, escalation)))
                .isEqualTo(new PolicyContent(
                        "Two people",
                        List.of("environment", "project"),
                        new PolicyContent.Who(List.of("per_1", "per_2"), List.of("tea_1"), List.of("developer")),
                        new PolicyContent.Needed(2, 1, List.of("per_1"), List.of("tea_1"), List.of("tech-lead")),
                        new PolicyContent.When(
                                List.of("production", "staging"),
                                "prod*",
                                KEPT_NIGHT,
                                List.of(KEPT_NIGHT),
                                "Europe/Berlin",
                                true),
                        true,
                        "on-deny",
                        Duration.ofDays(7),
                        Duration.ofMinutes(30),
                        new PolicyContent.Later(
                                new PolicyContent.Who(List.of("per_9"), List.of(), List.of()), Duration.ofHours(4))));
    }

    @Test
    void leavesOutWhatAPolicyDoesNotSay() {
        PolicyContent content = PolicyContents.of(spec(Conditions.always(), null));
        assertThat(content.conditions())
                .isEqualTo(new PolicyContent.When(List.of(), null, null, List.of(), null, false));
        assertThat(content.escalation()).isNull();
    }

    private static TemplateSpec spec(Conditions conditions, @Nullable Escalation escalation) {
        return new TemplateSpec(
                "Gate",
                "Two people",
                Set.of(ResourceLevel.PROJECT, ResourceLevel.ENVIRONMENT),
                new Approvers(Set.of("per_2", "per_1"), Set.of("tea_1"), Set.of("developer")),
                new Quorum(2, 1, Set.of("per_1"), Set.of("tea_1"), Set.of("tech-lead")),
                conditions,
                true,
                VoteReason.ON_DENY,
                Duration.ofDays(7),
                Duration.ofMinutes(30),
                escalation);
    }
}
