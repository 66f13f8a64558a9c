package io.countersign.server.directory;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.audit.AccessEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.TokenStore.Token;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.CredentialKind;
import io.countersign.server.platform.Duplicates;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Secrets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Makes and revokes API tokens. */
@Service
class Tokens {

    private final Changes changes;
    private final TokenStore tokens;
    private final Directory directory;
    private final Epochs epochs;
    private final Credentials credentials;
    private final ObjectProvider<CompromisedCredentials> listeners;

    Tokens(
            Changes changes,
            TokenStore tokens,
            Directory directory,
            Epochs epochs,
            Credentials credentials,
            ObjectProvider<CompromisedCredentials> listeners) {
        this.changes = changes;
        this.tokens = tokens;
        this.directory = directory;
        this.epochs = epochs;
        this.credentials = credentials;
        this.listeners = listeners;
    }

    /** A new token; the secret is known only here and to whom it is told. */
    record Made(Token token, String secret) {}

    /** What a token is to be. */
    record Wish(String name, List<String> scopes, @Nullable Duration expiresIn) {}

    /** Makes a token of the caller's own. */
    Made makeOwn(Caller caller, Actor actor, Wish wish) {
        return make(caller, actor, caller.principalId(), wish);
    }

    /** Makes a token for an account, by the person who answers for it or an administrator. */
    Made makeFor(Caller caller, Actor actor, String account, Wish wish) {
        DirectoryImage image = directory.fresh(caller.organizationId());
        Principal principal = image.principal(account)
                .filter(found -> found.kind() != PrincipalKind.PERSON && found.kind() != PrincipalKind.BOOTSTRAP)
                .orElseThrow(() -> ProblemException.notFound("account", account));
        boolean answers = caller.principalId().equals(image.accountable(principal.id()));
        if (!answers && !image.holds(caller.principalId(), Permission.DIRECTORY_WRITE)) {
            throw Problem.of(
                            403,
                            "not-accountable",
                            "only who answers for `@" + principal.handle() + "` makes its tokens")
                    .remedy("ask the accountable person or an administrator")
                    .raise();
        }
        return make(caller, actor, principal.id(), wish);
    }

    private Made make(Caller caller, Actor actor, String principalId, Wish wish) {
        Fields fields = new Fields();
        String name = fields.name("name", wish.name());
        Set<String> scopes = new HashSet<>();
        if (wish.scopes().size() > Scopes.ALL.size()) {
            fields.wrong("scopes", "too-many", "there are " + Scopes.ALL.size() + " scopes, each is named once");
        } else {
            wish.scopes().forEach(scope -> scopes.add(fields.oneOf("scopes", scope, Scopes.ALL)));
            Duplicates.first(wish.scopes())
                    .ifPresent(at -> fields.wrong(
                            "scopes[" + at + "]",
                            "duplicate-id",
                            Duplicates.sentence(wish.scopes().get(at))));
        }
        if (wish.scopes().isEmpty()) {
            fields.wrong("scopes", "field-required", "a token is made for something: name at least one scope");
        }
        Duration lasts = lasts(fields, scopes, wish.expiresIn());
        fields.check();
        return changes.aside(actor, change -> {
            credentials.recheck(caller, Permission.TOKENS_OWN);
            DirectoryImage image = directory.at(change.orgId(), epochs.hold(change.orgId()));
            demandNarrow(scopes, image, principalId, caller.principalId());
            String secret = Secrets.draw(CredentialMemory.TOKEN_PREFIX);
            Token token = new Token(
                    change.orgId(),
                    Ids.next(IdPrefix.TOKEN),
                    principalId,
                    change.by(),
                    name,
                    scopes.stream().sorted().toList(),
                    change.now(),
                    change.now().plus(lasts),
                    null,
                    false,
                    null);
            tokens.insert(token, Secrets.hash(secret));
            change.tell(new AccessEntry.TokenMade(token.id(), principalId, name, token.scopes(), token.expiresAt()));
            return new Made(token, secret);
        });
    }

    private static Duration lasts(Fields fields, Set<String> scopes, @Nullable Duration wished) {
        Duration lasts = wished == null ? Scopes.DEFAULT : wished;
        Duration most = scopes.contains(Scopes.VOTE) ? Scopes.MOST_WITH_VOTE : Scopes.MOST;
        if (lasts.compareTo(Scopes.LEAST) < 0 || lasts.compareTo(most) > 0) {
            fields.wrong(
                    "expiresIn",
                    "wrong-value",
                    "a token " + (scopes.contains(Scopes.VOTE) ? "that votes " : "") + "lasts from " + Scopes.LEAST
                            + " to P" + most.toDays() + "D");
        }
        return lasts;
    }

    private static void demandNarrow(Set<String> scopes, DirectoryImage image, String principalId, String makerId) {
        List<String> tooWide = Scopes.tooWide(scopes, image, principalId, makerId);
        if (!tooWide.isEmpty()) {
            throw Problem.of(
                            403,
                            "scope-too-wide",
                            "the scope `" + String.join("`, `", tooWide)
                                    + "` is wider than the rights it would rest on")
                    .with("scopes", tooWide)
                    .remedy("leave it out, or ask an administrator for the role or permission first")
                    .raise();
        }
    }

    /**
     * Revokes a token. One that was in wrong hands is told to whoever must undo what it did, in the same transaction and
     * while nobody decides anything; a second revocation answers as the first.
     */
    Token revoke(Caller caller, Actor actor, String tokenId, boolean compromised) {
        return changes.aside(actor, change -> {
            epochs.lock(change.orgId());
            Token before = tokens.byId(change.orgId(), tokenId)
                    .filter(token -> mayRevoke(caller, token))
                    .orElseThrow(() -> ProblemException.notFound("token", tokenId));
            boolean news = before.revokedAt() == null || (compromised && !before.compromised());
            if (news) {
                tokens.revoke(change.orgId(), tokenId, change.by(), compromised, change.now());
                epochs.forgetCredentials(change.orgId());
                change.tell(new AccessEntry.TokenRevoked(tokenId, before.principalId(), compromised));
                if (compromised) {
                    listeners.orderedStream().forEach(listener -> listener.compromised(actor, tokenId));
                }
            }
            return tokens.byId(change.orgId(), tokenId).orElseThrow();
        });
    }

    /** Its principal in a session, the token itself, who answers for its account, and whoever may revoke at all. */
    private boolean mayRevoke(Caller caller, Token token) {
        if (caller.credential().id().equals(token.id())) {
            return true;
        }
        DirectoryImage image = directory.fresh(caller.organizationId());
        boolean mine = caller.principalId().equals(token.principalId())
                || caller.principalId().equals(image.accountable(token.principalId()));
        boolean anybodys = image.allows(caller, Permission.GRANTS_REVOKE);
        return anybodys || (mine && caller.credential().kind() == CredentialKind.SESSION);
    }

    /** Whose tokens the caller may see: everybody's for an administrator, else his own and his accounts'. */
    Optional<List<String>> visible(Caller caller) {
        DirectoryImage image = directory.fresh(caller.organizationId());
        boolean all = image.allows(caller, Permission.DIRECTORY_WRITE);
        return all ? Optional.empty() : Optional.of(image.answersFor(caller.principalId()));
    }
}
