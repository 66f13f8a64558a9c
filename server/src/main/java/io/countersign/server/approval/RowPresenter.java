package io.countersign.server.approval;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.RequestState;
import io.countersign.core.approval.Tally;
import io.countersign.core.approval.Vote;
import io.countersign.server.approval.RequestViews.BreakGlassView;
import io.countersign.server.approval.RequestViews.Progress;
import io.countersign.server.approval.RequestViews.RequestRow;
import io.countersign.server.approval.RequestViews.What;
import io.countersign.server.approval.RequestViews.Where;
import io.countersign.server.approval.RequestViews.WhyNot;
import io.countersign.server.approval.SheetViews.SlotView;
import io.countersign.server.approval.SheetViews.Why;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.platform.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts requests into the rows of a list, as one reader sees them. */
final class RowPresenter {

    private static final int MOST_FACES = 6;

    private final DirectoryImage directory;
    private final Wording words;
    private final String readerId;
    private final Instant now;

    RowPresenter(DirectoryImage directory, String readerId, Instant now) {
        this.directory = directory;
        this.words = new Wording(directory);
        this.readerId = readerId;
        this.now = now;
    }

    RequestRow row(Inbox.Row row) {
        StoredRequest stored = row.stored();
        ApprovalRequest request = stored.request();
        Ask ask = request.ask();
        boolean pending = row.state() instanceof RequestState.Pending;
        Counting counting = new Counting(request, row.circumstances());
        List<Tally> tallies = counting.tallies();
        SignatureSheet sheet = sheet(row, counting);
        List<SignatureSheet.Line> lines = pending ? sheet.lines(tallies) : List.of();
        List<SlotView> slots = views(lines);
        Collection<String> signed = signed(request, tallies, pending);
        RequestTitle title = title(stored);
        Grant grant = StateWords.grantOf(row.state());
        return new RequestRow(
                request.id(),
                stored.name(),
                title.text(),
                title.object(),
                StateWords.of(row.state()),
                pending
                        && request.openedAt()
                                .plus(directory.settings().staleAfter())
                                .isBefore(now),
                pending ? stored.unsatisfiableSince() : null,
                what(ask.action()),
                where(stored, title),
                words.who(ask.subject().id()),
                words.who(ask.caller().id()),
                ask.reason(),
                request.openedAt(),
                request.deadline(),
                ask.digest().value(),
                tallies.stream().map(RowPresenter::progress).toList(),
                signed.stream().limit(MOST_FACES).map(words::who).toList(),
                signed.size(),
                signed.size() + slots.size(),
                slots,
                missing(slots),
                row.canApprove(),
                why(row, counting, slots, sheet.fits(lines)),
                row.whyNot() == null ? null : whyNot(row),
                result(row.state()),
                row.state() instanceof RequestState.Denied denied ? words.who(denied.personId()) : null,
                endedAt(row),
                grant == null ? null : grant.usableUntil(),
                stored.remindedAt(),
                grant == null || grant.bypassed() == null
                        ? null
                        : new BreakGlassView(
                                grant.bypassed().sessionId(), grant.bypassed().sessionName()));
    }

    /** The empty lines of a request as this reader sees them. */
    SignatureSheet sheet(Inbox.Row row, Counting counting) {
        return new SignatureSheet(
                counting, words, readerId, row.canApprove(), row.stored().unsatisfiableSince() != null);
    }

    /** How the request stands when this reader approves; only where he can. */
    static List<Tally> afterwards(Inbox.Row row) {
        return new Counting(row.rehearsal().request(), row.circumstances()).tallies();
    }

    static boolean completes(Inbox.Row row) {
        return row.rehearsal().request().state() instanceof RequestState.Approved;
    }

    private Why why(Inbox.Row row, Counting counting, List<SlotView> slots, List<String> fits) {
        if (row.whyNot() != null) {
            return WhyWords.no(
                    row.whyNot(),
                    row.state(),
                    counting.askingSide(readerId),
                    slots,
                    row.stored().unsatisfiableSince() != null);
        }
        boolean completes = completes(row);
        return WhyWords.yes(slots, fits, completes, completes ? List.of() : missingAfterwards(row));
    }

    private List<SlotView> missingAfterwards(Inbox.Row row) {
        Counting then = new Counting(row.rehearsal().request(), row.circumstances());
        return views(new SignatureSheet(then, words, readerId, false, false).lines(then.tallies()));
    }

    private static List<SlotView> views(List<SignatureSheet.Line> lines) {
        return lines.stream().map(SignatureSheet.Line::view).toList();
    }

    private static @Nullable String missing(List<SlotView> slots) {
        List<String> nobody = slots.stream()
                .filter(SlotView::impossible)
                .map(SlotView::label)
                .distinct()
                .toList();
        List<SlotView> possible =
                slots.stream().filter(slot -> !slot.impossible()).toList();
        String sentence = Stream.of(
                        possible.isEmpty() ? "" : Wording.missing(possible) + " missing",
                        nobody.isEmpty()
                                ? ""
                                : nobody.contains(Wording.ANYONE)
                                        ? "too few people can approve"
                                        : "nobody in " + Wording.joined(nobody, "or"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        return sentence.isEmpty() ? null : sentence;
    }

    /** Whose approvals count; of what is over, who had approved. */
    private static Collection<String> signed(ApprovalRequest request, List<Tally> tallies, boolean pending) {
        List<String> voters = request.votes().stream()
                .filter(vote -> vote.kind() == Vote.Kind.APPROVE)
                .map(Vote::personId)
                .toList();
        return pending ? SignatureSheet.signed(voters, tallies) : voters;
    }

    private RequestTitle title(StoredRequest stored) {
        RequestTitle title = stored.title();
        return title == null ? RequestTitle.of(stored.request().ask(), directory, null) : title;
    }

    /** An own type's title is not kept with the request. */
    private What what(ActionType action) {
        String title =
                directory.actions().find(action.id()).map(ActionType::title).orElse(action.title());
        return new What(action.id(), title, action.risk().name().toLowerCase(Locale.ROOT), action.emergency());
    }

    private Where where(StoredRequest stored, RequestTitle title) {
        Resource resource = stored.request().ask().resource();
        @Nullable String cluster = cluster(stored, resource);
        return new Where(
                resource.level().name().toLowerCase(Locale.ROOT),
                resource.id(),
                stored.resourceName(),
                project(stored, resource),
                environment(stored, resource),
                cluster,
                resource.releaseId(),
                title.release(),
                resource.from(),
                resource.to(),
                resource.attributes());
    }

    private @Nullable String project(StoredRequest stored, Resource resource) {
        boolean one = resource.level() == ResourceLevel.PROJECT || resource.level() == ResourceLevel.ENVIRONMENT;
        return one && !stored.projectIds().isEmpty()
                ? words.name(stored.projectIds().getFirst())
                : null;
    }

    /** What comes behind the project in {@code payments/production}. */
    private static @Nullable String environment(StoredRequest stored, Resource resource) {
        if (resource.level() != ResourceLevel.ENVIRONMENT) {
            return null;
        }
        String name = stored.resourceName();
        return name.substring(name.indexOf('/') + 1);
    }

    private @Nullable String cluster(StoredRequest stored, Resource resource) {
        if (stored.clusterIds().isEmpty()) {
            return directory
                    .place(resource)
                    .map(Place::clusterId)
                    .map(words::name)
                    .orElse(null);
        }
        return words.name(stored.clusterIds().getFirst());
    }

    private static Progress progress(Tally tally) {
        return new Progress(
                tally.requirement().name(),
                tally.counted().size(),
                tally.requirement().quorum().minApprovals(),
                tally.met());
    }

    private static WhyNot whyNot(Inbox.Row row) {
        if (row.whyNot() == null) {
            return new WhyNot("", "");
        }
        Problem problem = ApprovalProblems.of(row.whyNot(), row.stored());
        return new WhyNot(problem.code(), problem.detail());
    }

    private @Nullable String result(RequestState state) {
        return switch (state) {
            case RequestState.Executed executed ->
                StateWords.of(executed.outcome().result());
            case RequestState.Executing executing ->
                directory.settings().outcomeIsLate(executing.execution().at(), now) ? "unknown" : null;
            case RequestState.Pending _, RequestState.Approved _, RequestState.End _ -> null;
        };
    }

    /** When it ended; an end that only the clock knows so far is told too. */
    private static @Nullable Instant endedAt(Inbox.Row row) {
        return switch (row.state()) {
            case RequestState.Expired expired -> expired.at();
            case RequestState.GrantExpired expired -> expired.at();
            case RequestState.Pending _, RequestState.Approved _, RequestState.Executing _, RequestState.End _ ->
                row.stored().endedAt();
        };
    }
}
