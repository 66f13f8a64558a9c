package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.audit.ApprovalEntry;
import io.countersign.core.audit.GateEntry;
import io.countersign.core.audit.PolicyEntry;
import io.countersign.server.audit.AuditReconciliation;
import io.countersign.server.platform.TestDatabase;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** After a day on which everything happens to requests and rules, tables and log tell the same, both ways. */
class ApprovalReconciliationTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    @Test
    void everyChangeHasItsEntryAndEveryEntryItsChange() {
        try (TestServer server = TestServer.simulated(START)) {
            Scene scene = Scene.on(server);
            scene.developer("ann", "sre").developer("bob", "security").developer("cid", "security");
            scene.developer("dan", "sre");
            String template = scene.gate("Production", Map.of("minApprovals", 2), "sre", "security");
            executed(scene, "executed");
            ends(scene);
            reopened(scene);
            struck(scene);
            ungated(scene);
            bypassed(scene);
            rules(scene, template);
            scene.held("ann", Scene.deploy("left to expire"));
            approved(scene, "a grant that nobody uses");
            scene.server()
                    .post(
                            "/api/v1/clock",
                            scene.admin(),
                            Map.of("to", START.plusSeconds(8 * 86_400).toString()));
            awaitSettled(server.database());
            requests(AuditReconciliation.of(server.database())).places().holds();
            policies(AuditReconciliation.of(server.database())).holds();
        }
    }

    private static AuditReconciliation requests(AuditReconciliation log) {
        return state(
                        state(
                                state(log, "denied", ApprovalEntry.RequestDenied.class),
                                "cancelled",
                                ApprovalEntry.RequestCancelled.class),
                        "expired",
                        ApprovalEntry.RequestExpired.class)
                .each(
                        "SELECT org_id, grant_id FROM request WHERE state = 'grant-expired'",
                        ApprovalEntry.GrantExpired.class,
                        "grantId")
                .each(
                        "SELECT org_id, grant_id FROM request WHERE state = 'revoked'",
                        ApprovalEntry.GrantRevoked.class,
                        "grantId")
                .each("SELECT org_id, 'AR-' || number FROM request", ApprovalEntry.RequestOpened.class, "number")
                .each("SELECT org_id, id FROM vote", ApprovalEntry.VoteCast.class, "voteId")
                .each(
                        "SELECT org_id, id FROM vote WHERE ended_how = 'withdrawn'",
                        ApprovalEntry.VoteWithdrawn.class,
                        "voteId")
                .each(
                        "SELECT org_id, id FROM vote WHERE ended_how = 'struck'",
                        ApprovalEntry.VoteStruck.class,
                        "voteId")
                .each(
                        // A grant that a refused redemption ended is known to the log alone.
                        """
                        SELECT org_id, grant_id FROM request WHERE grant_id IS NOT NULL AND breakglass_session IS NULL
                        UNION ALL
                        SELECT org_id, convert_from(body, 'UTF8')::jsonb -> 'entry' ->> 'grantId'
                          FROM audit_event WHERE type = 'request-reopened'
                        """, ApprovalEntry.RequestApproved.class, "grantId")
                .each(
                        "SELECT org_id, grant_id FROM request WHERE breakglass_session IS NOT NULL",
                        ApprovalEntry.RequestBypassed.class,
                        "grantId")
                .each(
                        "SELECT org_id, execution_id FROM request WHERE execution_id IS NOT NULL",
                        ApprovalEntry.GrantRedeemed.class,
                        "executionId")
                .each(
                        "SELECT org_id, execution_id FROM request WHERE outcome IS NOT NULL",
                        ApprovalEntry.RequestExecuted.class,
                        "executionId")
                .each("SELECT org_id, execution_id FROM execution", GateEntry.UngatedExecution.class, "executionId")
                .each(
                        "SELECT org_id, execution_id FROM execution WHERE outcome IS NOT NULL",
                        GateEntry.UngatedExecuted.class,
                        "executionId");
    }

    private static AuditReconciliation state(
            AuditReconciliation log, String state, Class<? extends ApprovalEntry> told) {
        return log.each("SELECT org_id, 'AR-' || number FROM request WHERE state = '" + state + "'", told, "number");
    }

    private static AuditReconciliation policies(AuditReconciliation log) {
        return log.each("SELECT org_id, id FROM template", PolicyEntry.TemplateCreated.class, "templateId")
                .each(
                        "SELECT org_id, template_id FROM template_version WHERE version > 1",
                        PolicyEntry.TemplateChanged.class,
                        "templateId")
                .each(
                        "SELECT org_id, id FROM template WHERE archived_at IS NOT NULL",
                        PolicyEntry.TemplateArchived.class,
                        "templateId")
                .each("SELECT org_id, id FROM binding", PolicyEntry.BindingCreated.class, "bindingId")
                .each("""
                        SELECT b.org_id, b.id FROM binding b JOIN template t ON t.org_id = b.org_id AND t.id = b.template_id
                         WHERE b.ended_at IS NOT NULL AND b.ended_at IS DISTINCT FROM t.archived_at
                        """, PolicyEntry.BindingRemoved.class, "bindingId");
    }

    private static String approved(Scene scene, String payload) {
        String number = scene.held("ann", Scene.deploy(payload));
        Scene.expect(200, scene.approve("bob", number));
        Scene.expect(200, scene.approve("cid", number));
        return number;
    }

    private static void executed(Scene scene, String payload) {
        String number = approved(scene, payload);
        String execution = Scene.executionId();
        Scene.expect(200, scene.redeem("ann", Scene.deploy(payload), scene.digest(number), execution));
        Scene.expect(200, scene.redeem("ann", Scene.deploy(payload), scene.digest(number), execution));
        assertThat(scene.redeem("ann", Scene.deploy(payload), scene.digest(number), Scene.executionId())
                        .code())
                .isEqualTo("already-redeemed");
        report(scene, execution, 204);
        report(scene, execution, 409);
    }

    private static void report(Scene scene, String execution, int status) {
        Scene.expect(
                status,
                scene.server()
                        .post(
                                "/api/v1/executions/" + execution + "/outcome",
                                scene.secret("ann"),
                                Map.of("result", "succeeded", "text", "done")));
    }

    private static void ends(Scene scene) {
        String denied = scene.held("ann", Scene.deploy("denied"));
        assertThat(scene.approve("ann", denied).code()).isEqualTo("not-eligible");
        Scene.expect(200, scene.deny("bob", denied));
        assertThat(scene.ask("ann", Scene.deploy("denied")).status()).isEqualTo(409);
        String withdrawn = scene.held("ann", Scene.deploy("withdrawn"));
        Scene.expect(200, scene.approve("bob", withdrawn));
        Scene.expect(200, act(scene, "bob", "/requests/" + withdrawn + "/withdrawal"));
        Scene.expect(200, scene.approve("bob", withdrawn));
        Scene.expect(200, act(scene, "ann", "/requests/" + withdrawn + "/cancellation"));
        String superseded = scene.held("ann", Scene.deploy("first thought"));
        Map<String, Object> second = new HashMap<>(Scene.deploy("second thought"));
        second.put("supersedes", superseded);
        scene.held("ann", second);
        String revoked = approved(scene, "revoked");
        String grant =
                scene.show("ann", revoked).body().path("grant").path("id").asString();
        Scene.expect(200, act(scene, "ann", "/grants/" + grant + "/revocation"));
    }

    /** One request passes by a session and is executed, another is taken back with the session. */
    private static void bypassed(Scene scene) {
        Glass glass = new Glass(scene).allow("ann");
        String session = glass.open("ann");
        Map<String, Object> used = Scene.deploy("used in an emergency");
        Scene.expect(200, glass.redeem("ann", used, glass.ask("ann", session, used)));
        glass.ask("ann", session, Scene.deploy("unused in an emergency"));
        Scene.expect(200, glass.revoke("ann", session));
    }

    private static Answer act(Scene scene, String who, String path) {
        return scene.server().post("/api/v1" + path, scene.secret(who), Map.of());
    }

    /** A voter leaves between approval and redemption, and somebody else takes the place. */
    private static void reopened(Scene scene) {
        String number = approved(scene, "reopened");
        String member = "/api/v1/teams/@security/members/@cid";
        Scene.expect(204, scene.server().call("DELETE", member, scene.admin(), null));
        Map<String, Object> deploy = Scene.deploy("reopened");
        assertThat(scene.redeem("ann", deploy, scene.digest(number), Scene.executionId())
                        .status())
                .isEqualTo(409);
        assertThat(scene.state(number)).isEqualTo("pending");
        Scene.expect(200, scene.approve("dan", number));
        Scene.expect(200, scene.redeem("ann", deploy, scene.digest(number), Scene.executionId()));
        Scene.expect(204, scene.server().call("PUT", member, scene.admin(), null));
    }

    private static void struck(Scene scene) {
        Answer token = Scene.expect(
                201,
                scene.server()
                        .post(
                                "/api/v1/tokens",
                                scene.secret("bob"),
                                Map.of("name", "vote", "scopes", List.of("vote", "read"), "expiresIn", "P1D")));
        String number = scene.held("ann", Scene.deploy("struck"));
        Map<String, Object> vote = Map.of("vote", "approve", "payloadDigest", scene.digest(number));
        Scene.expect(
                200,
                scene.server()
                        .post(
                                "/api/v1/requests/" + number + "/votes",
                                token.body().path("token").asString(),
                                vote));
        Scene.expect(
                200,
                scene.server()
                        .post(
                                "/api/v1/tokens/" + token.body().path("id").asString() + "/revocation",
                                scene.secret("bob"),
                                Map.of("compromised", true)));
    }

    private static void ungated(Scene scene) {
        Map<String, Object> free = Scene.deploy("payments/staging", "free");
        Answer permitted = Scene.expect(200, scene.ask("ann", free));
        String digest = permitted.body().path("payloadDigest").asString();
        String execution = Scene.executionId();
        Scene.expect(200, scene.redeem("ann", free, digest, execution));
        Scene.expect(200, scene.redeem("ann", free, digest, execution));
        report(scene, execution, 204);
        Scene.expect(200, scene.redeem("ann", free, digest, Scene.executionId()));
    }

    private static void rules(Scene scene, String template) {
        Answer present = scene.server().get("/api/v1/templates/" + template, scene.admin());
        Map<String, Object> form = Map.of(
                "name",
                "Production 2",
                "scope",
                List.of("environment"),
                "approvers",
                Map.of("teams", List.of("@sre", "@security")),
                "quorum",
                Map.of("minApprovals", 2));
        String tag = present.headers().firstValue("ETag").orElseThrow();
        String path = "/api/v1/templates/" + template;
        Scene.expect(200, scene.server().call("PUT", path, scene.admin(), form, "If-Match", tag));
        assertThat(scene.server()
                        .call("PUT", path, scene.admin(), form, "If-Match", tag)
                        .status())
                .isEqualTo(412);
        String shortLived = scene.template("Short-lived", Map.of("minApprovals", 1), Map.of(), "sre");
        String binding =
                scene.bind(shortLived, "payments/staging").body().path("id").asString();
        Scene.expect(204, scene.server().call("DELETE", "/api/v1/bindings/" + binding, scene.admin(), null));
        scene.bind(shortLived, "payments/staging");
        Scene.expect(
                200, scene.server().post("/api/v1/templates/" + shortLived + "/archival", scene.admin(), Map.of()));
    }

    private static void awaitSettled(TestDatabase database) {
        for (int tries = 0; tries < 300; tries++) {
            long open = database.sql()
                    .sql("SELECT count(*) FROM request WHERE state IN ('pending', 'approved')")
                    .query(Long.class)
                    .single();
            if (open == 0) {
                return;
            }
            LockSupport.parkNanos(100_000_000);
        }
        throw new AssertionError("some requests are not settled");
    }
}
