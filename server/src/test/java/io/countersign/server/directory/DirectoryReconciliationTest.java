package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.audit.AccessEntry;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.audit.AuditReconciliation;
import io.countersign.server.platform.TestServer;
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
                    .holds();
        }
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
