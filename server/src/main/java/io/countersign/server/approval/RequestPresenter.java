package io.countersign.server.approval;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Ask;
import io.countersign.core.action.Resource;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Circumstances;
import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Execution;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.Missing;
import io.countersign.core.approval.Outlook;
import io.countersign.core.approval.RequestState;
import io.countersign.core.approval.Standing;
import io.countersign.core.approval.Tally;
import io.countersign.core.policy.Requirement;
import io.countersign.server.approval.RequestViews.EarlierDenial;
import io.countersign.server.approval.RequestViews.ExecutionView;
import io.countersign.server.approval.RequestViews.GrantView;
import io.countersign.server.approval.RequestViews.OutcomeView;
import io.countersign.server.approval.RequestViews.Progress;
import io.countersign.server.approval.RequestViews.RequestDetail;
import io.countersign.server.approval.RequestViews.RequestRow;
import io.countersign.server.approval.RequestViews.RequirementView;
import io.countersign.server.approval.RequestViews.VoteView;
import io.countersign.server.approval.RequestViews.What;
import io.countersign.server.approval.RequestViews.Where;
import io.countersign.server.approval.RequestViews.Who;
import io.countersign.server.approval.RequestViews.WhyNot;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Principal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts requests into the shapes people read, with names for ids and sentences for rules. */
final class RequestPresenter {

    private static final int MOST_NAMED = 20;

    private final Rulebook rulebook;
    private final DirectoryImage directory;
    private final Instant now;

    RequestPresenter(Rulebook rulebook, Instant now) {
        this.rulebook = rulebook;
        this.directory = rulebook.directory();
        this.now = now;
    }

    RequestRow row(Inbox.Row row) {
        ApprovalRequest request = row.stored().request();
        Ask ask = request.ask();
        boolean pending = row.state() instanceof RequestState.Pending;
        Counting counting = new Counting(request, rulebook.circumstances(request, "", now));
        return new RequestRow(
                request.id(),
                row.stored().name(),
                StateWords.of(row.state()),
                pending
                        && request.openedAt()
                                .plus(directory.settings().staleAfter())
                                .isBefore(now),
                pending ? row.stored().unsatisfiableSince() : null,
                what(ask.action()),
                where(row.stored()),
                who(ask.subject().id()),
                who(ask.caller().id()),
                ask.reason(),
                request.openedAt(),
                request.deadline(),
                ask.digest().value(),
                counting.tallies().stream().map(RequestPresenter::progress).toList(),
                row.canApprove(),
                row.whyNot() == null ? null : whyNot(row));
    }

    RequestDetail detail(
            Inbox.Row row,
            Circumstances circumstances,
            String readerId,
            List<VoteStore.PastVote> history,
            List<EarlierDenial> denials,
            boolean payloadReadable) {
        StoredRequest stored = row.stored();
        ApprovalRequest request = stored.request();
        Counting counting = new Counting(request, circumstances);
        Set<String> could = new LinkedHashSet<>();
        List<RequirementView> requirements = request.requirements().stream()
                .map(requirement -> {
                    Outlook outlook = counting.outlook(requirement);
                    could.addAll(outlook.eligible());
                    return requirement(request, outlook, counting.standing(readerId, requirement));
                })
                .toList();
        boolean pending = row.state() instanceof RequestState.Pending;
        return new RequestDetail(
                row(row),
                requirements,
                history.stream().map(this::vote).toList(),
                pending ? people(could) : List.of(),
                grant(row.state()),
                execution(row.state()),
                outcome(stored, row.state()),
                stored.endedAt(),
                stored.endedBy() == null ? null : who(stored.endedBy()),
                row.state() instanceof RequestState.Cancelled cancelled ? cancelled.successor() : null,
                stored.supersedes(),
                stored.resubmits(),
                denials,
                payloadReadable,
                people(request.parties().owners()),
                people(request.parties().authors()));
    }

    EarlierDenial denial(StoredRequest denied) {
        String by = denied.endedBy();
        return new EarlierDenial(
                denied.name(),
                denied.endedAt() == null ? denied.request().openedAt() : denied.endedAt(),
                by == null ? null : who(by),
                by == null
                        ? null
                        : denied.request().voteOf(by).map(vote -> vote.note()).orElse(null));
    }

    Who who(String id) {
        return directory.principal(id).map(RequestPresenter::who).orElseGet(() -> new Who(id, id, id, "unknown"));
    }

    private static Who who(Principal principal) {
        return new Who(
                principal.id(),
                principal.handle(),
                principal.name(),
                principal.kind().name().toLowerCase(Locale.ROOT));
    }

    private List<Who> people(Collection<String> ids) {
        return ids.stream().sorted().limit(MOST_NAMED).map(this::who).toList();
    }

    private static What what(ActionType action) {
        return new What(action.id(), action.title(), action.risk().name().toLowerCase(Locale.ROOT));
    }

    private static Where where(StoredRequest stored) {
        Resource resource = stored.request().ask().resource();
        return new Where(
                resource.level().name().toLowerCase(Locale.ROOT),
                resource.id(),
                stored.resourceName(),
                resource.releaseId(),
                resource.from(),
                resource.to(),
                resource.attributes());
    }

    private static WhyNot whyNot(Inbox.Row row) {
        if (row.whyNot() == null) {
            return new WhyNot("", "");
        }
        var problem = ApprovalProblems.of(row.whyNot(), row.stored()).problem();
        return new WhyNot(problem.code(), problem.detail());
    }

    private static Progress progress(Tally tally) {
        return new Progress(
                tally.requirement().name(),
                tally.counted().size(),
                tally.requirement().quorum().minApprovals(),
                tally.met());
    }

    private RequirementView requirement(ApprovalRequest request, Outlook outlook, Standing yours) {
        Tally tally = outlook.tally();
        Requirement requirement = tally.requirement();
        return new RequirementView(
                requirement.id(),
                requirement.source().ruleId(),
                requirement.source().version(),
                requirement.source().bindingId(),
                requirement.name(),
                requirement.description(),
                tally.met(),
                tally.counted().size(),
                requirement.quorum().minApprovals(),
                people(tally.counted()),
                people(tally.lapsed()),
                tally.missing().stream().map(this::words).toList(),
                outlook.furtherApprovals().isPresent()
                        ? (Integer) outlook.furtherApprovals().getAsInt()
                        : null,
                outlook.unsatisfiable(),
                people(outlook.closers()),
                outlook.eligible().size(),
                requirement.requesterCanApprove(),
                requirement.escalation() == null
                        ? null
                        : request.firstOpenedAt().plus(requirement.escalation().after()),
                yours.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private String words(Missing lack) {
        return switch (lack) {
            case Missing.Approvals _, Missing.DistinctTeams _ -> ApprovalEntries.words(lack);
            case Missing.RequiredUser user ->
                "the approval of " + who(user.personId()).name();
            case Missing.RequiredTeam team ->
                "an approval from team " + directory.nameOf(team.teamId()).orElse(team.teamId());
            case Missing.RequiredRole role ->
                "an approval by a " + directory.nameOf(role.role()).orElse(role.role());
        };
    }

    private VoteView vote(VoteStore.PastVote vote) {
        return new VoteView(
                vote.id(),
                who(vote.personId()),
                vote.kind().name().toLowerCase(Locale.ROOT),
                vote.note(),
                vote.at(),
                vote.channel(),
                vote.endedAt(),
                vote.endedHow());
    }

    private static @Nullable GrantView grant(RequestState state) {
        Grant grant = StateWords.grantOf(state);
        return grant == null ? null : new GrantView(grant.id(), grant.madeAt(), grant.expiresAt(), grant.usableUntil());
    }

    private @Nullable ExecutionView execution(RequestState state) {
        Execution execution = StateWords.executionOf(state);
        if (execution == null) {
            return null;
        }
        boolean unknown = state instanceof RequestState.Executing
                && execution.at().plus(directory.settings().outcomeAfter()).isBefore(now);
        return new ExecutionView(
                execution.executionId(), who(execution.redeemer().id()), execution.at(), unknown);
    }

    private static @Nullable OutcomeView outcome(StoredRequest stored, RequestState state) {
        if (!(state instanceof RequestState.Executed executed)) {
            return null;
        }
        StoredRequest.OutcomeText said = stored.outcome();
        return new OutcomeView(
                executed.outcome().result().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                executed.outcome().at(),
                said == null ? null : said.text(),
                said == null ? null : said.link(),
                said == null ? List.of() : said.artifacts());
    }
}
