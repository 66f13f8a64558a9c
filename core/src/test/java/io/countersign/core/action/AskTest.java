package io.countersign.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AskTest {

    private static final ActionType DEPLOY =
            ActionCatalogue.standard().find("release.deploy").orElseThrow();
    private static final ActionType ROLLBACK =
            ActionCatalogue.standard().find("rollback.execute").orElseThrow();

    @Test
    void hasTheSameAimWhateverThePayloadAndReason() {
        Ask ask = ask("org", "rita", DEPLOY, "env-1", "plan");
        assertThat(ask.sameAim(ask("org", "rita", DEPLOY, "env-1", "other plan")))
                .isTrue();
        assertThat(ask.sameAim(ask("other", "rita", DEPLOY, "env-1", "plan"))).isFalse();
        assertThat(ask.sameAim(ask("org", "rolf", DEPLOY, "env-1", "plan"))).isFalse();
        assertThat(ask.sameAim(ask("org", "rita", ROLLBACK, "env-1", "plan"))).isFalse();
        assertThat(ask.sameAim(ask("org", "rita", DEPLOY, "env-2", "plan"))).isFalse();
    }

    @Test
    void hasTheSameAimHoweverTheThingIsToChangeButOnNoOtherPartOfIt() {
        Ask first = push("main", "r-1", "old", "first");
        assertThat(first.sameAim(push("main", "r-2", "older", "second"))).isTrue();
        assertThat(first.sameAim(push("hotfix", "r-1", "old", "first"))).isFalse();
        assertThat(first.sameAim(onCluster())).isFalse();
    }

    private static Ask push(String ref, String release, String from, String to) {
        return on(
                new Resource(ResourceLevel.ENVIRONMENT, "env-1", release, from, to, new TreeMap<>(Map.of("ref", ref))));
    }

    private static Ask onCluster() {
        return on(new Resource(
                ResourceLevel.CLUSTER, "env-1", "r-1", "old", "first", new TreeMap<>(Map.of("ref", "main"))));
    }

    private static Ask on(Resource resource) {
        Subject rita = new Subject("rita", PrincipalKind.PERSON);
        return new Ask("org", rita, rita, DEPLOY, resource, PayloadDigest.of(new byte[0]), null, null, Set.of());
    }

    @Test
    void takesTheReasonOfAnEarlierAskOnlyWhereItGivesNone() {
        Ask explained = ask("org", "rita", DEPLOY, "env-1", "because");
        Ask silent = push("main", "r-1", "old", "first");
        assertThat(silent.explainedBy(explained).reason()).isEqualTo("because");
        assertThat(silent.explainedBy(explained).resource()).isEqualTo(silent.resource());
        assertThat(explained.explainedBy(silent).reason()).isEqualTo("because");
    }

    @Test
    void isOnBehalfWhenAnotherAuthenticated() {
        Subject rita = new Subject("rita", PrincipalKind.PERSON);
        Subject git = new Subject("git", PrincipalKind.SERVICE);
        assertThat(ask(rita, rita).onBehalf()).isFalse();
        assertThat(ask(rita, git).onBehalf()).isTrue();
        assertThat(rita.isPerson()).isTrue();
        assertThat(git.isPerson()).isFalse();
        assertThat(new Subject("bot", PrincipalKind.AGENT).isPerson()).isFalse();
        assertThat(new Subject("root", PrincipalKind.BOOTSTRAP).isPerson()).isFalse();
    }

    private static Ask ask(Subject subject, Subject caller) {
        return new Ask(
                "org",
                subject,
                caller,
                DEPLOY,
                Resource.of(ResourceLevel.ENVIRONMENT, "env-1"),
                PayloadDigest.of(new byte[0]),
                null,
                null,
                Set.of());
    }

    private static Ask ask(String organization, String subject, ActionType action, String environment, String payload) {
        Subject who = new Subject(subject, PrincipalKind.PERSON);
        return new Ask(
                organization,
                who,
                who,
                action,
                Resource.of(ResourceLevel.ENVIRONMENT, environment),
                PayloadDigest.of(payload.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                payload,
                null,
                Set.of());
    }
}
