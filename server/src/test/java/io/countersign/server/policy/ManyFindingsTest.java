package io.countersign.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.directory.TestOrganization;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ten thousand people, five hundred templates on two thousand bindings, a thousand production environments. */
class ManyFindingsTest {

    private static final List<String> FILL = List.of(
            """
            INSERT INTO person (org_id, person_id, handle, name, created_by, created_at, activated_by, activated_at)
            SELECT :org, 'per_' || n, 'person-' || n, 'Person ' || n, 'system', countersign_now(), 'system', countersign_now()
            FROM generate_series(1, 10000) n
            """,
            """
            INSERT INTO team (org_id, team_id, handle, name, parent_id, parent_set_by, parent_set_at, created_by, created_at)
            SELECT :org, 'team_' || n, 'team-' || n, 'Team ' || n, NULL, 'system', countersign_now(), 'system',
                countersign_now()
            FROM generate_series(0, 499) n
            """,
            """
            INSERT INTO team_member (org_id, team_id, person_id, granted_by, granted_at)
            SELECT :org, 'team_' || (n % 490), 'per_' || n, 'system', countersign_now() FROM generate_series(1, 10000) n
            """,
            """
            INSERT INTO role_holder (org_id, role_id, holder_id, granted_by, granted_at)
            SELECT :org, 'developer', 'per_' || n, 'system', countersign_now() FROM generate_series(1, 10000) n
            """,
            """
            INSERT INTO project (org_id, project_id, name, created_by, created_at)
            SELECT :org, 'prj_' || n, 'project-' || n, 'system', countersign_now() FROM generate_series(1, 1000) n
            """,
            """
            INSERT INTO environment (org_id, environment_id, project_id, name, tier, created_by, created_at)
            SELECT :org, 'env_' || n, 'prj_' || n, 'production', 'production', 'system', countersign_now()
            FROM generate_series(1, 1000) n
            """,
            """
            INSERT INTO template (org_id, id, name, current_version, created_by, created_at)
            SELECT :org, 'tpl_' || n, 'Template ' || n, 1, 'system', countersign_now() FROM generate_series(0, 499) n
            """,
            """
            INSERT INTO template_version (org_id, template_id, version, spec, warnings, author, saved_at)
            SELECT :org, 'tpl_' || n, 1, jsonb_build_object('name', 'Template ' || n, 'scope', '["project", "environment"]'::jsonb,
                       'approvers', CASE WHEN n % 10 = 0 THEN '{"orgRoles": ["developer"]}'::jsonb
                                         ELSE jsonb_build_object('teams', jsonb_build_array('team_' || n)) END,
                       'quorum', '{"minApprovals": 2}'::jsonb), '[]', 'system', countersign_now()
            FROM generate_series(0, 499) n
            """,
            """
            INSERT INTO binding (org_id, id, template_id, level, target_id, actions, created_by, created_at)
            SELECT :org, 'bnd_' || n, 'tpl_' || (n % 500), 'project', 'prj_' || (1 + n % 900), '{}', 'system',
                countersign_now() FROM generate_series(1, 2000) n
            """,
            "INSERT INTO policy_epoch (org_id, epoch) VALUES (:org, 1) ON CONFLICT DO NOTHING",
            "UPDATE organization_epoch SET epoch = epoch + 1, directory_epoch = epoch + 1 WHERE org_id = :org",
            "UPDATE policy_epoch SET epoch = (SELECT epoch FROM organization_epoch WHERE org_id = :org) WHERE org_id = :org");

    @Test
    void areFoundAtOnceInABigOrganization() throws InterruptedException {
        TestServer server = TestServer.shared();
        TestOrganization acme = TestOrganization.on(server);
        JdbcClient sql = server.database().owner();
        FILL.forEach(statement -> sql.sql(statement).param("org", acme.id()).update());
        Thread.sleep(1_100); // every node knows the new epoch by then
        long begun = System.nanoTime();
        Answer first = acme.get("/findings?limit=200", acme.admin());
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(first.body().path("items")).hasSize(119);
        assertThat(first.body().path("items").get(0).path("code").asString())
                .as("the gravest first")
                .isEqualTo("cannot-be-met");
        assertThat(acme.get("/findings?code=uncovered-production&limit=200", acme.admin())
                        .body()
                        .path("items"))
                .hasSize(100);
        assertThat(acme.get("/findings?code=cannot-be-met", acme.admin()).body().path("items"))
                .as("templates of the teams that are empty")
                .hasSize(9);
        begun = System.nanoTime();
        acme.get("/findings?limit=200", acme.admin());
        Duration again = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println("findings of 10,000 people and 2,000 bindings: " + took.toMillis() + " ms, again "
                + again.toMillis() + " ms");
    }
}
