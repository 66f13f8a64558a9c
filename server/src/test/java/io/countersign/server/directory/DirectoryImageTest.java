package io.countersign.server.directory;

import static io.countersign.server.directory.Sketch.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.server.platform.Permission;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirectoryImageTest {

    private static Resource resource(ResourceLevel level, String id) {
        return Resource.of(level, id);
    }

    @Test
    void findsThingsByIdAndByName() {
        DirectoryImage image = new Sketch().image();
        assertThat(image.resourceId(ResourceLevel.ENVIRONMENT, "payments/production"))
                .contains("env_prod");
        assertThat(image.resourceId(ResourceLevel.ENVIRONMENT, "env_prod")).contains("env_prod");
        assertThat(image.resourceId(ResourceLevel.ENVIRONMENT, "production")).isEmpty();
        assertThat(image.resourceId(ResourceLevel.PROJECT, "payments")).contains("prj_payments");
        assertThat(image.resourceId(ResourceLevel.PROJECT, "gone")).isEmpty();
        assertThat(image.resourceId(ResourceLevel.ENVIRONMENT, "gone/dev")).isEmpty();
        assertThat(image.resourceId(ResourceLevel.CLUSTER, "eu-1")).contains("cls_eu");
        assertThat(image.resourceId(ResourceLevel.ORGANIZATION, "acme")).contains("org_acme");
    }

    @Test
    void knowsWhereAnEnvironmentStands() {
        var place = new Sketch()
                .image()
                .place(resource(ResourceLevel.ENVIRONMENT, "env_prod"))
                .orElseThrow();
        assertThat(place.projectId()).isEqualTo("prj_payments");
        assertThat(place.clusterId()).isEqualTo("cls_eu");
        assertThat(place.environments()).singleElement().matches(EnvironmentFacts::frozen);
    }

    @Test
    void givesAClusterEveryEnvironmentThatNamesIt() {
        DirectoryImage image = new Sketch().image();
        assertThat(image.place(resource(ResourceLevel.CLUSTER, "cls_eu"))
                        .orElseThrow()
                        .environments())
                .extracting(EnvironmentFacts::id)
                .containsExactly("env_prod");
        assertThat(image.place(resource(ResourceLevel.PROJECT, "prj_gone"))).isEmpty();
        assertThat(image.place(resource(ResourceLevel.ENVIRONMENT, "env_gone"))).isEmpty();
    }

    @Test
    void keepsTheNamesOfWhatWasDeleted() {
        DirectoryImage image = new Sketch().image();
        assertThat(image.nameOf("prj_gone")).contains("gone");
        assertThat(image.nameOf("env_prod")).contains("payments/production");
        assertThat(image.nameOf("env_nothing")).isEmpty();
    }

    @Test
    void findsPeopleTeamsAndAccountsByHandle() {
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .team("team_sre", null, "per_ann", LONG_AGO)
                .account("acc_bot", PrincipalKind.SERVICE, "per_ann", null)
                .image();
        assertThat(image.personId("@per_ann")).contains("per_ann");
        assertThat(image.personId("@acc_bot")).isEmpty();
        assertThat(image.principal("@acc_bot").orElseThrow().kind()).isEqualTo(PrincipalKind.SERVICE);
        assertThat(image.teamId("@team_sre")).contains("team_sre");
        assertThat(image.principal("per_ann")).isPresent();
        assertThat(image.principal("nobody")).isEmpty();
    }

    @Test
    void rolesImplyNothing() {
        DirectoryImage image = new Sketch()
                .person("per_admin")
                .person("per_policy")
                .person("per_viewer")
                .person("per_lead")
                .person("per_none")
                .role("admin", "per_admin", "per_x", LONG_AGO)
                .role("policy_manager", "per_policy", "per_x", LONG_AGO)
                .role("viewer", "per_viewer", "per_x", LONG_AGO)
                .role("tech-lead", "per_lead", "per_x", LONG_AGO)
                .image();
        assertThat(image.holds("per_policy", Permission.POLICY_WRITE)).isTrue();
        assertThat(image.holds("per_policy", Permission.DIRECTORY_WRITE)).isFalse();
        assertThat(image.holds("per_admin", Permission.AUDIT_READ)).isTrue();
        assertThat(image.holds("per_admin", Permission.ASK_ON_BEHALF)).isFalse();
        assertThat(image.holds("per_viewer", Permission.REQUESTS_READ)).isTrue();
        assertThat(image.holds("per_viewer", Permission.ASK)).isFalse();
        assertThat(image.holds("per_lead", Permission.VOTE)).isTrue();
        assertThat(image.holds("per_none", Permission.REQUESTS_READ)).isFalse();
    }

    @Test
    void accountsNeverVoteWhateverTheirRole() {
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .account("acc_bot", PrincipalKind.SERVICE, "per_ann", null)
                .role("admin", "acc_bot", "per_ann", LONG_AGO)
                .image();
        assertThat(image.holds("acc_bot", Permission.ASK)).isTrue();
        assertThat(image.holds("acc_bot", Permission.VOTE)).isFalse();
        assertThat(image.holds("acc_bot", Permission.TOKENS_OWN)).isFalse();
        assertThat(image.people().person("acc_bot")).isEmpty();
        assertThat(image.holds("acc_bootstrap", Permission.VOTE)).isFalse();
        assertThat(image.holds("acc_bootstrap", Permission.DIRECTORY_WRITE)).isTrue();
    }

    @Test
    void limitsWhatIsGivenByNameToItsActionsAndPlaces() {
        DirectoryImage image = new Sketch()
                .person("per_ann")
                .account("acc_git", PrincipalKind.SERVICE, "per_ann", null)
                .grant("acc_git", "ask-on-behalf", Set.of("release.deploy"), Set.of("prj_payments"))
                .image();
        Resource production = resource(ResourceLevel.ENVIRONMENT, "env_prod");
        assertThat(image.holds("acc_git", Permission.ASK_ON_BEHALF)).isTrue();
        assertThat(image.holdsOneByOne("acc_git", Permission.ASK_ON_BEHALF, "release.deploy", production))
                .isTrue();
        assertThat(image.holdsOneByOne("acc_git", Permission.ASK_ON_BEHALF, "rollback.execute", production))
                .isFalse();
        assertThat(image.holdsOneByOne(
                        "acc_git",
                        Permission.ASK_ON_BEHALF,
                        "release.deploy",
                        resource(ResourceLevel.CLUSTER, "cls_eu")))
                .isFalse();
        assertThat(image.holdsOneByOne("acc_git", Permission.REDEEM_FOR_OTHERS, "release.deploy", production))
                .isFalse();
    }

    @Test
    void carriesItselfToALaterEpochWhenOnlyRulesChanged() {
        DirectoryImage image = new Sketch().person("per_ann").image();
        DirectoryImage later = image.carriedTo(9);
        assertThat(later.epoch()).isEqualTo(9);
        assertThat(later.people()).isSameAs(image.people());
        assertThat(later.handleOf("per_ann")).contains("@per_ann");
    }
}
