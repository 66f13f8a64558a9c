package io.countersign.core.declaration;

import java.util.Set;

/** What every organization has and no file declares. */
final class BuiltIn {

    /** The roles there are everywhere. */
    static final Set<String> ROLES =
            Set.of("admin", "policy_manager", "compliance_officer", "security_manager", "developer", "viewer");

    /** The role without which nobody could change who and what there is. */
    static final String ADMIN = "admin";

    /** The handle of the server's own account. */
    static final String BOOTSTRAP = "bootstrap";

    private BuiltIn() {}
}
