package io.countersign.core.breakglass;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.Ask;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Subject;
import io.countersign.core.action.Tier;
import io.countersign.core.breakglass.SessionScope.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The people and places of an emergency, for tests. */
final class Emergency {

    static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    static final Duration HOUR = Duration.ofHours(1);
    static final OwnerNow THERE = new OwnerNow(true, true);
    static final Subject ANN = new Subject("ann", PrincipalKind.PERSON);
    static final Subject BOB = new Subject("bob", PrincipalKind.PERSON);
    static final Subject GIT = new Subject("git", PrincipalKind.SERVICE);
    static final Subject ROBOT = new Subject("robot", PrincipalKind.AGENT);
    static final Resource PRODUCTION = Resource.of(ResourceLevel.ENVIRONMENT, "env-production");
    static final Resource STAGING = Resource.of(ResourceLevel.ENVIRONMENT, "env-staging");
    static final Resource CLUSTER = Resource.of(ResourceLevel.CLUSTER, "cluster-eu");
    static final SessionScope SCOPE =
            new SessionScope(Set.of("release.deploy"), Set.of(new Target(ResourceLevel.ENVIRONMENT, "env-production")));

    private Emergency() {}

    static Session session(Opening opening, Session.@Nullable End end) {
        return session(SCOPE, opening, end);
    }

    static Session session(SessionScope scope, Opening opening, Session.@Nullable End end) {
        return new Session("bgs-1", 1, "ann", "the shop is down", "INC-1", scope, HOUR, opening, end);
    }

    static Session open() {
        return session(new Opening.AtOnce(START), null);
    }

    static Ask ask(Subject subject, Subject caller, String action, Resource resource) {
        return new Ask(
                "org-1",
                subject,
                caller,
                ActionCatalogue.standard().find(action).orElseThrow(),
                resource,
                PayloadDigest.of(new byte[0]),
                "because",
                null,
                Set.of());
    }

    static Place place(Resource resource) {
        EnvironmentFacts production =
                new EnvironmentFacts("env-production", "production", "prj", Tier.PRODUCTION, "cluster-eu", false);
        EnvironmentFacts staging =
                new EnvironmentFacts("env-staging", "staging", "prj", Tier.STAGING, "cluster-eu", false);
        return switch (resource.level()) {
            case ORGANIZATION -> new Place("org-1", null, null, List.of());
            case PROJECT -> new Place("org-1", "prj", null, List.of());
            case CLUSTER -> new Place("org-1", null, "cluster-eu", List.of(production, staging));
            case ENVIRONMENT ->
                new Place("org-1", "prj", "cluster-eu", List.of(resource.equals(PRODUCTION) ? production : staging));
        };
    }
}
