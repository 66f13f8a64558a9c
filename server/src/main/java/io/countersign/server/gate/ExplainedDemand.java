package io.countersign.server.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.core.action.Ask;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Outlook;
import io.countersign.core.policy.Requirement;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Principal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one rule would demand of an ask, and who could meet it right after the ask.
 *
 * @param eligible how many people may approve
 * @param approvers some of them
 * @param fewestApprovals with how many it is met; none when all of them together could not
 * @param excluded some of those who may approve what others ask, but not this
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExplainedDemand(
        String templateId,
        int version,
        String bindingId,
        String name,
        int eligible,
        List<Somebody> approvers,
        @Nullable Integer fewestApprovals,
        List<Excluded> excluded) {

    private static final int MOST_NAMED = 50;

    /** A person with what people call him. */
    record Somebody(String id, String handle, String name) {}

    /** Somebody who may not approve this ask; {@code why} is the second half of a sentence about him. */
    record Excluded(String id, String handle, String name, String why) {}

    static List<ExplainedDemand> of(List<Requirement> requirements, Ask ask, Rulebook rulebook, Instant at) {
        ApprovalRequest request = ApprovalRequest.open("", ask, rulebook.parties(ask), requirements, at);
        Counting counting = new Counting(request, rulebook.circumstances(request, "", at));
        return requirements.stream()
                .map(requirement -> of(requirement, counting, rulebook.directory(), at))
                .toList();
    }

    private static ExplainedDemand of(Requirement requirement, Counting counting, DirectoryImage image, Instant at) {
        Outlook outlook = counting.outlook(requirement);
        Set<String> anybody = Counting.preview(requirement, image.people(), at).eligible();
        return new ExplainedDemand(
                requirement.source().ruleId(),
                requirement.source().version(),
                requirement.source().bindingId(),
                requirement.name(),
                outlook.eligible().size(),
                named(outlook.eligible().stream(), image)
                        .map(person -> new Somebody(person.id(), person.handle(), person.name()))
                        .toList(),
                outlook.furtherApprovals().isPresent()
                        ? (Integer) outlook.furtherApprovals().getAsInt()
                        : null,
                named(anybody.stream().filter(id -> !outlook.eligible().contains(id)), image)
                        .map(person -> new Excluded(
                                person.id(),
                                person.handle(),
                                person.name(),
                                counting.standing(person.id(), requirement).sentence()))
                        .toList());
    }

    private static Stream<Principal> named(Stream<String> ids, DirectoryImage image) {
        return ids.flatMap(id -> image.principal(id).stream())
                .sorted(Comparator.comparing(Principal::name).thenComparing(Principal::id))
                .limit(MOST_NAMED);
    }
}
