package io.countersign.core.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.generation.Choices;
import io.countersign.core.generation.ForAll;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Writing and reading are each other's reverse, and a difference leads where it says. */
class DeclarationRoundTripTest {

    /** Two organizations. */
    private record Pair(Declaration one, Declaration other) {

        static Pair any(Choices choices) {
            return new Pair(Organizations.any(choices), Organizations.any(choices));
        }
    }

    @Test
    void readsWhatItWroteAndWritesItTheSameWayAgain() {
        ForAll.examples(400, Organizations::any, organization -> {
            Map<String, Object> written = DeclarationWriter.write(organization);
            DeclarationText read = DeclarationReader.read(List.of(written));
            assertThat(read.faults()).isEmpty();
            assertThat(read.unknown(read.declaration(), ActionCatalogue.standard(), Set.of()))
                    .isEmpty();
            assertThat(DeclarationWriter.write(read.declaration())).isEqualTo(written);
            assertThat(Difference.between(organization, read.declaration(), true)
                            .steps())
                    .isEmpty();
        });
    }

    @Test
    void aPrunedDifferenceLeadsFromAnyOrganizationToAnyOther() {
        ForAll.examples(400, Pair::any, pair -> {
            Declaration wanted = DeclarationReader.read(List.of(DeclarationWriter.write(pair.other())))
                    .declaration();
            Difference difference = Difference.between(pair.one(), wanted, true);
            Declaration reached = difference.applied(pair.one());
            assertThat(Difference.between(reached, wanted, true).steps()).isEmpty();
        });
    }

    @Test
    void withoutPruningNothingIsTakenAway() {
        ForAll.examples(200, Pair::any, pair -> {
            Declaration wanted = DeclarationReader.read(List.of(DeclarationWriter.write(pair.other())))
                    .declaration();
            Difference difference = Difference.between(pair.one(), wanted, false);
            assertThat(difference.count("remove")).isZero();
            assertThat(difference.applied(pair.one()).all())
                    .hasSizeGreaterThanOrEqualTo(pair.one().all().size());
        });
    }
}
