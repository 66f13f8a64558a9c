package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.audit.ApprovalEntry;
import org.junit.jupiter.api.Test;

class EntryTypesTest {

    @Test
    void namesARecordInKebabCase() {
        assertThat(EntryTypes.nameOf(ApprovalEntry.VoteCast.class)).isEqualTo("vote-cast");
    }

    @Test
    void findsEveryKindByItsName() {
        assertThat(EntryTypes.names())
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(
                                EntryTypes.nameOf(EntryTypes.named(name).orElseThrow()))
                        .isEqualTo(name)
                        .matches("[a-z]+(-[a-z]+)*"));
        assertThat(EntryTypes.named("nonsense")).isEmpty();
    }
}
