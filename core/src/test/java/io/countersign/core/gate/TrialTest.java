package io.countersign.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.Ask;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Subject;
import io.countersign.core.action.Tier;
import io.countersign.core.gate.Trial.Shift;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Conditions;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Template;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.core.policy.VoteReason;
import io.countersign.core.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrialTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Subject ANN = new Subject("ann", PrincipalKind.PERSON);
    private static final Place PRODUCTION = new Place(
            "org",
            "payments",
            null,
            List.of(new EnvironmentFacts("env-1", "production", "payments", Tier.PRODUCTION, null, false)));

    @Test
    void saysOfEveryChangeWhatItMeans() {
        BoundTemplate one = rule("a", 1, 1, false);
        BoundTemplate two = rule("a", 2, 2, false);
        BoundTemplate same = rule("b", 3, 1, false);
        BoundTemplate explained = rule("c", 1, 1, true);
        assertThat(shift(List.of(), Set.of(), List.of(one), null)).isEqualTo(Shift.NEWLY_HELD);
        assertThat(shift(List.of(one), Set.of("bnd-a"), List.of(), null)).isEqualTo(Shift.NO_LONGER_HELD);
        assertThat(shift(List.of(one), Set.of("bnd-a"), List.of(two), null)).isEqualTo(Shift.HELD_DIFFERENTLY);
        assertThat(shift(List.of(one), Set.of(), List.of(two), null)).isEqualTo(Shift.HELD_DIFFERENTLY);
        assertThat(shift(List.of(one), Set.of("bnd-a"), List.of(same), null)).isEqualTo(Shift.NONE);
        assertThat(shift(List.of(one), Set.of(), List.of(same), null)).isEqualTo(Shift.NONE);
        assertThat(shift(List.of(), Set.of(), List.of(explained), null)).isEqualTo(Shift.NEWLY_REFUSED);
        assertThat(shift(List.of(one), Set.of(), List.of(explained), null)).isEqualTo(Shift.NEWLY_REFUSED);
        assertThat(shift(List.of(explained), Set.of("bnd-c"), List.of(), null)).isEqualTo(Shift.NO_LONGER_REFUSED);
        assertThat(shift(List.of(explained), Set.of("bnd-c"), List.of(one), null))
                .isEqualTo(Shift.NEWLY_HELD);
        assertThat(shift(List.of(explained), Set.of("bnd-c"), List.of(rule("d", 1, 2, true)), null))
                .isEqualTo(Shift.NONE);
        assertThat(shift(List.of(explained), Set.of("bnd-c"), List.of(), "because"))
                .isEqualTo(Shift.NO_LONGER_HELD);
        assertThat(shift(List.of(), Set.of(), List.of(), null)).isEqualTo(Shift.NONE);
    }

    @Test
    void goesByTheClockOfTheAskAndDemandsOnlyWhatItTries() {
        BoundTemplate always = rule("a", 1, 1, false);
        BoundTemplate evening = new BoundTemplate(
                new Binding("bnd-e", "tpl-e", ResourceLevel.ORGANIZATION, null, null, Set.of()),
                new Template(
                        "tpl-e",
                        1,
                        spec(
                                "e",
                                2,
                                new Conditions(
                                        Set.of(),
                                        null,
                                        new Window(Set.of(), 18, 23),
                                        List.of(),
                                        ZoneId.of("Asia/Tokyo"),
                                        false))));
        Trial trial = new Trial(List.of(always), Set.of(), List.of(evening));
        Trial.Judged noon = trial.judge(ask(null), PRODUCTION, NOON, ZoneId.of("UTC"));
        assertThat(noon.applies()).isTrue();
        assertThat(noon.shift()).isEqualTo(Shift.HELD_DIFFERENTLY);
        assertThat(noon.demanded()).extracting(Requirement::name).containsExactly("e");
        Trial.Judged night = trial.judge(ask(null), PRODUCTION, NOON.plus(Duration.ofHours(2)), ZoneId.of("UTC"));
        assertThat(night.applies()).isFalse();
        assertThat(night.shift()).isEqualTo(Shift.NONE);
        assertThat(night.without()).isInstanceOf(Decision.Hold.class).isEqualTo(night.with());
    }

    @Test
    void demandsNothingOfWhatIsRefused() {
        Trial trial = new Trial(List.of(), Set.of(), List.of(rule("c", 1, 1, true)));
        Trial.Judged refused = trial.judge(ask(null), PRODUCTION, NOON, ZoneId.of("UTC"));
        assertThat(refused.applies()).isTrue();
        assertThat(refused.demanded()).isEmpty();
        assertThat(trial.judge(ask("because"), PRODUCTION, NOON, ZoneId.of("UTC"))
                        .demanded())
                .hasSize(1);
    }

    private static Shift shift(
            List<BoundTemplate> inForce, Set<String> ended, List<BoundTemplate> tried, @Nullable String reason) {
        return new Trial(inForce, ended, tried)
                .judge(ask(reason), PRODUCTION, NOON, ZoneId.of("UTC"))
                .shift();
    }

    private static Ask ask(@Nullable String reason) {
        return new Ask(
                "org",
                ANN,
                ANN,
                ActionCatalogue.standard().find("release.deploy").orElseThrow(),
                Resource.of(ResourceLevel.ENVIRONMENT, "env-1"),
                PayloadDigest.of(new byte[0]),
                reason,
                null,
                Set.of());
    }

    private static BoundTemplate rule(String name, int version, int approvals, boolean requireReason) {
        return new BoundTemplate(
                new Binding("bnd-" + name, "tpl-" + name, ResourceLevel.ORGANIZATION, null, null, Set.of()),
                new Template(
                        "tpl-" + name,
                        version,
                        spec(name, approvals, new Conditions(Set.of(), null, null, List.of(), null, requireReason))));
    }

    private static TemplateSpec spec(String name, int approvals, Conditions conditions) {
        return new TemplateSpec(
                name,
                "",
                Set.of(ResourceLevel.ORGANIZATION),
                new Approvers(Set.of(), Set.of("sre"), Set.of()),
                Quorum.of(approvals),
                conditions,
                false,
                VoteReason.ON_DENY,
                TemplateSpec.DEFAULT_EXPIRY,
                TemplateSpec.DEFAULT_GRANT,
                null);
    }
}
