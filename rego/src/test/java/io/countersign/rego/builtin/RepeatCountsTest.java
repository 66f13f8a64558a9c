package io.countersign.rego.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatCountsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "a{1000}",
                "(a{30}){30}",
                "(a{2}b{500}|c{500}){2}",
                "[{]{3}(x{10}){100}",
                "[]{5000}]",
                "[^]{5000}]",
                "[[:alpha:]{5000}]",
                "\\{5000}",
                "\\Q(a{1000}){1000}\\E",
                "\\p{Greek}{1000}",
                "\\x{10FFFF}{1000}",
                "((a{0}){1000}){0}",
                "a{,5000}",
                "{5000",
                "(a{1000})*"
            })
    void whatGoTakes(String source) {
        assertThat(RepeatCounts.fault(source)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "a{1001}#{1001}",
                "a{1001,}#{1001,}",
                "(a{32}){32}#{32}",
                "(((a{0,100}){0,100}){0,100})#{0,100}",
                "((x(y{2}|z)){501}){1}#{501}",
                "([a-z]{2}\\{){501}#{501}"
            })
    void whatGoRefuses(String source, String count) {
        assertThat(RepeatCounts.fault(source)).isEqualTo("invalid repeat count: `" + count + "`");
    }

    @Test
    void whatGrowsTooLarge() {
        assertThat(RepeatCounts.fault("(" + "a".repeat(600) + "){1000}")).isEqualTo("expression too large");
        assertThat(RepeatCounts.fault(("(" + "a".repeat(400) + "){1000}").repeat(2)))
                .isEqualTo("expression too large");
    }
}
