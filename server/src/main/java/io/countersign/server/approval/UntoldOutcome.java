package io.countersign.server.approval;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Execution;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import java.time.Instant;
import java.util.Set;

/**
 * An execution of which nobody has told how it went, and who may say so once that has lasted for too long.
 *
 * @param redeemerId who began it
 * @param subjectId for whom
 * @param owners everybody that account belongs to, or nobody
 * @param begunAt when it began
 */
public record UntoldOutcome(String redeemerId, String subjectId, Set<String> owners, Instant begunAt) {

    /** That of a request which is executing. */
    public static UntoldOutcome of(ApprovalRequest request, Execution execution) {
        return new UntoldOutcome(
                execution.redeemer().id(),
                request.parties().subject().id(),
                request.parties().owners(),
                execution.at());
    }

    /** Whether it has lasted for too long, so that it is unknown how it went. */
    public boolean isUnknown(DirectoryImage directory, Instant now) {
        return directory.settings().outcomeIsLate(begunAt, now);
    }

    /** Whether this caller may settle it: a person on the asking side, or with the say over grants. */
    public boolean settledBy(Caller caller, DirectoryImage directory, Instant now) {
        boolean concerned = subjectId.equals(caller.principalId()) || owners.contains(caller.principalId());
        return isUnknown(directory, now)
                && caller.kind() == PrincipalKind.PERSON
                && (concerned || directory.allows(caller, Permission.GRANTS_REVOKE));
    }

    /** Whether it is unknown and what this caller says of it would be taken. */
    public boolean toldBy(Caller caller, DirectoryImage directory, Instant now) {
        return isUnknown(directory, now)
                && directory.allows(caller, Permission.REDEEM)
                && (redeemerId.equals(caller.principalId()) || settledBy(caller, directory, now));
    }
}
