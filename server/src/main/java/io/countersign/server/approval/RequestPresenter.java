package io.countersign.server.approval;

import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Execution;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.Outlook;
import io.countersign.core.approval.RequestState;
import io.countersign.core.approval.Standing;
import io.countersign.core.approval.Tally;
import io.countersign.server.approval.FollowUpViews.FollowUpView;
import io.countersign.server.approval.RequestViews.EarlierDenial;
import io.countersign.server.approval.RequestViews.ExecutionView;
import io.countersign.server.approval.RequestViews.GrantView;
import io.countersign.server.approval.RequestViews.OutcomeView;
import io.countersign.server.approval.RequestViews.RequestDetail;
import io.countersign.server.approval.RequestViews.RequestRow;
import io.countersign.server.approval.RequestViews.RequirementView;
import io.countersign.server.approval.RequestViews.VoteView;
import io.countersign.server.approval.RequestViews.Who;
import io.countersign.server.approval.SheetViews.Excluded;
import io.countersign.server.approval.SheetViews.IfYouApprove;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.platform.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts requests into the shapes people read, with names for ids and sentences for rules. */
final class RequestPresenter {

    static final int MOST_NAMED = 20;
    static final int MOST_TOLD = 5;

    /** The one action that an approval alone sets off: every other waits for its grant to be used. */
    private static final String STARTS_AT_ONCE = "breakglass.initiate";

    private final DirectoryImage directory;
    private final Wording words;
    private final RowPresenter rows;
    private final RequirementPresenter rules;
    private final Caller reader;
    private final Instant now;

    RequestPresenter(Rulebook rulebook, Caller reader, Instant now) {
        this.directory = rulebook.directory();
        this.words = new Wording(directory);
        this.reader = reader;
        this.rows = new RowPresenter(directory, reader.principalId(), now);
        this.rules = new RequirementPresenter(directory, rows, reader.principalId());
        this.now = now;
    }

    RequestRow row(Inbox.Row row) {
        return rows.row(row);
    }

    RequestDetail detail(
            Inbox.Row row,
            List<VoteStore.PastVote> history,
            List<EarlierDenial> denials,
            List<FollowUpView> followUps,
            boolean payloadReadable) {
        StoredRequest stored = row.stored();
        ApprovalRequest request = stored.request();
        Counting counting = new Counting(request, row.circumstances());
        Set<String> could = new TreeSet<>();
        List<RequirementView> requirements = request.requirements().stream()
                .map(requirement -> {
                    Outlook outlook = counting.outlook(requirement);
                    could.addAll(outlook.eligible());
                    return rules.requirement(row, counting, outlook);
                })
                .toList();
        boolean pending = row.state() instanceof RequestState.Pending;
        Map<String, Standing> excluded = pending ? counting.excluded() : Map.of();
        return new RequestDetail(
                row(row),
                requirements,
                history.stream().map(this::vote).toList(),
                pending ? people(could) : List.of(),
                pending ? could.size() : 0,
                row.canApprove() ? ifYouApprove(row, counting) : null,
                excluded.entrySet().stream()
                        .limit(MOST_NAMED)
                        .map(this::excluded)
                        .toList(),
                excluded.size(),
                excluded.isEmpty() ? null : mayNotApprove(excluded),
                grant(row.state()),
                execution(request, row.state()),
                outcome(stored, row.state()),
                stored.endedBy() == null ? null : who(stored.endedBy()),
                row.state().successor(),
                stored.supersedes(),
                stored.resubmits(),
                denials,
                payloadReadable,
                people(request.parties().owners()),
                people(request.parties().authors()),
                followUps);
    }

    private IfYouApprove ifYouApprove(Inbox.Row row, Counting counting) {
        Set<String> met = counting.tallies().stream()
                .filter(Tally::met)
                .map(tally -> tally.requirement().id())
                .collect(Collectors.toSet());
        boolean completes = RowPresenter.completes(row);
        List<Tally> after = RowPresenter.afterwards(row);
        Counting then = new Counting(row.rehearsal().request(), row.circumstances());
        SignatureSheet sheet = new SignatureSheet(then, words, reader.principalId(), false, false);
        return new IfYouApprove(
                after.stream()
                        .filter(tally ->
                                tally.met() && !met.contains(tally.requirement().id()))
                        .map(tally -> tally.requirement().name())
                        .toList(),
                completes,
                after.stream()
                        .filter(tally -> !tally.met())
                        .map(tally -> stillNeeded(tally, sheet))
                        .toList(),
                completes && row.stored().request().ask().action().id().equals(STARTS_AT_ONCE));
    }

    /** For example {@code Security sign-off still needs Security}. */
    private static String stillNeeded(Tally tally, SignatureSheet sheet) {
        return tally.requirement().name() + " still needs "
                + Wording.missing(sheet.lines(tally).stream()
                        .map(SignatureSheet.Line::view)
                        .toList());
    }

    private Excluded excluded(Map.Entry<String, Standing> one) {
        Who who = who(one.getKey());
        return new Excluded(
                who,
                WhyWords.code(one.getValue()),
                who.name() + " " + one.getValue().sentence());
    }

    /** One sentence on who may not approve and why, for example {@code Jane Okafor asked for this: her vote never counts}. */
    private String mayNotApprove(Map<String, Standing> excluded) {
        List<String> parts = new ArrayList<>(excluded.entrySet().stream()
                .limit(MOST_TOLD)
                .map(one -> who(one.getKey()).name() + " (" + one.getValue().sentence() + ")")
                .toList());
        int more = excluded.size() - parts.size();
        if (more > 0) {
            parts.add(more == 1 ? "1 other person" : more + " other people");
        }
        boolean one = excluded.size() == 1;
        return Wording.joined(parts, "and") + (one ? " does" : " do") + " not count here.";
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
        return words.who(id);
    }

    private List<Who> people(Collection<String> ids) {
        return words.people(ids, MOST_NAMED);
    }

    private VoteView vote(VoteStore.PastVote vote) {
        return new VoteView(
                vote.id(),
                who(vote.personId()),
                vote.kind().name().toLowerCase(Locale.ROOT),
                vote.note(),
                vote.risk(),
                vote.at(),
                vote.channel(),
                vote.endedAt(),
                vote.endedHow());
    }

    private static @Nullable GrantView grant(RequestState state) {
        Grant grant = StateWords.grantOf(state);
        return grant == null ? null : new GrantView(grant.id(), grant.madeAt(), grant.expiresAt(), grant.usableUntil());
    }

    private @Nullable ExecutionView execution(ApprovalRequest request, RequestState state) {
        Execution execution = StateWords.executionOf(state);
        if (execution == null) {
            return null;
        }
        boolean untold = state instanceof RequestState.Executing;
        UntoldOutcome outcome = UntoldOutcome.of(request, execution);
        return new ExecutionView(
                execution.executionId(),
                who(execution.redeemer().id()),
                execution.at(),
                untold && outcome.isUnknown(directory, now),
                untold && outcome.toldBy(reader, directory, now));
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
