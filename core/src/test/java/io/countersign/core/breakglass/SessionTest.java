package io.countersign.core.breakglass;

import static io.countersign.core.breakglass.Emergency.ANN;
import static io.countersign.core.breakglass.Emergency.BOB;
import static io.countersign.core.breakglass.Emergency.CLUSTER;
import static io.countersign.core.breakglass.Emergency.GIT;
import static io.countersign.core.breakglass.Emergency.HOUR;
import static io.countersign.core.breakglass.Emergency.PRODUCTION;
import static io.countersign.core.breakglass.Emergency.ROBOT;
import static io.countersign.core.breakglass.Emergency.STAGING;
import static io.countersign.core.breakglass.Emergency.START;
import static io.countersign.core.breakglass.Emergency.THERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Subject;
import io.countersign.core.approval.Bypass;
import io.countersign.core.breakglass.Passage.Why;
import io.countersign.core.breakglass.SessionScope.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final Instant LATER = START.plus(Duration.ofMinutes(10));

    private static Passage judge(Session session, Subject subject, Subject caller, String action, Resource resource) {
        return session.judge(
                Emergency.ask(subject, caller, action, resource), Emergency.place(resource), THERE, HOUR, LATER);
    }

    @Test
    void letsItsOwnerPassInScopeUntilItsEnd() {
        assertThat(judge(Emergency.open(), ANN, ANN, "release.deploy", PRODUCTION))
                .isEqualTo(
                        new Passage.Lets(new Bypass("bgs-1", "BG-1", "the shop is down", "INC-1", START.plus(HOUR))));
    }

    @Test
    void letsAnEnforcementPointPassThatSpeaksForItsOwnerAndNoAgent() {
        assertThat(judge(Emergency.open(), ANN, GIT, "release.deploy", PRODUCTION))
                .isInstanceOf(Passage.Lets.class);
        assertThat(judge(Emergency.open(), ANN, ROBOT, "release.deploy", PRODUCTION))
                .isEqualTo(new Passage.Refuses(Why.AGENT));
    }

    @Test
    void isForNobodyElse() {
        assertThat(judge(Emergency.open(), BOB, BOB, "release.deploy", PRODUCTION))
                .isEqualTo(new Passage.Refuses(Why.NOT_YOURS));
        assertThat(judge(Emergency.open(), BOB, ANN, "release.deploy", PRODUCTION))
                .isEqualTo(new Passage.Refuses(Why.NOT_YOURS));
    }

    @Test
    void reachesNeitherOtherActionsNorOtherPlaces() {
        assertThat(judge(Emergency.open(), ANN, ANN, "rollback.execute", PRODUCTION))
                .isEqualTo(new Passage.Refuses(Why.OUT_OF_SCOPE));
        assertThat(judge(Emergency.open(), ANN, ANN, "release.deploy", STAGING))
                .isEqualTo(new Passage.Refuses(Why.OUT_OF_SCOPE));
    }

    @Test
    void beginsWithTheApprovalOfItsOpening() {
        Session awaited = Emergency.session(new Opening.Awaited(), null);
        assertThat(awaited.stateAt(LATER, THERE, HOUR)).isEqualTo(new SessionState.Requested());
        Session approved = Emergency.session(new Opening.Approved(LATER), null);
        assertThat(approved.stateAt(LATER, THERE, HOUR)).isEqualTo(new SessionState.Active(LATER, LATER.plus(HOUR)));
        assertThat(approved.stateAt(START, THERE, HOUR)).isEqualTo(new SessionState.Requested());
        assertThat(Emergency.session(new Opening.Refused("denied"), null).stateAt(LATER, THERE, HOUR))
                .isEqualTo(new SessionState.NotOpened("denied"));
    }

    @Test
    void endsAtItsTimeAndNotBefore() {
        Instant end = START.plus(HOUR);
        assertThat(Emergency.open().stateAt(end.minusNanos(1), THERE, HOUR))
                .isEqualTo(new SessionState.Active(START, end));
        assertThat(Emergency.open().stateAt(end, THERE, HOUR))
                .isEqualTo(new SessionState.Ended(START, end, EndCause.TIME));
    }

    @Test
    void endsEarlierWhenTheMaximumIsLowered() {
        Duration half = Duration.ofMinutes(30);
        assertThat(Emergency.open().stateAt(LATER, THERE, half))
                .isEqualTo(new SessionState.Active(START, START.plus(half)));
        assertThat(Emergency.open().stateAt(START.plus(half), THERE, half))
                .isEqualTo(new SessionState.Ended(START, START.plus(half), EndCause.MAXIMUM_LOWERED));
    }

    @Test
    void endsWithItsOwnerAndWithThePermission() {
        assertThat(Emergency.open().stateAt(LATER, new OwnerNow(false, true), HOUR))
                .isEqualTo(new SessionState.Ended(START, LATER, EndCause.OWNER_DISABLED));
        assertThat(Emergency.open().stateAt(LATER, new OwnerNow(true, false), HOUR))
                .isEqualTo(new SessionState.Ended(START, LATER, EndCause.PERMISSION_TAKEN));
    }

    @Test
    void staysRevokedAndCountsHowLongItLasted() {
        Session revoked = Emergency.session(new Opening.AtOnce(START), new Session.End(LATER, EndCause.REVOKED));
        SessionState state = revoked.stateAt(START.plus(Duration.ofDays(1)), THERE, HOUR);
        assertThat(state).isEqualTo(new SessionState.Ended(START, LATER, EndCause.REVOKED));
        assertThat(((SessionState.Ended) state).lasted()).isEqualTo(Duration.ofMinutes(10));
        Session beforeItBegan = Emergency.session(new Opening.Awaited(), new Session.End(START, EndCause.REVOKED));
        assertThat(beforeItBegan.stateAt(LATER, THERE, HOUR)).isEqualTo(new SessionState.NotOpened("revoked"));
        Session approvedAfterwards =
                Emergency.session(new Opening.Approved(LATER), new Session.End(START, EndCause.REVOKED));
        assertThat(approvedAfterwards.stateAt(LATER, THERE, HOUR)).isEqualTo(new SessionState.NotOpened("revoked"));
    }

    @Test
    void anEndThatWasWrittenDownStandsWhateverTheMaximumAndTheClockAreLater() {
        Session revoked = Emergency.session(new Opening.AtOnce(START), new Session.End(LATER, EndCause.REVOKED));
        Session.End atItsTime = new Session.End(START.plus(HOUR), EndCause.TIME);
        Session over = Emergency.session(new Opening.AtOnce(START), atItsTime);
        Duration lowered = Duration.ofMinutes(5);
        assertThat(revoked.stateAt(START.plus(HOUR), THERE, lowered))
                .isEqualTo(new SessionState.Ended(START, LATER, EndCause.REVOKED));
        assertThat(over.stateAt(LATER, THERE, HOUR))
                .isEqualTo(new SessionState.Ended(START, atItsTime.at(), EndCause.TIME));
    }

    @Test
    void aScopeReachesWhatLiesBelowAProjectButNeverTheClusterUnderIt() {
        SessionScope project = new SessionScope(
                Set.of("release.deploy", "cluster.restart"), Set.of(new Target(ResourceLevel.PROJECT, "prj")));
        Session session = Emergency.session(project, new Opening.AtOnce(START), null);
        assertThat(project.isWide()).isTrue();
        assertThat(judge(session, ANN, ANN, "release.deploy", STAGING)).isInstanceOf(Passage.Lets.class);
        assertThat(judge(session, ANN, ANN, "cluster.restart", CLUSTER))
                .isEqualTo(new Passage.Refuses(Why.OUT_OF_SCOPE));
    }

    @Test
    void noScopeReachesRulesRolesOrSessions() {
        Resource organization = Resource.of(ResourceLevel.ORGANIZATION, "org-1");
        Set<String> never = Set.of("breakglass.initiate", "policy.change", "control.change", "role.change");
        SessionScope all = new SessionScope(never, Set.of(new Target(ResourceLevel.ORGANIZATION, "org-1")));
        Session session = Emergency.session(all, new Opening.AtOnce(START), null);
        for (String action : never) {
            assertThat(judge(session, ANN, ANN, action, organization))
                    .as(action)
                    .isEqualTo(new Passage.Refuses(Why.OUT_OF_SCOPE));
        }
    }

    @Test
    void aScopeIsNeverEmpty() {
        assertThatThrownBy(() -> new SessionScope(Set.of(), Set.of(new Target(ResourceLevel.ORGANIZATION, "org-1"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SessionScope(Set.of("release.deploy"), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
