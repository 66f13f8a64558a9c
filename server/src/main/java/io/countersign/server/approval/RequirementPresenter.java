package io.countersign.server.approval;

import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Bypassed;
import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.Missing;
import io.countersign.core.approval.Outlook;
import io.countersign.core.approval.RequestState;
import io.countersign.core.approval.Signature;
import io.countersign.core.approval.Tally;
import io.countersign.core.policy.Requirement;
import io.countersign.server.approval.RequestViews.RequirementView;
import io.countersign.server.approval.RequestViews.Who;
import io.countersign.server.approval.SheetViews.OpenSlot;
import io.countersign.server.approval.SheetViews.SignatureView;
import io.countersign.server.approval.SheetViews.SlotView;
import io.countersign.server.directory.DirectoryImage;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts one requirement of a request into the shape people read: who signed, what is open, and who could fill it. */
final class RequirementPresenter {

    private final DirectoryImage directory;
    private final Wording words;
    private final RowPresenter rows;
    private final String readerId;

    RequirementPresenter(DirectoryImage directory, RowPresenter rows, String readerId) {
        this.directory = directory;
        this.words = new Wording(directory);
        this.rows = rows;
        this.readerId = readerId;
    }

    RequirementView requirement(Inbox.Row row, Counting counting, Outlook outlook) {
        Tally tally = outlook.tally();
        Requirement requirement = tally.requirement();
        return new RequirementView(
                requirement.id(),
                requirement.source().ruleId(),
                requirement.source().version(),
                requirement.source().bindingId(),
                requirement.name(),
                requirement.description(),
                RuleWords.of(requirement, words),
                tally.met(),
                isBypassed(row.stored().request(), requirement),
                tally.counted().size(),
                requirement.quorum().minApprovals(),
                people(tally.counted()),
                people(tally.lapsed()),
                counting.signatures(requirement).stream().map(this::signature).toList(),
                slots(row, counting, outlook),
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
                        : row.stored()
                                .request()
                                .firstOpenedAt()
                                .plus(requirement.escalation().after()),
                WhyWords.code(counting.standing(readerId, requirement)));
    }

    private static @Nullable Bypassed bypassed(RequestState state) {
        Grant grant = StateWords.grantOf(state);
        return grant == null ? null : grant.bypassed();
    }

    private static boolean isBypassed(ApprovalRequest request, Requirement requirement) {
        Bypassed bypassed = bypassed(request.state());
        return bypassed != null && bypassed.requirements().contains(requirement.id());
    }

    private SignatureView signature(Signature signature) {
        List<String> fills = Stream.concat(
                        signature.named() ? Stream.of(signature.personId()) : Stream.empty(),
                        Stream.concat(signature.teams().stream(), signature.roles().stream()))
                .map(words::name)
                .sorted()
                .toList();
        return new SignatureView(signature.voteId(), words.who(signature.personId()), signature.at(), fills);
    }

    private List<OpenSlot> slots(Inbox.Row row, Counting counting, Outlook outlook) {
        if (!(row.state() instanceof RequestState.Pending)) {
            return List.of();
        }
        return rows.sheet(row, counting).lines(outlook.tally()).stream()
                .map(line -> {
                    Set<String> fillers = counting.fillers(line.slot(), outlook.eligible());
                    SlotView view = line.view();
                    return new OpenSlot(
                            view.label(),
                            view.kind(),
                            view.mine(),
                            view.impossible() || fillers.isEmpty(),
                            words.people(fillers, RequestPresenter.MOST_TOLD),
                            fillers.size());
                })
                .toList();
    }

    private String words(Missing lack) {
        return switch (lack) {
            case Missing.Approvals _, Missing.DistinctTeams _ -> ApprovalEntries.words(lack);
            case Missing.RequiredUser user ->
                "the approval of " + words.who(user.personId()).name();
            case Missing.RequiredTeam team ->
                "an approval from team " + directory.nameOf(team.teamId()).orElse(team.teamId());
            case Missing.RequiredRole role ->
                "an approval by a " + directory.nameOf(role.role()).orElse(role.role());
        };
    }

    private List<Who> people(Collection<String> ids) {
        return words.people(ids, RequestPresenter.MOST_NAMED);
    }
}
