package io.countersign.server.approval;

import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.RequestState;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Requirement;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps under which names somebody may be asked to approve what is pending, so that nobody's list reads all of it. */
@Repository
class ApproverIndexStore {

    private final JdbcClient jdbc;

    ApproverIndexStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Enters a pending request under every name its requirements have; names that are there stay. */
    void insert(StoredRequest stored) {
        ApprovalRequest request = stored.request();
        jdbc.sql("""
                        INSERT INTO request_approver (org_id, approver, number, request_id, deadline)
                        SELECT :org, approver, :number, :id, :deadline FROM unnest(:approvers) AS approver
                        ON CONFLICT DO NOTHING
                        """)
                .param("org", request.ask().organizationId())
                .param("number", stored.number())
                .param("id", request.id())
                .param(
                        "approvers",
                        keys(request.requirements()).stream().sorted().toArray(String[]::new))
                .param("deadline", request.deadline().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Follows a change: what is decided is asked of nobody, and new requirements bring new names. */
    void update(StoredRequest stored, ApprovalRequest before) {
        ApprovalRequest after = stored.request();
        boolean wasPending = before.state() instanceof RequestState.Pending;
        boolean isPending = after.state() instanceof RequestState.Pending;
        if (wasPending && !isPending) {
            jdbc.sql("DELETE FROM request_approver WHERE org_id = :org AND request_id = :id")
                    .param("org", after.ask().organizationId())
                    .param("id", after.id())
                    .update();
        } else if (isPending
                && (!wasPending
                        || after.requirements().size() > before.requirements().size())) {
            insert(stored);
        }
    }

    /** One key for each person, team and role that any requirement names, escalations included. */
    private static Set<String> keys(List<Requirement> requirements) {
        Set<String> keys = new HashSet<>();
        for (Requirement requirement : requirements) {
            addKeys(keys, requirement.approvers());
            addKeys(keys, requirement.quorum().named());
            if (requirement.escalation() != null) {
                addKeys(keys, requirement.escalation().approvers());
            }
        }
        return keys;
    }

    private static void addKeys(Set<String> keys, Approvers approvers) {
        approvers.users().forEach(id -> keys.add("user:" + id));
        approvers.teams().forEach(id -> keys.add("team:" + id));
        approvers.orgRoles().forEach(id -> keys.add("role:" + id));
    }
}
