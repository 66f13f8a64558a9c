package io.countersign.core.approval;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.Ask;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Subject;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether and by whom a requirement could be met, before anybody has voted. */
public final class Prospect {

    private static final Subject NOBODY = new Subject("", PrincipalKind.BOOTSTRAP);

    private Prospect() {}

    /** How the requirement would stand with no votes, were an outsider to ask. */
    public static Outlook of(Requirement requirement, People people, Instant now) {
        Ask ask = new Ask(
                "",
                NOBODY,
                NOBODY,
                ActionCatalogue.standard().all().getFirst(),
                Resource.of(ResourceLevel.ORGANIZATION, ""),
                PayloadDigest.of(new byte[0]),
                null,
                null,
                Set.of());
        Parties parties = new Parties(NOBODY, NOBODY, Set.of(), null, null, Set.of());
        return of(requirement, ask, parties, OwnChanges.none(), people, now);
    }

    /** How the requirement would stand with no votes, right after this ask by these parties. */
    public static Outlook of(
            Requirement requirement, Ask ask, Parties parties, OwnChanges own, People people, Instant now) {
        ApprovalRequest request = ApprovalRequest.open("", ask, parties, List.of(requirement), now);
        Circumstances circumstances = new Circumstances(people, own, List.of(), Optional.empty(), "", now);
        return new Counting(request, circumstances).outlook(requirement);
    }
}
