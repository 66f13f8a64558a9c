package io.countersign.core.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.ActionCatalogue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a document may not say, and how each fault names its place. */
class DeclarationReaderTest {

    private static final Map<String, Object> ADA = Map.of("handle", "ada", "name", "Ada");

    private static Map<String, Object> document(String section, Object... things) {
        return Map.of("countersign", "v1", section, List.of(things));
    }

    private static List<String> faults(@Nullable Object... documents) {
        return DeclarationReader.read(Arrays.asList(documents)).faults().stream()
                .map(fault -> fault.pointer() + " " + fault.code() + ": " + fault.sentence()
                        + (fault.elsewhere() == null ? "" : " (" + fault.elsewhere() + ")"))
                .toList();
    }

    private static List<String> unknown(Object... documents) {
        DeclarationText text = DeclarationReader.read(List.of(documents));
        assertThat(text.faults()).isEmpty();
        return text.unknown(text.declaration(), ActionCatalogue.standard(), Set.of()).stream()
                .map(fault -> fault.pointer() + " " + fault.code() + ": " + fault.sentence())
                .toList();
    }

    @Test
    void refusesWhatIsNoDocument() {
        assertThat(faults((Object) null))
                .containsExactly("/0 wrong-type: here are fields such as `countersign:`, not nothing");
        assertThat(faults(List.of()))
                .containsExactly("/0 wrong-type: here are fields such as `countersign:`, not a list");
        assertThat(faults(Map.of("people", List.of())))
                .containsExactly("/0 missing: a document begins with `countersign: v1`");
        assertThat(faults(Map.of("countersign", "v2")))
                .containsExactly("/0/countersign wrong-value: this is `v1`, not `v2`");
        assertThat(faults(Map.of("countersign", "v1", "people", Map.of())))
                .containsExactly("/0/people wrong-type: this is a list, not fields of its own");
    }

    @Test
    void namesTheNearestKeyForAnUnknownOne() {
        assertThat(faults(Map.of("countersign", "v1", "poeple", List.of())))
                .containsExactly("/0/poeple unknown-field: there is no field `poeple`; did you mean `people`?");
        assertThat(faults(document("people", Map.of("handle", "ada", "name", "Ada", "e-mail", "ada@x"))))
                .containsExactly("/0/people/0/e-mail unknown-field: there is no field `e-mail`; did you mean `email`?");
        assertThat(faults(document("people", Map.of("handle", "ada", "name", "Ada", "password", "secret"))))
                .containsExactly("/0/people/0/password unknown-field: there is no field `password`; known are handle,"
                        + " name, email, active");
    }

    @Test
    void refusesWrongTypesAndMissingFieldsAllAtOnce() {
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("handle", "t");
        nothing.put("name", "T");
        nothing.put("members", null);
        assertThat(faults(
                        document("people", Map.of("handle", 7), "ada", Map.of("handle", "a b", "name", " A")),
                        document("teams", nothing)))
                .containsExactlyInAnyOrder(
                        "/0/people/0/handle wrong-type: this is a handle: 1 to 63 of the characters a-z 0-9 . _ -,"
                                + " not `7`",
                        "/0/people/0 missing: `name` is missing",
                        "/0/people/1 wrong-type: here are fields such as `handle:`, not `ada`",
                        "/0/people/2/handle wrong-value: this is a handle: 1 to 63 of the characters a-z 0-9 . _ -,"
                                + " not `a b`",
                        "/0/people/2/name wrong-value: this is 1 to 120 visible characters without space around them,"
                                + " not ` A`",
                        "/1/teams/0/members no-value: `members` has no value; write one, or leave the field out");
    }

    @Test
    void refusesOneThingInTwoPlaces() {
        assertThat(faults(document("people", ADA), document("people", Map.of("handle", "@ADA", "name", "Other"))))
                .containsExactly("/1/people/0 declared-twice: the person `ada` is declared twice (/0/people/0)");
        assertThat(faults(document("people", ADA), document("teams", ADA)))
                .containsExactly("/1/teams/0 handle-taken: people, teams and accounts share their handles, and a person"
                        + " is called `ada` already (/0/people/0)");
        assertThat(faults(document("people", Map.of("handle", "bootstrap", "name", "B"))))
                .containsExactly("/0/people/0 handle-taken: `bootstrap` is the server's own account");
        assertThat(faults(document("teams", Map.of("handle", "t", "name", "T", "members", List.of("ada", "@Ada")))))
                .containsExactly("/0/teams/0/members/1 listed-twice: `@Ada` is listed twice (/0/teams/0/members/0)");
    }

    @Test
    void saysWhatABuiltInRoleMayDeclare() {
        assertThat(faults(document("roles", Map.of("id", "admin", "name", "Boss"))))
                .containsExactly(
                        "/0/roles/0 role-built-in: the role `admin` is built in: give its holders, nothing else");
        assertThat(faults(document("roles", Map.of("id", "admn", "holders", List.of()))))
                .containsExactly("/0/roles/0 missing: `name` is missing: a role of your own needs one, unless you meant"
                        + " the built-in role `admin`");
    }

    @Test
    void checksTemplatesByTheRulesOfSavingOne() {
        Map<String, Object> template = Map.of(
                "name",
                "Deploys",
                "scope",
                List.of("project"),
                "quorum",
                Map.of("minApprovals", 0),
                "conditions",
                Map.of("startHour", 24, "weekdays", List.of("caturday"), "timezone", "Mars/Phobos"),
                "expiresAfter",
                "a week");
        assertThat(faults(document("templates", template)))
                .containsExactlyInAnyOrder(
                        "/0/templates/0/quorum/minApprovals out-of-range: this is a whole number from 1 to 100, not"
                                + " `0`",
                        "/0/templates/0/conditions/startHour out-of-range: this is a whole number from 0 to 23, not"
                                + " `24`",
                        "/0/templates/0/conditions/weekdays/0 wrong-value: this is a weekday from `monday` to `sunday`,"
                                + " not `caturday`",
                        "/0/templates/0/conditions/timezone wrong-value: this is an IANA time zone such as"
                                + " `Europe/Berlin`, not `Mars/Phobos`",
                        "/0/templates/0/expiresAfter wrong-value: this is a span of time such as `PT4H` or `P7D`, not"
                                + " `a week`");
        assertThat(faults(document(
                        "templates",
                        Map.of(
                                "name",
                                "Deploys",
                                "scope",
                                List.of("project"),
                                "expiresAfter",
                                "PT1M",
                                "conditions",
                                Map.of("startHour", 9)))))
                .containsExactlyInAnyOrder(
                        "/0/templates/0/conditions incomplete: startHour and endHour go together; give both or none");
        assertThat(faults(document(
                        "templates", Map.of("name", "Deploys", "scope", List.of("project"), "expiresAfter", "PT1M"))))
                .containsExactlyInAnyOrder(
                        "/0/templates/0/approvers no-approvers: nobody could approve: list users, teams or orgRoles, or"
                                + " name required ones in the quorum",
                        "/0/templates/0/expiresAfter out-of-range: expiresAfter is between PT5M and PT2160H");
    }

    @Test
    void findsWhatNobodyDeclares() {
        assertThat(unknown(
                        document("people", ADA),
                        document("teams", Map.of("handle", "sre", "name", "S", "members", List.of("ade", "@ada"))),
                        document("roles", Map.of("id", "viewer", "holders", List.of("nobody-of-that-name"))),
                        document(
                                "bindings",
                                Map.of("template", "None", "to", "shop/prod", "actions", List.of("release.deplyo")))))
                .containsExactly(
                        "/1/teams/0/members/0 unknown-person: there is no person `ade`; did you mean `ada`?",
                        "/2/roles/0/holders/0 unknown-person: there is no person or account `nobody-of-that-name`",
                        "/3/bindings/0/template unknown-template: there is no template `None`",
                        "/3/bindings/0/to unknown-environment: there is no environment `shop/prod`",
                        "/3/bindings/0/actions unknown-action: there is no action `release.deplyo`; did you mean"
                                + " `release.deploy`?");
    }

    @Test
    void shortensWhatItQuotes() {
        assertThat(faults(document("people", Map.of("handle", "x".repeat(9_999), "name", "A\nB"))))
                .allSatisfy(fault -> assertThat(fault).hasSizeLessThan(200).doesNotContain("\n"));
    }
}
