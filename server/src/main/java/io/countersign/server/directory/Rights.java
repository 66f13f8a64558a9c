package io.countersign.server.directory;

import static io.countersign.server.platform.Permission.ASK;
import static io.countersign.server.platform.Permission.AUDIT_READ;
import static io.countersign.server.platform.Permission.CHECK;
import static io.countersign.server.platform.Permission.CLOCK_WRITE;
import static io.countersign.server.platform.Permission.CLUSTER_TOKENS;
import static io.countersign.server.platform.Permission.CREDENTIALS_CONFIRM;
import static io.countersign.server.platform.Permission.DIRECTORY_READ;
import static io.countersign.server.platform.Permission.DIRECTORY_WRITE;
import static io.countersign.server.platform.Permission.ENVIRONMENTS_FREEZE;
import static io.countersign.server.platform.Permission.EVALUATE;
import static io.countersign.server.platform.Permission.FOLLOW_UPS;
import static io.countersign.server.platform.Permission.GRANTS_REVOKE;
import static io.countersign.server.platform.Permission.NOTIFICATIONS_WRITE;
import static io.countersign.server.platform.Permission.ORGANIZATIONS_CREATE;
import static io.countersign.server.platform.Permission.ORGANIZATION_WRITE;
import static io.countersign.server.platform.Permission.PAYLOAD_READ_ALL;
import static io.countersign.server.platform.Permission.PAYLOAD_REVEAL;
import static io.countersign.server.platform.Permission.POLICY_READ;
import static io.countersign.server.platform.Permission.POLICY_WRITE;
import static io.countersign.server.platform.Permission.PROJECTS_WRITE;
import static io.countersign.server.platform.Permission.PUBLIC;
import static io.countersign.server.platform.Permission.REDEEM;
import static io.countersign.server.platform.Permission.REQUESTS_CANCEL;
import static io.countersign.server.platform.Permission.REQUESTS_READ;
import static io.countersign.server.platform.Permission.SIGNED_IN;
import static io.countersign.server.platform.Permission.SIGNING_KEYS_ROTATE;
import static io.countersign.server.platform.Permission.TOKENS_OWN;
import static io.countersign.server.platform.Permission.VOTE;
import static io.countersign.server.platform.Permission.VOTE_IN_BULK;

import io.countersign.core.action.PrincipalKind;
import io.countersign.server.platform.Permission;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What each role carries; no role implies another. */
final class Rights {

    static final String ADMIN = "admin";
    static final String POLICY_MANAGER = "policy_manager";
    static final String COMPLIANCE_OFFICER = "compliance_officer";
    static final String SECURITY_MANAGER = "security_manager";
    static final String DEVELOPER = "developer";
    static final String VIEWER = "viewer";

    /** The roles every organization has; their ids are their names. */
    static final List<Role> BUILT_IN = List.of(
            role(ADMIN, "Admin", "Runs the organization: people, teams, roles, accounts, places, policies"),
            role(POLICY_MANAGER, "Policy manager", "Writes the policies and freezes environments"),
            role(COMPLIANCE_OFFICER, "Compliance officer", "Reads the whole audit log"),
            role(SECURITY_MANAGER, "Security manager", "Freezes, revokes, reads the whole audit log"),
            role(DEVELOPER, "Developer", "Asks, and approves where a policy says so"),
            role(VIEWER, "Viewer", "Reads, and never approves"));

    private static final Set<Permission> READING = EnumSet.of(REQUESTS_READ, DIRECTORY_READ, POLICY_READ);
    private static final Set<Permission> WORKING = with(
            READING,
            CHECK,
            ASK,
            EVALUATE,
            REDEEM,
            REQUESTS_CANCEL,
            VOTE,
            FOLLOW_UPS,
            CLUSTER_TOKENS,
            TOKENS_OWN,
            PAYLOAD_REVEAL);

    /** What the server's administration token reaches, in every organization. */
    private static final Set<Permission> BOOTSTRAP = with(
            READING,
            DIRECTORY_WRITE,
            PROJECTS_WRITE,
            ORGANIZATION_WRITE,
            ORGANIZATIONS_CREATE,
            POLICY_WRITE,
            ENVIRONMENTS_FREEZE,
            AUDIT_READ,
            CLOCK_WRITE);

    private Rights() {}

    private static Role role(String id, String name, String description) {
        return new Role(id, name, description, true);
    }

    private static Set<Permission> with(Set<Permission> some, Permission... more) {
        Set<Permission> all = EnumSet.copyOf(some);
        all.addAll(List.of(more));
        return all;
    }

    /** What an active principal of this kind may do by the roles it holds. */
    static Set<Permission> of(PrincipalKind kind, Collection<String> roles) {
        Set<Permission> all = EnumSet.of(PUBLIC, SIGNED_IN);
        if (kind == PrincipalKind.BOOTSTRAP) {
            all.addAll(BOOTSTRAP);
            return all;
        }
        roles.forEach(role -> all.addAll(of(role)));
        if (kind != PrincipalKind.PERSON) {
            all.remove(VOTE);
            all.remove(VOTE_IN_BULK);
            all.remove(FOLLOW_UPS);
            all.remove(TOKENS_OWN);
            all.remove(PAYLOAD_REVEAL);
        }
        return all;
    }

    private static Set<Permission> of(String role) {
        return switch (role) {
            case VIEWER -> READING;
            case ADMIN ->
                with(
                        WORKING,
                        VOTE_IN_BULK,
                        DIRECTORY_WRITE,
                        PROJECTS_WRITE,
                        ORGANIZATION_WRITE,
                        POLICY_WRITE,
                        ENVIRONMENTS_FREEZE,
                        AUDIT_READ,
                        PAYLOAD_READ_ALL,
                        GRANTS_REVOKE,
                        CREDENTIALS_CONFIRM,
                        SIGNING_KEYS_ROTATE,
                        NOTIFICATIONS_WRITE,
                        CLOCK_WRITE);
            case POLICY_MANAGER -> with(WORKING, POLICY_WRITE, ENVIRONMENTS_FREEZE);
            case COMPLIANCE_OFFICER -> with(WORKING, VOTE_IN_BULK, AUDIT_READ, PAYLOAD_READ_ALL);
            case SECURITY_MANAGER ->
                with(
                        WORKING,
                        ENVIRONMENTS_FREEZE,
                        AUDIT_READ,
                        PAYLOAD_READ_ALL,
                        GRANTS_REVOKE,
                        CREDENTIALS_CONFIRM,
                        SIGNING_KEYS_ROTATE,
                        NOTIFICATIONS_WRITE);
            default -> WORKING;
        };
    }
}
