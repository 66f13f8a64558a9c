package io.countersign.server.policy;

import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Escalation;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.TemplateSpec;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Puts other words for the people, teams and roles that a template names: ids for handles, or handles for ids. */
record SpecNames(UnaryOperator<String> users, UnaryOperator<String> teams) {

    TemplateSpec in(TemplateSpec spec) {
        Escalation escalation = spec.escalation();
        return new TemplateSpec(
                spec.name(),
                spec.description(),
                spec.scope(),
                in(spec.approvers()),
                new Quorum(
                        spec.quorum().minApprovals(),
                        spec.quorum().minDistinctTeams(),
                        all(spec.quorum().requiredUserIds(), users),
                        all(spec.quorum().requiredTeamIds(), teams),
                        spec.quorum().requiredOrgRoles()),
                spec.conditions(),
                spec.requesterCanApprove(),
                spec.voteReasonRequired(),
                spec.expiresAfter(),
                spec.grantValidFor(),
                escalation == null ? null : new Escalation(in(escalation.approvers()), escalation.after()));
    }

    private Approvers in(Approvers approvers) {
        return new Approvers(all(approvers.users(), users), all(approvers.teams(), teams), approvers.orgRoles());
    }

    private static Set<String> all(Set<String> names, UnaryOperator<String> word) {
        Set<String> others = new HashSet<>();
        names.forEach(name -> others.add(word.apply(name)));
        return others;
    }
}
