package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditCsvTest {

    @Test
    void quotesEveryCell() {
        assertThat(AuditCsv.cell("a \"b\", c\n")).isEqualTo("\"a \"\"b\"\", c\n\"");
        assertThat(AuditCsv.cell("")).isEqualTo("\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1"})
    void letsNoSpreadsheetCalculate(String text) {
        assertThat(AuditCsv.cell(text)).isEqualTo("\"'" + text + "\"");
    }
}
