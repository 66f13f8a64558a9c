package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.gate.Linearization.Done;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge of histories, on some that are easily judged. */
class LinearizationTest {

    private static final String ONE_VOTE = "200 pending {bob=+}";
    private static final String TWO_VOTES = "200 pending {bob=+, cid=+}";
    private static final String THREE_VOTES = "200 approved {bob=+, cid=+, dan=+}";

    private static Done done(Deed deed, long called, long answered, String answer) {
        return new Done(deed, called, answered, answer);
    }

    private static boolean isPossible(Done... history) {
        return Linearization.isPossible(List.of(history));
    }

    @Test
    void whatFollowsOneAfterTheOtherIsExplained() {
        assertThat(isPossible(
                        done(new Deed.Approve("bob"), 0, 1, ONE_VOTE),
                        done(new Deed.Approve("cid"), 2, 3, TWO_VOTES),
                        done(new Deed.Approve("dan"), 4, 5, THREE_VOTES),
                        done(new Deed.Redeem("ann", "x"), 6, 7, "200 permit"),
                        done(new Deed.Read("eve"), 8, 9, "200 executing {bob=+, cid=+, dan=+} for x")))
                .isTrue();
    }

    @Test
    void aReadOfThePastIsNot() {
        Done vote = done(new Deed.Approve("bob"), 0, 1, ONE_VOTE);
        assertThat(isPossible(vote, done(new Deed.Read("cid"), 2, 3, "200 pending {}")))
                .isFalse();
        assertThat(isPossible(vote, done(new Deed.Read("cid"), 0, 3, "200 pending {}")))
                .isTrue();
    }

    @Test
    void aStateBesideTheVotesOfALaterOneIsNot() {
        assertThat(isPossible(
                        done(new Deed.Approve("bob"), 0, 9, ONE_VOTE),
                        done(new Deed.Approve("cid"), 0, 9, TWO_VOTES),
                        done(new Deed.Approve("dan"), 0, 9, THREE_VOTES),
                        done(new Deed.Read("eve"), 0, 9, "200 pending {bob=+, cid=+, dan=+}")))
                .isFalse();
    }

    @Test
    void whatOverlapsStandsInEitherOrder() {
        Done approval = done(new Deed.Approve("bob"), 0, 9, "409 not-pending");
        assertThat(isPossible(approval, done(new Deed.Deny("dan"), 5, 12, "200 denied {dan=-}")))
                .isTrue();
        assertThat(isPossible(approval, done(new Deed.Deny("dan"), 10, 12, "200 denied {dan=-}")))
                .isFalse();
    }

    @Test
    void twoUsesOfOneGrantAreNot() {
        Done bob = done(new Deed.Approve("bob"), 0, 1, ONE_VOTE);
        Done cid = done(new Deed.Approve("cid"), 2, 3, TWO_VOTES);
        Done dan = done(new Deed.Approve("dan"), 3, 4, THREE_VOTES);
        Done use = done(new Deed.Redeem("ann", "x"), 5, 9, "200 permit");
        assertThat(isPossible(bob, cid, dan, use, done(new Deed.Redeem("ann", "x"), 5, 9, "200 permit")))
                .isTrue();
        assertThat(isPossible(bob, cid, dan, use, done(new Deed.Redeem("ann", "y"), 5, 9, "200 permit")))
                .isFalse();
    }

    @Test
    void twoReadsSeeTheSameOrder() {
        assertThat(isPossible(
                        done(new Deed.Approve("bob"), 0, 20, ONE_VOTE),
                        done(new Deed.Read("cid"), 1, 2, ONE_VOTE),
                        done(new Deed.Read("eve"), 3, 4, "200 pending {}")))
                .isFalse();
    }

    @Test
    void whatGotNoAnswerMayHaveHappenedOrNot() {
        Done lost = Done.unanswered(new Deed.Approve("bob"), 0);
        assertThat(isPossible(lost, done(new Deed.Read("cid"), 5, 6, ONE_VOTE))).isTrue();
        assertThat(isPossible(lost, done(new Deed.Read("cid"), 5, 6, "200 pending {}")))
                .isTrue();
        assertThat(isPossible(lost, done(new Deed.Read("cid"), 5, 6, "200 denied {bob=-}")))
                .isFalse();
    }
}
