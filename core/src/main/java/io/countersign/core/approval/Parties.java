package io.countersign.core.approval;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Subject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everybody on the asking side of a request.
 *
 * @param owners the people in the whole chain of owners of a subject that is an account; empty for a person
 * @param accountable the one person accountable for an enforcement point that asked on behalf, or none
 * @param tokenMaker the person whose token asked, or none
 * @param authors author and last editor of the change where known
 */
public record Parties(
        Subject subject,
        Subject caller,
        Set<String> owners,
        @Nullable String accountable,
        @Nullable String tokenMaker,
        Set<String> authors) {

    public Parties {
        owners = Set.copyOf(owners);
        authors = Set.copyOf(authors);
    }

    /** No asking side: as a rule is looked at before anybody asks. */
    static Parties nobody() {
        Subject nobody = new Subject("", PrincipalKind.PERSON);
        return new Parties(nobody, nobody, Set.of(), null, null, Set.of());
    }

    /** Whether this principal may cancel the request or take its grant back: the subject, who asked for it, its owners. */
    boolean mayGiveUp(String principalId) {
        return subject.id().equals(principalId) || caller.id().equals(principalId) || owners.contains(principalId);
    }

    /** Whether somebody else than the subject authenticated. */
    boolean onBehalf() {
        return !subject.id().equals(caller.id());
    }

    /** Whether this is the asking person, or one in the owner chain of the asking account. */
    boolean asks(String personId) {
        return subject.isPerson() ? subject.id().equals(personId) : owners.contains(personId);
    }
}
