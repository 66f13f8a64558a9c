package io.countersign.core.approval;

import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Escalation;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.RequirementSource;
import io.countersign.core.policy.VoteReason;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A requirement as a test puts it together: one approval of somebody listed, no note, a week to give it, until told otherwise. */
final class Demand {

    private final String rule;
    private int version = 1;
    private Set<String> users = Set.of();
    private Set<String> teams = Set.of();
    private Set<String> roles = Set.of();
    private int minApprovals = 1;
    private int minDistinctTeams;
    private Set<String> requiredUsers = Set.of();
    private Set<String> requiredTeams = Set.of();
    private Set<String> requiredRoles = Set.of();
    private boolean requesterCanApprove;
    private VoteReason note = VoteReason.NEVER;
    private Duration expiresAfter = Duration.ofDays(7);
    private Duration grantValidFor = Duration.ofHours(1);
    private @Nullable Escalation escalation;

    private Demand(String rule) {
        this.rule = rule;
    }

    static Demand by(String rule) {
        return new Demand(rule);
    }

    Demand version(int number) {
        version = number;
        return this;
    }

    Demand users(String... ids) {
        users = Set.of(ids);
        return this;
    }

    Demand teams(String... ids) {
        teams = Set.of(ids);
        return this;
    }

    Demand roles(String... ids) {
        roles = Set.of(ids);
        return this;
    }

    Demand approvals(int count) {
        minApprovals = count;
        return this;
    }

    Demand distinctTeams(int count) {
        minDistinctTeams = count;
        return this;
    }

    Demand requiredUsers(String... ids) {
        requiredUsers = Set.of(ids);
        return this;
    }

    Demand requiredTeams(String... ids) {
        requiredTeams = Set.of(ids);
        return this;
    }

    Demand requiredRoles(String... ids) {
        requiredRoles = Set.of(ids);
        return this;
    }

    Demand requesterCanApprove() {
        requesterCanApprove = true;
        return this;
    }

    Demand note(VoteReason when) {
        note = when;
        return this;
    }

    Demand expiresAfter(Duration duration) {
        expiresAfter = duration;
        return this;
    }

    Demand grantValidFor(Duration duration) {
        grantValidFor = duration;
        return this;
    }

    Demand escalates(Duration after, Approvers approvers) {
        escalation = new Escalation(approvers, after);
        return this;
    }

    Requirement build() {
        return new Requirement(
                new RequirementSource(RequirementSource.Kind.TEMPLATE, rule, version, "binding-" + rule),
                rule,
                "",
                new Approvers(users, teams, roles),
                new Quorum(minApprovals, minDistinctTeams, requiredUsers, requiredTeams, requiredRoles),
                requesterCanApprove,
                note,
                expiresAfter,
                grantValidFor,
                escalation);
    }
}
