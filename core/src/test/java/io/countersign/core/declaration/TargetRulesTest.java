package io.countersign.core.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.ActionCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an organization may not become, and how a difference tells what changes. */
class TargetRulesTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private static final Map<String, Object> ACME = Map.of(
            "countersign",
            "v1",
            "people",
            List.of(Map.of("handle", "ada", "name", "Ada"), Map.of("handle", "ben", "name", "Ben", "email", "b@x")),
            "teams",
            List.of(
                    Map.of("handle", "all", "name", "All", "members", List.of("ada")),
                    Map.of("handle", "sre", "name", "SRE", "parent", "all", "members", List.of("ada", "ben"))),
            "roles",
            List.of(
                    Map.of("id", "admin", "holders", List.of("ada")),
                    Map.of("id", "developer", "holders", List.of("ben"))));

    private static final Declaration PRESENT = Declaration.whole(
            DeclarationReader.read(List.of(ACME)).declaration().all());

    private static Map<String, Object> document(String section, Object... things) {
        return Map.of("countersign", "v1", section, List.of(things));
    }

    private static Difference difference(boolean prune, Object... documents) {
        return Difference.between(
                PRESENT, DeclarationReader.read(List.of(documents)).declaration(), prune);
    }

    private static List<String> problems(boolean prune, Object... documents) {
        return rules(prune, documents).problems(NOW).stream()
                .map(fault -> fault.pointer() + " " + fault.code())
                .toList();
    }

    private static TargetRules rules(boolean prune, Object... documents) {
        DeclarationText text = DeclarationReader.read(List.of(documents));
        assertThat(text.faults()).isEmpty();
        return new TargetRules(
                text, Difference.between(PRESENT, text.declaration(), prune), PRESENT, ActionCatalogue.standard());
    }

    private static List<String> told(Difference difference) {
        return difference.steps().stream()
                .map(step -> Difference.word(step) + " " + step.thing().name()
                        + step.fields().stream()
                                .map(field -> " " + field.field() + ": " + field.before() + " -> " + field.after())
                                .reduce("", String::concat))
                .toList();
    }

    @Test
    void tellsWhatIsAddedAlteredAndRemovedFieldByField() {
        assertThat(told(difference(
                        true,
                        document(
                                "people",
                                Map.of("handle", "ada", "name", "Ada"),
                                Map.of("handle", "ben", "name", "Benedict"),
                                Map.of("handle", "eve", "name", "Eve")),
                        document("teams", Map.of("handle", "sre", "name", "SRE", "members", List.of("ben"))))))
                .containsExactly(
                        "alter ben email: b@x -> null name: Ben -> Benedict",
                        "add eve handle: null -> eve name: null -> Eve",
                        "remove all",
                        "alter sre members: [ada, ben] -> [ben] parent: all -> null");
    }

    @Test
    void leavesWhatIsNotMentioned() {
        assertThat(told(difference(true, document("people", Map.of("handle", "ada", "name", "Ada")))))
                .containsExactly("remove ben");
        assertThat(told(difference(false, document("people", Map.of("handle", "ada", "name", "Ada")))))
                .isEmpty();
        assertThat(told(difference(
                        true,
                        document(
                                "teams",
                                Map.of("handle", "all", "name", "All"),
                                Map.of("handle", "sre", "name", "SRE", "parent", "all")))))
                .isEmpty();
        assertThat(told(difference(true, document("roles")))).isEmpty();
    }

    @Test
    void twoDifferencesWithOneDigestAreTheSame() {
        String digest = difference(true, document("people", Map.of("handle", "ada", "name", "A")))
                .digest();
        assertThat(difference(true, document("people", Map.of("handle", "ada", "name", "A")))
                        .digest())
                .isEqualTo(digest);
        assertThat(difference(false, document("people", Map.of("handle", "ada", "name", "A")))
                        .digest())
                .isNotEqualTo(digest);
    }

    @Test
    void refusesToLeaveNobodyInCharge() {
        assertThat(problems(true, document("people", Map.of("handle", "ben", "name", "Ben", "email", "b@x"))))
                .containsExactly("/0 last-admin");
        assertThat(problems(false, document("roles", Map.of("id", "admin", "holders", List.of()))))
                .containsExactly("/0/roles/0 last-admin");
        assertThat(problems(false, document("people", Map.of("handle", "ada", "name", "Ada", "active", false))))
                .containsExactly("/0 last-admin");
        assertThat(problems(
                        true,
                        document("people", Map.of("handle", "ben", "name", "Ben")),
                        document("roles", Map.of("id", "admin", "holders", List.of("ben")))))
                .isEmpty();
    }

    @Test
    void refusesTeamsThatStandBelowThemselvesAndAccountsThatOwnThemselves() {
        assertThat(problems(false, document("teams", Map.of("handle", "all", "name", "All", "parent", "sre"))))
                .containsExactly("/0/teams/0/parent team-cycle");
        assertThat(problems(
                        false, document("accounts", Map.of("handle", "a", "name", "A", "kind", "agent", "owner", "a"))))
                .containsExactly("/0/accounts/0/owner account-cycle");
    }

    @Test
    void wantsOnePersonWhoAnswersForAnAccountOfATeamAndForNoOther() {
        assertThat(problems(
                        false,
                        document(
                                "accounts",
                                Map.of("handle", "a", "name", "A", "kind", "agent", "owner", "sre"),
                                Map.of(
                                        "handle",
                                        "b",
                                        "name",
                                        "B",
                                        "kind",
                                        "agent",
                                        "owner",
                                        "ada",
                                        "accountable",
                                        "ben"))))
                .containsExactly("/0/accounts/0 missing", "/0/accounts/1/accountable wrong-value");
    }

    @Test
    void refusesAHandleThatSomethingElseHas() {
        assertThat(problems(false, document("people", Map.of("handle", "sre", "name", "S"))))
                .containsExactly("/0/people/0 handle-taken");
    }

    @Test
    void refusesATemplateThatNobodyCouldMeetAndABindingOutsideItsScope() {
        Map<String, Object> template = Map.of(
                "name",
                "Two",
                "scope",
                List.of("organization"),
                "approvers",
                Map.of("users", List.of("ben")),
                "quorum",
                Map.of("minApprovals", 2));
        assertThat(problems(false, document("templates", template)))
                .containsExactly("/0/templates/0/quorum cannot-be-met");
        assertThat(problems(
                        false,
                        document(
                                "templates",
                                Map.of(
                                        "name",
                                        "One",
                                        "scope",
                                        List.of("organization"),
                                        "approvers",
                                        Map.of("users", List.of("ben")))),
                        document("projects", Map.of("name", "shop")),
                        document("bindings", Map.of("template", "one", "to", "project:shop"))))
                .containsExactly("/2/bindings/0/to outside-scope");
    }

    @Test
    void refusesToGateTheRulesWhereOneAbsenceWouldLockEverybodyOut() {
        Map<String, Object> bound = document(
                "bindings", Map.of("template", "Rules", "to", "organization", "actions", List.of("policy.change")));
        assertThat(problems(false, document("templates", gate(List.of("ben"))), bound))
                .containsExactly("/1/bindings/0 would-lock-out");
        assertThat(problems(false, document("templates", gate(List.of("ada", "ben"))), bound))
                .isEmpty();
    }

    private static Map<String, Object> gate(List<String> approvers) {
        return Map.of("name", "Rules", "scope", List.of("organization"), "approvers", Map.of("users", approvers));
    }

    @Test
    void warnsOfWhatIsWorthASecondLook() {
        List<String> warnings = rules(
                        false,
                        document(
                                "templates",
                                Map.of(
                                        "name",
                                        "One",
                                        "scope",
                                        List.of("environment"),
                                        "approvers",
                                        Map.of("users", List.of("ben")),
                                        "requesterCanApprove",
                                        true)),
                        document(
                                "projects",
                                Map.of(
                                        "name",
                                        "shop",
                                        "environments",
                                        List.of(Map.of("name", "production", "tier", "production")))),
                        document("bindings", Map.of("template", "One", "to", "*/productoin")))
                .warnings()
                .stream()
                .map(fault -> fault.pointer() + " " + fault.code())
                .toList();
        assertThat(warnings)
                .containsExactly(
                        "/0/templates/0/requesterCanApprove self-approval-in-production",
                        "/2/bindings/0/to unknown-environment-name");
    }
}
