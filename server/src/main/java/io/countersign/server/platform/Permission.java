package io.countersign.server.platform;

import java.util.Collections;
import java.util.List;

/** A right that a route or an act demands; a caller needs it by role and by the scope of his credential. */
public enum Permission {
    PUBLIC("public", "Needs no credential"),
    SIGNED_IN("signed-in", "Needs a credential, whatever it may do"),
    CHECK("check", "Ask what the gate would answer", "check"),
    ASK("ask", "Ask to do something", "ask"),
    EVALUATE("evaluate", "Check or ask over a standard wire, whichever the caller may", "check", "ask"),
    ASK_ON_BEHALF("ask-on-behalf", "Ask for somebody else", "on-behalf"),
    REDEEM("redeem", "Use a grant of one's own", "redeem"),
    REDEEM_FOR_OTHERS("redeem-for-others", "Use somebody else's grant", "redeem"),
    REQUESTS_READ("requests-read", "Read requests", "read"),
    REQUESTS_CANCEL("requests-cancel", "Cancel or resubmit one's own request", "ask"),
    VOTE("vote", "Approve or reject requests, and withdraw a vote", "vote"),
    VOTE_IN_BULK("vote-in-bulk", "Approve or reject many requests at once", "vote"),
    FOLLOW_UPS("follow-ups", "Ask for something to be done after a request, and note that it is done", "vote"),
    CLUSTER_TOKENS("cluster-tokens", "Issue oneself a short-lived token for a cluster", "cluster-token"),
    GRANTS_REVOKE("grants-revoke", "Revoke an unspent grant", "revoke"),
    PAYLOAD_READ_ALL("payload-read-all", "Read every payload", "audit"),
    PAYLOAD_REVEAL("payload-reveal", "Look at the likely secrets of a payload one may read"),
    DIRECTORY_READ("directory-read", "Read people, teams, projects and environments", "read"),
    DIRECTORY_WRITE("directory-write", "Change people, teams, roles, accounts and clusters", "directory"),
    PROJECTS_WRITE("projects-write", "Change projects, releases and environments", "directory"),
    ORGANIZATION_WRITE("organization-write", "Change the organization's settings", "directory"),
    ORGANIZATIONS_CREATE("organizations-create", "Create organizations"),
    POLICY_READ("policy-read", "Read templates, bindings and explanations", "read"),
    POLICY_WRITE("policy-write", "Change templates and bindings", "policy"),
    ENVIRONMENTS_FREEZE("environments-freeze", "Freeze and unfreeze environments", "freeze"),
    BREAKGLASS_OPEN("breakglass-open", "Open a break-glass session", "breakglass"),
    CREDENTIALS_CONFIRM("credentials-confirm", "Confirm that the right person uses a credential"),
    AUDIT_READ("audit-read", "Read the whole audit log", "audit"),
    SIGNING_KEYS_ROTATE("signing-keys-rotate", "Replace the keys that grants and cluster tokens are signed with"),
    NOTIFICATIONS_WRITE("notifications-write", "Change who is told of emergencies, and try deliveries again"),
    TOKENS_OWN("tokens-own", "Make and revoke one's own tokens"),
    CLOCK_WRITE("clock-write", "Move a simulated clock forward", "directory");

    private final String id;
    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // it is a List.of
    private final List<String> scopes;

    Permission(String id, String title, String... scopes) {
        this.id = id;
        this.title = title;
        this.scopes = List.of(scopes);
    }

    /** The word for it in the OpenAPI document, in roles and in problem documents. */
    public String id() {
        return id;
    }

    /** What it allows, a short phrase. */
    public String title() {
        return title;
    }

    /** The token scopes of which each carries it; none where no token can. */
    public List<String> scopes() {
        return scopes;
    }

    /** Whether it is given to somebody by name, for listed actions and resources, and carried by no role. */
    public boolean givenByName() {
        return this == ASK_ON_BEHALF || this == REDEEM_FOR_OTHERS || this == BREAKGLASS_OPEN;
    }

    /** What somebody can do who lacks it. */
    public String remedy() {
        return givenByName()
                ? "ask an administrator to give it to you by name, for what you need it for; no role carries it"
                : "ask an administrator for a role that carries it";
    }

    /** Whether a credential of this kind with these scopes reaches it, whatever the caller's roles say. */
    public boolean isWithin(Credential credential) {
        return switch (this) {
            case PUBLIC, SIGNED_IN -> true;
            case TOKENS_OWN, CREDENTIALS_CONFIRM, PAYLOAD_REVEAL, SIGNING_KEYS_ROTATE, NOTIFICATIONS_WRITE ->
                credential.kind() == CredentialKind.SESSION;
            case ORGANIZATIONS_CREATE -> credential.kind() == CredentialKind.BOOTSTRAP;
            case CHECK,
                    ASK,
                    EVALUATE,
                    ASK_ON_BEHALF,
                    REDEEM,
                    REDEEM_FOR_OTHERS,
                    REQUESTS_READ,
                    REQUESTS_CANCEL,
                    VOTE,
                    VOTE_IN_BULK,
                    FOLLOW_UPS,
                    CLUSTER_TOKENS,
                    GRANTS_REVOKE,
                    PAYLOAD_READ_ALL,
                    DIRECTORY_READ,
                    DIRECTORY_WRITE,
                    PROJECTS_WRITE,
                    ORGANIZATION_WRITE,
                    POLICY_READ,
                    POLICY_WRITE,
                    ENVIRONMENTS_FREEZE,
                    BREAKGLASS_OPEN,
                    AUDIT_READ,
                    CLOCK_WRITE ->
                credential.kind() == CredentialKind.SESSION || !Collections.disjoint(scopes, credential.scopes());
        };
    }
}
