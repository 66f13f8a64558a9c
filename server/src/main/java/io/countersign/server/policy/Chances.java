package io.countersign.server.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether and by whom a template could be met, were somebody to ask who is none of its approvers.
 *
 * @param possible whether all who may approve could meet it together
 * @param eligible how many people may approve
 * @param fewestApprovals the smallest number of approvals that meets it; none when it cannot be met
 * @param ways how many groups of so many people meet it
 * @param waysExact whether these are all; else there are at least so many
 * @param restsOn the people without each of whom it could not be met
 * @param groups the teams, roles and people it names, required ones first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Chances(
        boolean possible,
        int eligible,
        @Nullable Integer fewestApprovals,
        long ways,
        boolean waysExact,
        List<Somebody> restsOn,
        @Nullable List<Group> groups) {

    /** A person with what people call him. */
    record Somebody(String id, String handle, String name) {}

    /**
     * A team, a role, or the people named one by one.
     *
     * @param kind {@code team}, {@code role} or {@code people}
     * @param id of the team or role; {@code people} for the people
     * @param required whether the quorum demands somebody of it
     * @param counting how many of it may approve
     * @param size how many are in it
     * @param members some of them, those who may approve first
     */
    record Group(String kind, String id, String name, boolean required, int counting, int size, List<Member> members) {}

    /**
     * Somebody in a group.
     *
     * @param counts whether he may approve
     * @param why why he may not, as the second half of a sentence about him
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Member(
            String id,
            String handle,
            String name,
            boolean counts,
            @Nullable String why) {}

    /** The same without the groups, for lists. */
    Chances inShort() {
        return new Chances(possible, eligible, fewestApprovals, ways, waysExact, restsOn, null);
    }
}
