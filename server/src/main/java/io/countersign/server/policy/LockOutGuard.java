package io.countersign.server.policy;

import io.countersign.core.approval.LockOut;
import io.countersign.core.approval.Prospect;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Template;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.Problem;
import java.time.Instant;

/** Refuses to save what could lock an organization out of its own rules. */
final class LockOutGuard {

    private LockOutGuard() {}

    /** Refuses a template behind a binding that gates the rules, where too few could meet it. */
    static void demandSafe(Binding binding, Template template, DirectoryImage image, Instant now) {
        if (!LockOut.isGateOfRules(binding)) {
            return;
        }
        LockOut.danger(Prospect.of(new BoundTemplate(binding, template).requirement(), image.people(), now))
                .ifPresent(sentence -> {
                    throw Problem.of(422, "would-lock-out", sentence)
                            .fault(Fault.of("would-lock-out", "quorum", sentence))
                            .remedy("let more people approve it, or ask for fewer approvals")
                            .raise();
                });
    }
}
