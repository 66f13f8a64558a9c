package io.countersign.server.directory;

import org.springframework.stereotype.Component;

/** Ends everything a principal gets in with. */
@Component
class CredentialEnd {

    private final SessionStore sessions;
    private final TokenStore tokens;
    private final LinkStore links;
    private final Epochs epochs;

    CredentialEnd(SessionStore sessions, TokenStore tokens, LinkStore links, Epochs epochs) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.links = links;
        this.epochs = epochs;
    }

    /** How many ended before their time. */
    record Ended(int sessions, int tokens) {}

    /** Ends sessions, tokens and links; no node remembers them a second later. */
    Ended of(DirectoryChange change, String principalId) {
        links.endAll(change.orgId(), principalId, change.now());
        Ended ended = new Ended(
                sessions.endAll(change.orgId(), principalId, "", change.now()),
                tokens.revokeAll(change.orgId(), principalId, change.by(), change.now()));
        epochs.forgetCredentials(change.orgId());
        return ended;
    }
}
