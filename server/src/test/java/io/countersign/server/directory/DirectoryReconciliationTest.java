package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.audit.AccessEntry;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.audit.AuditReconciliation;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectoryReconciliationTest {

    @Test
    void everyChangeHasItsEntryAndEveryEntryItsChange() {
        try (TestServer server = TestServer.start()) {
            TestOrganization acme = TestOrganization.on(server);
            TestOrganization.on(server);
            busyDay(acme);
            AuditReconciliation.of(server.database())
                    .each(
                            "SELECT org_id, org_id FROM organization",
                            DirectoryEntry.OrganizationCreated.class,
                            "organizationId")
                    .each("SELECT org_id, person_id FROM person", DirectoryEntry.PersonCreated.class, "personId")
                    .each(
                            "SELECT org_id, person_id FROM person WHERE deleted_at IS NOT NULL",
                            DirectoryEntry.PersonDeleted.class,
                            "personId")
                    .each("SELECT org_id, team_id FROM team", DirectoryEntry.TeamCreated.class, "teamId")
                    .each(
                            "SELECT org_id, team_id FROM team WHERE deleted_at IS NOT NULL",
                            DirectoryEntry.TeamDeleted.class,
                            "teamId")
                    .each(
                            "SELECT org_id, account_id FROM account WHERE kind <> 'bootstrap'",
                            DirectoryEntry.AccountCreated.class,
                            "accountId")
                    .each(
                            "SELECT org_id, role_id FROM role WHERE NOT built_in",
                            DirectoryEntry.RoleCreated.class,
                            "roleId")
                    .each("SELECT org_id, link_id FROM one_time_link", AccessEntry.LinkMade.class, "linkId")
                    .each(
                            "SELECT org_id, link_id FROM one_time_link WHERE used",
                            AccessEntry.LinkOpened.class,
                            "linkId")
                    .each("SELECT org_id, session_id FROM sign_in_session", AccessEntry.SignedIn.class, "sessionId")
                    .each("SELECT org_id, token_id FROM api_token", AccessEntry.TokenMade.class, "tokenId")
                    .each(
                            "SELECT org_id, person_id FROM password WHERE confirmed_at IS NOT NULL",
                            AccessEntry.CredentialConfirmed.class,
                            "personId")
                    .each(
                            "SELECT org_id, account_id FROM account WHERE deleted_at IS NOT NULL",
                            DirectoryEntry.AccountDeleted.class,
                            "accountId")
                    .each("SELECT org_id, cluster_id FROM cluster", DirectoryEntry.ClusterCreated.class, "clusterId")
                    .each(
                            "SELECT org_id, cluster_id FROM cluster WHERE deleted_at IS NOT NULL",
                            DirectoryEntry.ClusterDeleted.class,
                            "clusterId")
                    .each("SELECT org_id, project_id FROM project", DirectoryEntry.ProjectCreated.class, "projectId")
                    .each(
                            "SELECT org_id, project_id FROM project WHERE deleted_at IS NOT NULL",
                            DirectoryEntry.ProjectDeleted.class,
                            "projectId")
                    .each(
                            "SELECT org_id, environment_id FROM environment",
                            DirectoryEntry.EnvironmentCreated.class,
                            "environmentId")
                    .each(
                            "SELECT org_id, environment_id FROM environment WHERE frozen_at IS NOT NULL",
                            DirectoryEntry.EnvironmentFrozen.class,
                            "environmentId")
                    .each("SELECT org_id, release_id FROM release", DirectoryEntry.ReleaseCreated.class, "releaseId")
                    .each("SELECT org_id, action_id FROM action_type", DirectoryEntry.ActionTypeAdded.class, "actionId")
                    .each(
                            "SELECT org_id, grant_id FROM permission_grant",
                            DirectoryEntry.PermissionGiven.class,
                            "grantId")
                    .each(
                            "SELECT org_id, token_id FROM api_token WHERE revoked_at IS NOT NULL",
                            AccessEntry.TokenRevoked.class,
                            "tokenId")
                    .holds();
        }
    }

    private static void places(TestOrganization acme) {
        for (String name : List.of("eu", "us")) {
            made(acme, "/clusters", Map.of("name", name));
        }
        for (String name : List.of("web", "old")) {
            made(acme, "/projects", Map.of("name", name));
            made(acme, "/environments", Map.of("projectId", name, "name", "production", "tier", "staging"));
        }
        made(acme, "/releases", Map.of("projectId", "web", "name", "v1", "sourceReference", "a".repeat(40)));
        made(
                acme,
                "/actions",
                Map.of("id", "tool.call", "title", "Call a tool", "risk", "low", "level", "environment"));
        made(
                acme,
                "/permission-grants",
                Map.of(
                        "principalId",
                        "@ben",
                        "permission",
                        "ask-on-behalf",
                        "actions",
                        List.of("release.deploy"),
                        "resources",
                        List.of("web/production")));
        Answer frozen =
                acme.post("/environments/web~production/freeze", acme.admin(), Map.of("reason", "the sale is on"));
        assertThat(frozen.status()).as(frozen.text()).isEqualTo(200);
        assertThat(acme.delete("/clusters/us", acme.admin()).status()).isEqualTo(204);
        assertThat(acme.delete("/projects/old", acme.admin()).status()).isEqualTo(204);
    }

    private static void made(TestOrganization acme, String path, Map<String, Object> body) {
        Answer answer = acme.post(path, acme.admin(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static void busyDay(TestOrganization acme) {
        String ben = acme.signedIn("ben", "developer");
        String security = acme.signedIn("sec", "security_manager");
        acme.person("gone", "developer");
        acme.team("payments", "@ben", "@gone");
        acme.team("short-lived", "@gone");
        acme.post("/roles", acme.admin(), Map.of("id", "tech-lead", "name", "Tech lead"));
        acme.put("/roles/tech-lead/holders/@ben", acme.admin());
        acme.post(
                "/accounts", acme.admin(), Map.of("handle", "bot", "name", "Bot", "kind", "agent", "ownerId", "@ben"));
        acme.token(ben, "read", "ask");
        acme.post("/people/@ben/credential-confirmation", security, Map.of());
        acme.post("/people/@ben/credential-confirmation", security, Map.of());
        acme.delete("/teams/@short-lived", acme.admin());
        acme.delete("/people/@gone", acme.admin());
        places(acme);
        String mistake = acme.post("/tokens", ben, Map.of("name", "mistake", "scopes", List.of("read")))
                .body()
                .path("id")
                .asString();
        acme.post("/tokens/" + mistake + "/revocation", ben, Map.of("compromised", false));
        acme.post(
                "/accounts", acme.admin(), Map.of("handle", "old", "name", "Old", "kind", "agent", "ownerId", "@ben"));
        acme.delete("/accounts/@old", acme.admin());
        acme.signIn("ben");
        acme.signIn("ben", "wrong password");
        // What is refused leaves neither a row nor an entry.
        assertThat(acme.post(
                                "/people",
                                acme.admin(),
                                Map.of("handle", "eve", "name", "Eve", "roles", List.of("developer", "nothing")))
                        .status())
                .isEqualTo(400);
    }
}
