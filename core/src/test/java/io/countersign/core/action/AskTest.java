package io.countersign.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
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
