package io.countersign.server.approval;

import io.countersign.core.approval.Bypass;
import io.countersign.core.approval.Event;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.Missing;
import io.countersign.core.approval.Tally;
import io.countersign.core.approval.Vote;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.core.audit.ApprovalEntry.Demand;
import io.countersign.core.policy.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts what happened to a request into the words of the audit log. */
final class ApprovalEntries {

    private ApprovalEntries() {}

    static ApprovalEntry opened(StoredRequest stored) {
        var request = stored.request();
        var ask = request.ask();
        return new ApprovalEntry.RequestOpened(
                stored.name(),
                ask.subject().id(),
                ask.caller().id(),
                ask.action().id(),
                stored.resourceName(),
                ask.digest().value(),
                ask.reason(),
                request.deadline(),
                demands(request.requirements()),
                List.of(),
                stored.supersedes(),
                stored.resubmits(),
                ask.action().emergency());
    }

    /** One entry for each event; the outcome's words come with the report and not with the event. */
    static List<ApprovalEntry> of(
            StoredRequest stored, List<Event> events, Ballot ballot, StoredRequest.OutcomeText said) {
        List<ApprovalEntry> entries = new ArrayList<>();
        String number = stored.name();
        boolean emergency = stored.request().ask().action().emergency();
        for (Event event : events) {
            switch (event) {
                case Event.Voted voted -> entries.add(voteCast(number, voted.vote(), ballot));
                case Event.Withdrawn withdrawn ->
                    entries.add(new ApprovalEntry.VoteWithdrawn(
                            number, withdrawn.vote().id(), withdrawn.vote().personId()));
                case Event.Struck struck ->
                    entries.add(new ApprovalEntry.VoteStruck(
                            number, struck.vote().id(), struck.vote().personId()));
                case Event.RequirementsAdded added ->
                    entries.add(new ApprovalEntry.RequirementsAdded(number, demands(added.added())));
                case Event.Approved approved ->
                    entries.add(new ApprovalEntry.RequestApproved(
                            number,
                            approved.grant().id(),
                            approved.grant().expiresAt(),
                            approved.grant().usableUntil(),
                            approvers(approved.tallies()),
                            emergency));
                case Event.Bypassed bypassed -> entries.add(bypassed(stored, bypassed));
                case Event.Denied denied ->
                    entries.add(new ApprovalEntry.RequestDenied(
                            number, denied.vote().personId(), denied.vote().note()));
                case Event.Cancelled cancelled ->
                    entries.add(new ApprovalEntry.RequestCancelled(number, cancelled.successor()));
                case Event.Expired _ ->
                    entries.add(new ApprovalEntry.RequestExpired(
                            number, stored.request().deadline()));
                case Event.GrantExpired expired ->
                    entries.add(new ApprovalEntry.GrantExpired(
                            number, expired.grant().id()));
                case Event.Revoked revoked ->
                    entries.add(new ApprovalEntry.GrantRevoked(
                            number, revoked.grant().id(), revoked.by()));
                case Event.Redeemed redeemed ->
                    entries.add(new ApprovalEntry.GrantRedeemed(
                            number,
                            redeemed.grant().id(),
                            redeemed.execution().executionId(),
                            redeemed.execution().redeemer().id(),
                            redeemed.grant().digest().value(),
                            sessionId(redeemed.grant()),
                            emergency));
                case Event.Reopened reopened ->
                    entries.add(new ApprovalEntry.RequestReopened(
                            number,
                            reopened.grant().id(),
                            missing(reopened.tallies()),
                            stored.request().deadline()));
                case Event.Executed executed ->
                    entries.add(new ApprovalEntry.RequestExecuted(
                            number,
                            executed.execution().executionId(),
                            executed.outcome()
                                    .result()
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-'),
                            said.text(),
                            said.link(),
                            sessionId(StateWords.grantOf(stored.request().state())),
                            emergency));
            }
        }
        return entries;
    }

    private static ApprovalEntry bypassed(StoredRequest stored, Event.Bypassed event) {
        var request = stored.request();
        var ask = request.ask();
        Bypass by = event.by();
        Set<String> ids = event.grant().bypassed() == null
                ? Set.of()
                : event.grant().bypassed().requirements();
        return new ApprovalEntry.RequestBypassed(
                stored.name(),
                by.sessionId(),
                by.sessionName(),
                by.justification(),
                by.incident(),
                ask.subject().id(),
                ask.caller().id(),
                ask.action().id(),
                stored.resourceName(),
                ask.digest().value(),
                event.grant().id(),
                event.grant().expiresAt(),
                demands(request.requirements().stream()
                        .filter(requirement -> ids.contains(requirement.id()))
                        .toList()));
    }

    private static @Nullable String sessionId(@Nullable Grant grant) {
        return grant == null || grant.bypassed() == null
                ? null
                : grant.bypassed().sessionId();
    }

    /** How a vote reached us. */
    record Ballot(
            String channel, String credentialId, @Nullable String risk) {}

    static List<String> missing(List<Tally> tallies) {
        return tallies.stream()
                .flatMap(tally ->
                        tally.missing().stream().map(lack -> tally.requirement().name() + ": " + words(lack)))
                .toList();
    }

    static String words(Missing lack) {
        return switch (lack) {
            case Missing.Approvals approvals ->
                approvals.more() == 1 ? "1 more approval" : approvals.more() + " more approvals";
            case Missing.DistinctTeams teams ->
                teams.more() == 1 ? "somebody from 1 more team" : "people from " + teams.more() + " more teams";
            case Missing.RequiredUser user -> "the approval of " + user.personId();
            case Missing.RequiredTeam team -> "an approval from team " + team.teamId();
            case Missing.RequiredRole role -> "an approval by a " + role.role();
        };
    }

    private static ApprovalEntry voteCast(String number, Vote vote, Ballot ballot) {
        return new ApprovalEntry.VoteCast(
                number,
                vote.id(),
                vote.personId(),
                vote.kind().name().toLowerCase(Locale.ROOT),
                vote.note(),
                ballot.risk(),
                vote.digest().value(),
                ballot.channel(),
                ballot.credentialId(),
                vote.requirements().stream().sorted().toList());
    }

    private static List<String> approvers(List<Tally> tallies) {
        Set<String> people = new LinkedHashSet<>();
        tallies.forEach(tally -> people.addAll(tally.counted()));
        return people.stream().sorted().toList();
    }

    private static List<Demand> demands(List<Requirement> requirements) {
        return requirements.stream()
                .map(requirement -> new Demand(
                        requirement.source().ruleId(),
                        requirement.source().version(),
                        requirement.source().bindingId(),
                        requirement.name()))
                .toList();
    }
}
