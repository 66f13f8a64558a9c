package io.countersign.core.approval;

import io.countersign.core.policy.Binding;
import java.util.Optional;

/**
 * Keeps an organization from locking itself out: a rule that gates the change of rules is dangerous where so few people could
 * meet it that one of them missing, or asking, would leave nobody who can ever change a rule again.
 */
public final class LockOut {

    private static final String POLICY_CHANGE = "policy.change";

    private LockOut() {}

    /** Whether a binding puts its template before every change of the rules. */
    public static boolean isGateOfRules(Binding binding) {
        return binding.actions().contains(POLICY_CHANGE);
    }

    /**
     * What is dangerous about gating the rules by a requirement, in a sentence; nothing where at least one more person could
     * meet it than it takes.
     *
     * @param outlook how the requirement would stand, were an outsider to ask
     */
    public static Optional<String> danger(Outlook outlook) {
        if (outlook.furtherApprovals().isEmpty()) {
            return Optional.of("nobody could approve a change of policies any more");
        }
        int needed = outlook.furtherApprovals().getAsInt();
        int could = outlook.eligible().size();
        return could > needed
                ? Optional.empty()
                : Optional.of("it takes " + needed + " to approve a change of policies, and only " + could
                        + " could: one of them who asks or leaves would lock everybody out");
    }
}
