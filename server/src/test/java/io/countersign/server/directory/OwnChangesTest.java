package io.countersign.server.directory;

import static io.countersign.server.directory.Sketch.LONG_AGO;
import static io.countersign.server.directory.Sketch.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.Ask;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Subject;
import io.countersign.core.approval.OwnChanges;
import io.countersign.core.approval.OwnChanges.Membership;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose changes count as the asking side's own, and for how long (semantics of separation of duties). */
class OwnChangesTest {

    private static final Instant HOUR_AGO = NOON.minus(Duration.ofHours(1));
    private static final Instant YESTERDAY = NOON.minus(Duration.ofHours(24)).minusMillis(1);

    private static Ask ask(Subject subject, Subject caller, @Nullable String tokenMaker) {
        return new Ask(
                "org_acme",
                subject,
                caller,
                ActionCatalogue.standard().find("release.deploy").orElseThrow(),
                Resource.of(ResourceLevel.ENVIRONMENT, "env_prod"),
                PayloadDigest.of(new byte[0]),
                null,
                tokenMaker,
                Set.of());
    }

    private static Ask ask(String person) {
        Subject subject = new Subject(person, PrincipalKind.PERSON);
        return ask(subject, subject, null);
    }

    private static OwnChanges changes(DirectoryImage image, Ask ask) {
        return image.ownChanges(image.side(ask), NOON);
    }

    @Test
    void countsWhatTheRequesterGaveWithinADay() {
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .person("per_new", "per_ann", HOUR_AGO)
                .person("per_ben")
                .team("team_sre", null, "per_ann", LONG_AGO)
                .team("team_eu", "team_sre", "per_ann", HOUR_AGO)
                .member("team_sre", "per_ben", "per_ann", HOUR_AGO)
                .role("developer", "per_ben", "per_ann", HOUR_AGO)
                .image();
        OwnChanges own = changes(image, ask("per_ann"));
        assertThat(own.accounts()).containsExactly("per_new");
        assertThat(own.teams()).containsExactly(new Membership("per_ben", "team_sre"));
        assertThat(own.roles()).containsExactly(new Membership("per_ben", "developer"));
        assertThat(own.nestings()).containsExactly("team_eu");
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .person("per_ben", "per_ann", YESTERDAY)
                .role("developer", "per_ben", "per_ann", YESTERDAY)
                .role("admin", "per_ben", "per_ann", YESTERDAY.plusMillis(1))
                .image();
        OwnChanges own = changes(image, ask("per_ann"));
        assertThat(own.accounts()).isEmpty();
        assertThat(own.roles()).containsExactly(new Membership("per_ben", "admin"));
    }

    @Test
    void countsWhatWasGivenAfterTheAskHoweverLongItWaits() {
        Instant since = NOON.plus(Duration.ofHours(1));
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .person("per_ben")
                .role("developer", "per_ben", "per_ann", since)
                .image();
        assertThat(changes(image, ask("per_ann")).roles()).containsExactly(new Membership("per_ben", "developer"));
    }

    @Test
    void leavesOutWhatSomebodyElseGave() {
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .person("per_ben")
                .person("per_eve", "per_ben", HOUR_AGO)
                .role("developer", "per_eve", "per_ben", HOUR_AGO)
                .image();
        OwnChanges own = changes(image, ask("per_ann"));
        assertThat(own.accounts()).isEmpty();
        assertThat(own.roles()).isEmpty();
    }

    @Test
    void countsTheBootstrapAccountsChangesForEverybody() {
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .person("per_ben", "acc_bootstrap", HOUR_AGO)
                .image();
        OwnChanges own = changes(image, ask("per_ann"));
        assertThat(own.accounts()).containsExactly("per_ben");
        assertThat(own.makers()).contains("per_ann", "acc_bootstrap");
    }

    @Test
    void exemptsWhatWasDoneInTheSetUpForEver() {
        Sketch sketch = new Sketch();
        sketch.setUp = new SetUp(NOON.minus(Duration.ofHours(10)), NOON.minus(Duration.ofHours(2)), "admin");
        DirectoryImage image = sketch.person("per_ann", "acc_bootstrap", NOON.minus(Duration.ofHours(3)))
                .person("per_ben", "per_ann", NOON.minus(Duration.ofHours(3)))
                .person("per_eve", "per_ann", HOUR_AGO)
                .image();
        assertThat(changes(image, ask("per_ann")).accounts()).containsExactly("per_eve");
        assertThat(image.ownChangesSince(Set.of("per_ann"), NOON)).isEqualTo(NOON.minus(Duration.ofHours(2)));
    }

    @Test
    void endsTheSetUpAfterSevenDaysByItself() {
        Sketch sketch = new Sketch();
        sketch.setUp = new SetUp(NOON.minus(Duration.ofDays(7)).minus(Duration.ofHours(2)), null, null);
        DirectoryImage image = sketch.person("per_ann")
                .person("per_ben", "per_ann", NOON.minus(Duration.ofHours(2)).minusMillis(1))
                .person("per_eve", "per_ann", NOON.minus(Duration.ofHours(2)))
                .image();
        assertThat(changes(image, ask("per_ann")).accounts()).containsExactly("per_eve");
    }

    @Test
    void countsTheWholeOwnerChainOfAnAccount() {
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .person("per_ben")
                .team("team_ops", null, "per_x", LONG_AGO)
                .team("team_night", "team_ops", "per_x", LONG_AGO)
                .member("team_night", "per_ben", "per_x", LONG_AGO)
                .account("acc_pipeline", PrincipalKind.SERVICE, "team_ops", "per_ann")
                .account("acc_agent", PrincipalKind.AGENT, "acc_pipeline", null)
                .person("per_new1", "per_ben", HOUR_AGO)
                .person("per_new2", "acc_pipeline", HOUR_AGO)
                .image();
        assertThat(image.ownerChain("acc_agent")).containsExactlyInAnyOrder("per_ann", "per_ben");
        assertThat(image.accountable("acc_agent")).isEqualTo("per_ann");
        Subject agent = new Subject("acc_agent", PrincipalKind.AGENT);
        assertThat(changes(image, ask(agent, agent, null)).accounts())
                .containsExactlyInAnyOrder("per_new1", "per_new2");
    }

    @Test
    void countsWhatARequesterDidThroughAnAccountHeAnswersFor() {
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .account("acc_sync", PrincipalKind.SERVICE, "per_ann", null)
                .person("per_ben", "acc_sync", HOUR_AGO)
                .image();
        assertThat(changes(image, ask("per_ann")).accounts()).containsExactly("per_ben");
    }

    @Test
    void countsTheCallerAndWhoAnswersForItAndWhoMadeItsToken() {
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .person("per_ben")
                .person("per_cat")
                .account("acc_point", PrincipalKind.SERVICE, "per_ben", null)
                .person("per_new1", "per_ben", HOUR_AGO)
                .person("per_new2", "acc_point", HOUR_AGO)
                .person("per_new3", "per_cat", HOUR_AGO)
                .image();
        Ask ask = ask(
                new Subject("per_ann", PrincipalKind.PERSON),
                new Subject("acc_point", PrincipalKind.SERVICE),
                "per_cat");
        assertThat(changes(image, ask).accounts()).containsExactlyInAnyOrder("per_new1", "per_new2", "per_new3");
    }

    @Test
    void neverForgetsWhoMadeACredentialUntilItIsConfirmed() {
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .enrolled("per_ben", "per_x", LONG_AGO, "per_ann", LONG_AGO)
                .image();
        OwnChanges own = changes(image, ask("per_ann"));
        assertThat(own.makers()).contains("per_ann");
        assertThat(image.people().person("per_ben").orElseThrow().credentialMaker())
                .isEqualTo("per_ann");
        assertThat(own.accounts()).isEmpty();
    }

    @Test
    void exemptsCredentialsWhoseLinkWasMadeInTheSetUp() {
        Instant inSetUp = Instant.parse("2026-01-02T00:00:00Z");
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .enrolled("per_ben", "per_ann", inSetUp, "per_ann", inSetUp)
                .image();
        assertThat(image.people().person("per_ben").orElseThrow().credentialMaker())
                .isNull();
    }

    @Test
    void seesThroughPeopleWhoActWithCredentialsOfTheRequestersMaking() {
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .enrolled("per_puppet", "per_ann", LONG_AGO, "per_ann", LONG_AGO)
                .enrolled("per_second", "per_puppet", LONG_AGO, "per_puppet", LONG_AGO)
                .person("per_honest")
                .role("developer", "per_honest", "per_puppet", HOUR_AGO)
                .image();
        OwnChanges own = changes(image, ask("per_ann"));
        assertThat(own.makers()).contains("per_puppet");
        assertThat(own.roles()).containsExactly(new Membership("per_honest", "developer"));
        assertThat(image.sharesOrigin("per_ann", "per_second")).isTrue();
        assertThat(image.sharesOrigin("per_honest", "per_second")).isFalse();
    }

    @Test
    void judgesWhoMovedTheOrganizationsClockByTheClockOfBeforeToo() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Sketch sketch = new Sketch().person("per_ann").person("per_ben");
        DirectoryImage image = sketch.settingsBefore(berlin, Duration.ofHours(24), "per_ann", HOUR_AGO)
                .settingsBefore(ZoneId.of("Asia/Tokyo"), Duration.ofHours(24), "per_ann", YESTERDAY)
                .image();
        assertThat(image.zones(Set.of("per_ann"), NOON)).containsExactly(ZoneOffset.UTC, berlin);
        assertThat(image.zones(Set.of("per_ben"), NOON)).containsExactly(ZoneOffset.UTC);
    }

    @Test
    void judgesWhoShortenedTheWindowByTheLongerOne() {
        Instant earlier = NOON.minus(Duration.ofHours(30));
        Sketch sketch = new Sketch().person("per_ann").role("developer", "per_ben", "per_ann", earlier);
        DirectoryImage image = sketch.settingsBefore(ZoneOffset.UTC, Duration.ofDays(2), "per_ann", HOUR_AGO)
                .settingsBefore(ZoneOffset.UTC, Duration.ofDays(30), "per_ben", HOUR_AGO)
                .image();
        assertThat(changes(image, ask("per_ann")).roles()).containsExactly(new Membership("per_ben", "developer"));
        assertThat(image.ownChangesSince(Set.of("per_eve"), NOON)).isEqualTo(NOON.minus(Duration.ofHours(24)));
        Sketch old = new Sketch()
                .settingsBefore(ZoneOffset.UTC, Duration.ofDays(2), "per_ann", NOON.minus(Duration.ofHours(49)));
        assertThat(old.image().ownChangesSince(Set.of("per_ann"), NOON))
                .as("by the longer window itself the change is forgotten")
                .isEqualTo(NOON.minus(Duration.ofHours(24)));
    }
}
