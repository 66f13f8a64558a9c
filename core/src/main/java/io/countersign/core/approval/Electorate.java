package io.countersign.core.approval;

import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Escalation;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Those who are among the approvers of one requirement: listed, named by the quorum, or from its time on by the escalation. */
final class Electorate {

    private final Requirement requirement;
    private final Approvers listed;
    private final Approvers named;
    private final @Nullable Approvers escalated;
    private final Instant escalatedFrom;
    private final @Nullable Electorate before;

    /**
     * {@code before} is what the rule demanded before the asking side edited it, or none; escalations count from
     * {@code openedAt}, the first opening.
     */
    Electorate(Requirement requirement, @Nullable Requirement before, Instant openedAt) {
        this.requirement = requirement;
        this.listed = requirement.approvers();
        this.named = requirement.quorum().named();
        Escalation escalation = requirement.escalation();
        this.escalated = escalation == null ? null : escalation.approvers();
        this.escalatedFrom = escalation == null ? Instant.MAX : openedAt.plus(escalation.after());
        this.before = before == null ? null : new Electorate(before, null, openedAt);
    }

    /** Whether somebody who belongs so is among the approvers at that moment. */
    boolean includes(Belonging belonging, Instant at) {
        return belonging.isAmong(listed)
                || belonging.isAmong(named)
                || (escalated != null && !at.isBefore(escalatedFrom) && belonging.isAmong(escalated));
    }

    /** Everybody who is among the approvers at that moment, whatever keeps some of them out. */
    Collection<Person> members(People people, Instant at) {
        Set<Person> members = new LinkedHashSet<>(people.among(listed));
        members.addAll(people.among(named));
        if (escalated != null && !at.isBefore(escalatedFrom)) {
            members.addAll(people.among(escalated));
        }
        return members;
    }

    /** What the vote of somebody who belongs so stands for here. */
    Signature signature(Vote vote, Belonging belonging) {
        Set<String> teams = new HashSet<>(named.teams());
        teams.addAll(listed.teams());
        Set<String> roles = new HashSet<>(named.orgRoles());
        roles.addAll(listed.orgRoles());
        if (escalated != null) {
            teams.addAll(escalated.teams());
            roles.addAll(escalated.orgRoles());
        }
        teams.retainAll(belonging.allTeams());
        roles.retainAll(belonging.orgRoles());
        boolean byName =
                named.users().contains(vote.personId()) || listed.users().contains(vote.personId());
        return new Signature(vote.id(), vote.personId(), vote.at(), byName, teams, roles);
    }

    /** The same, and also by the rule as it was before the asking side edited it. */
    boolean includesEitherWay(Belonging belonging, Instant at) {
        return includes(belonging, at) && (before == null || before.includes(belonging, at));
    }

    /** Whether the asking person, or the owners of the asking account, may approve. */
    boolean liftsTheAskingSide() {
        return requirement.requesterCanApprove();
    }

    /** The same, and also by the rule as it was before the asking side edited it. */
    boolean liftsEitherWay() {
        return liftsTheAskingSide() && (before == null || before.liftsTheAskingSide());
    }
}
