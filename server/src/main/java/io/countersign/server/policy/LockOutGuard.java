package io.countersign.server.policy;

import io.countersign.core.approval.Outlook;
import io.countersign.core.approval.Prospect;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Template;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.Problem;
import java.time.Instant;

/**
 * Keeps an organization from locking itself out: a rule that gates the change of rules is refused where so few people could
 * meet it that one of them missing, or asking, would leave nobody who can ever change a rule again.
 */
final class LockOutGuard {

    private static final String POLICY_CHANGE = "policy.change";

    private LockOutGuard() {}

    /** Whether a binding puts a template before every change of the rules. */
    static boolean isGateOfRules(Binding binding) {
        return binding.actions().contains(POLICY_CHANGE);
    }

    /** How the rule would stand, were an outsider to ask for a change of the rules now. */
    static Outlook outlook(Binding binding, Template template, DirectoryImage image, Instant now) {
        return Prospect.of(new BoundTemplate(binding, template).requirement(), image.people(), now);
    }

    /** Whether one more person could meet it than it takes. */
    static boolean isSafe(Outlook outlook) {
        return outlook.furtherApprovals().isPresent()
                && outlook.eligible().size() > outlook.furtherApprovals().getAsInt();
    }

    /** Refuses a template behind a binding that gates the rules, where too few could meet it. */
    static void demandSafe(Binding binding, Template template, DirectoryImage image, Instant now) {
        if (!isGateOfRules(binding)) {
            return;
        }
        Outlook outlook = outlook(binding, template, image, now);
        if (!isSafe(outlook)) {
            int needed =
                    outlook.furtherApprovals().orElse(template.spec().quorum().minApprovals());
            String sentence = "it takes " + needed + " to approve a change of policies, and only "
                    + outlook.eligible().size() + " could: one of them who asks or leaves would lock everybody out";
            throw Problem.of(422, "would-lock-out", sentence)
                    .fault(Fault.of("would-lock-out", "quorum", sentence))
                    .remedy("let at least " + (needed + 1) + " people approve it, or ask for fewer approvals")
                    .raise();
        }
    }
}
