package io.countersign.server.directory;

import io.countersign.server.platform.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a token can be made for; a scope is worth only what the principal's rights are worth. */
final class Scopes {

    static final String VOTE = "vote";

    /** How long a token may last, and one that votes. */
    static final Duration MOST = Duration.ofDays(365);

    static final Duration MOST_WITH_VOTE = Duration.ofDays(30);

    /** How long it lasts when nobody says. */
    static final Duration DEFAULT = Duration.ofDays(30);

    static final Duration LEAST = Duration.ofMinutes(1);

    /** Breaking the glass is done in person and never by a token. */
    static final Set<String> ALL = Set.of(
            "check",
            "ask",
            "redeem",
            "read",
            VOTE,
            "policy",
            "directory",
            "audit",
            "freeze",
            "revoke",
            "on-behalf",
            "cluster-token");

    /** With these a token decides, or changes who decides: making one is an action of its own. */
    static final Set<String> GATED = Set.of(VOTE, "policy");

    private Scopes() {}

    /** The scopes that reach nothing at all now, with the rights of this principal and of who makes the token. */
    static List<String> tooWide(Set<String> scopes, DirectoryImage image, String principalId, String makerId) {
        return new TreeSet<>(scopes)
                .stream()
                        .filter(scope -> permissions(scope)
                                .noneMatch(permission ->
                                        image.holds(principalId, permission) && image.mayHandOn(makerId, permission)))
                        .toList();
    }

    private static Stream<Permission> permissions(String scope) {
        return Stream.of(Permission.values())
                .filter(permission -> permission.scopes().contains(scope));
    }
}
