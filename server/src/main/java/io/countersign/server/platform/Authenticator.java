package io.countersign.server.platform;

import java.util.Optional;

/** Knows whose secret it is, and what that caller may do now; the directory answers both from memory. */
public interface Authenticator {

    /** The caller behind a secret; empty when it is unknown, expired or revoked. */
    Optional<Caller> authenticate(String secret);

    /** Whether role and credential both reach the permission now. */
    boolean allows(Caller caller, Permission permission);

    /**
     * Refuses a caller who lacks the permission, and says whether his credential or his role is too narrow.
     *
     * @throws ProblemException 403 {@code permission-missing}
     */
    default void demand(Caller caller, Permission permission) {
        if (permission == Permission.SIGNED_IN || allows(caller, permission)) {
            return;
        }
        Problem problem = Problem.of(403, "permission-missing", "this needs the permission `" + permission.id() + "`")
                .with("permission", permission.id());
        if (permission.isWithin(caller.credential())) {
            throw problem.remedy(
                            caller.hasTokenOfAnother()
                                    ? permission.remedy()
                                            + "; a token of an account carries no more than who made it may"
                                    : permission.remedy())
                    .raise();
        }
        if (!permission.scopes().isEmpty()) {
            throw problem.remedy("use a session, or a token with the scope `"
                            + String.join("` or `", permission.scopes()) + "`")
                    .raise();
        }
        throw problem.remedy(
                        permission == Permission.ORGANIZATIONS_CREATE
                                ? "only the administration token of the server does this"
                                : "only a person who has signed in does this")
                .raise();
    }

    /**
     * Whether the credential of a caller who was let in still stands: for calls that last. Asking is no use of it, so it
     * keeps no session alive.
     */
    boolean stands(Caller caller);
}
