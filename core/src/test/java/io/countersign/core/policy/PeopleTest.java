package io.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeopleTest {

    @Test
    void membersOfATeamAreMembersOfAllTeamsAboveIt() {
        People people = people(team("sre", "platform"), team("platform", "company"), team("company", null));
        assertThat(people.teamsOf(in("sre"))).containsExactlyInAnyOrder("sre", "platform", "company");
        assertThat(people.teamsOf(in("platform"))).containsExactlyInAnyOrder("platform", "company");
        assertThat(people.teamsOf(in("company", "sre"))).containsExactlyInAnyOrder("sre", "platform", "company");
        assertThat(people.teamsOf(in())).isEmpty();
    }

    @Test
    void aDeletedTeamHasNoMembersAndLeadsNowhere() {
        People people = people(team("sre", "platform"), team("company", null));
        assertThat(people.teamsOf(in("sre"))).containsExactly("sre");
        assertThat(people.teamsOf(in("gone"))).isEmpty();
        assertThat(people.team("platform")).isEmpty();
    }

    @Test
    void teamsThatContainEachOtherComeToAnEnd() {
        People people = people(team("a", "b"), team("b", "a"), team("c", "c"));
        assertThat(people.teamsOf(in("a"))).containsExactlyInAnyOrder("a", "b");
        assertThat(people.teamsOf(in("c"))).containsExactly("c");
    }

    @Test
    void peopleAndTeamsKeepTheirOrderAndAreFoundById() {
        Person zoe = in();
        Person ann = new Person("ann", true, Set.of(), Set.of(), null);
        People people = new People(List.of(zoe, ann), List.of(team("z", null), team("a", null)));
        assertThat(people.all()).containsExactly(zoe, ann);
        assertThat(people.teams()).extracting(Team::id).containsExactly("z", "a");
        assertThat(people.person("ann")).contains(ann);
        assertThat(people.person("nobody")).isEmpty();
        assertThat(people.team("a")).contains(team("a", null));
    }

    @Test
    void aViewerNeverApprovesAndNeitherDoesWhoHoldsNoRoleOrIsInactive() {
        assertThat(holder(true, "viewer").mayApproveAtAll()).isFalse();
        assertThat(holder(true).mayApproveAtAll()).isFalse();
        assertThat(holder(true, "viewer", "developer").mayApproveAtAll()).isTrue();
        assertThat(holder(true, "developer").mayApproveAtAll()).isTrue();
        assertThat(holder(true, "developer", "admin").mayApproveAtAll()).isTrue();
        assertThat(holder(false, "developer").mayApproveAtAll()).isFalse();
    }

    private static Person holder(boolean active, String... roles) {
        return new Person("zoe", active, Set.of(), Set.of(roles), null);
    }

    private static Person in(String... teams) {
        return new Person("zoe", true, Set.of(teams), Set.of("developer"), null);
    }

    private static Team team(String id, @Nullable String parent) {
        return new Team(id, parent, true);
    }

    private static People people(Team... teams) {
        return new People(List.of(), List.of(teams));
    }
}
