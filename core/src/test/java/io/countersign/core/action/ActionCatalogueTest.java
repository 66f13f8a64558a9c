package io.countersign.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActionCatalogueTest {

    private final ActionCatalogue standard = ActionCatalogue.standard();

    @Test
    void knowsTheSixteenActionsOfThePolicyGuideAndTheThreeSwitchableOnes() {
        assertThat(standard.all())
                .extracting(ActionType::id)
                .containsExactly(
                        "release.deploy",
                        "promotion.execute",
                        "rollback.execute",
                        "project.delete",
                        "environment.freeze",
                        "environment.unfreeze",
                        "environment.policy.update",
                        "cluster.sync",
                        "cluster.rollback",
                        "cluster.restart",
                        "cluster.scale",
                        "manifest.apply",
                        "command.execute",
                        "resource.delete",
                        "token.issue",
                        "breakglass.initiate",
                        "policy.change",
                        "control.change",
                        "role.change");
    }

    @Test
    void exactlyTheseDeploy() {
        assertThat(standard.all())
                .filteredOn(ActionType::deploying)
                .extracting(ActionType::id)
                .containsExactlyInAnyOrder(
                        "release.deploy",
                        "promotion.execute",
                        "rollback.execute",
                        "manifest.apply",
                        "cluster.sync",
                        "cluster.rollback");
    }

    @Test
    void onlyTheOwnActionsOnRulesAreSwitchable() {
        assertThat(standard.all())
                .filteredOn(ActionType::switchable)
                .extracting(ActionType::id)
                .containsExactlyInAnyOrder("policy.change", "control.change", "role.change");
    }

    @Test
    void risksAreThoseOfThePolicyGuide() {
        assertThat(withRisk(Risk.CRITICAL))
                .containsExactlyInAnyOrder(
                        "project.delete", "command.execute", "resource.delete", "token.issue", "breakglass.initiate");
        assertThat(withRisk(Risk.MEDIUM))
                .containsExactlyInAnyOrder(
                        "environment.freeze",
                        "environment.unfreeze",
                        "environment.policy.update",
                        "cluster.sync",
                        "cluster.scale");
        assertThat(withRisk(Risk.LOW)).isEmpty();
    }

    @Test
    void everyActionIsPerformedOnItsKindOfResource() {
        assertThat(at(ResourceLevel.ENVIRONMENT))
                .containsExactlyInAnyOrder(
                        "release.deploy",
                        "promotion.execute",
                        "rollback.execute",
                        "environment.freeze",
                        "environment.unfreeze",
                        "environment.policy.update");
        assertThat(at(ResourceLevel.PROJECT)).containsExactly("project.delete");
        assertThat(at(ResourceLevel.ORGANIZATION))
                .containsExactlyInAnyOrder("breakglass.initiate", "policy.change", "control.change", "role.change");
        assertThat(at(ResourceLevel.CLUSTER)).hasSize(8);
    }

    @Test
    void aClusterRollbackIsFoundUnderBothClusterAndRollback() {
        assertThat(standard.find("cluster.rollback").orElseThrow().inboxTypes())
                .containsExactlyInAnyOrder(InboxType.CLUSTER, InboxType.ROLLBACK);
        assertThat(standard.find("project.delete").orElseThrow().inboxTypes()).containsExactly(InboxType.PROJECT);
    }

    @Test
    void actionsAreListedInTheirGroups() {
        assertThat(standard.find("release.deploy").orElseThrow().group()).isEqualTo("project");
        assertThat(standard.find("token.issue").orElseThrow().group()).isEqualTo("cluster");
        assertThat(standard.find("breakglass.initiate").orElseThrow().group()).isEqualTo("security");
        assertThat(standard.find("role.change").orElseThrow().group()).isEqualTo("own");
    }

    @Test
    void anOrganizationsOwnActionsFollowTheStandardOnes() {
        ActionType own = own("tool.call", "An agent's tool call");
        ActionCatalogue catalogue = standard.with(List.of(own));
        assertThat(catalogue.find("tool.call")).contains(own);
        assertThat(catalogue.all()).hasSize(20).last().isEqualTo(own);
        assertThat(standard.find("tool.call")).isEmpty();
        assertThat(standard.with(List.of())).isSameAs(standard);
    }

    @Test
    void anOwnActionCannotTakeTheIdOfAnother() {
        ActionCatalogue catalogue = standard.with(
                List.of(own("release.deploy", "Harmless"), own("tool.call", "first"), own("tool.call", "second")));
        assertThat(catalogue.find("release.deploy")).isEqualTo(standard.find("release.deploy"));
        assertThat(catalogue.find("tool.call").orElseThrow().title()).isEqualTo("first");
        assertThat(catalogue.all()).hasSize(20);
    }

    @Test
    void noStandardActionIsAnEmergencyWorkflows() {
        assertThat(standard.all()).noneMatch(ActionType::emergency);
    }

    private static ActionType own(String id, String title) {
        return new ActionType(
                id, title, "", "own", Set.of(InboxType.OWN), Risk.LOW, ResourceLevel.ORGANIZATION, false, false);
    }

    private List<String> withRisk(Risk risk) {
        return standard.all().stream()
                .filter(type -> type.risk() == risk)
                .filter(type -> !type.switchable())
                .map(ActionType::id)
                .toList();
    }

    private List<String> at(ResourceLevel level) {
        return standard.all().stream()
                .filter(type -> type.level() == level)
                .map(ActionType::id)
                .toList();
    }
}
