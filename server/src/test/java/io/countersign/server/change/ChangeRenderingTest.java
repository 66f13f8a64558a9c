package io.countersign.server.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.change.ChangeContent.JsonText;
import io.countersign.server.change.ChangeContent.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeRenderingTest {

    @Test
    void writesJsonInTheOrderOfItsBytesWithEveryNumberAsItStands() {
        ChangeView view = Rendered.of("application/json", "{\"z\":1.50,\"a\":[9007199254740993,{}],\"z\":\"\\u202e\"}");
        assertThat(Rendered.text(((JsonText) view.content()).lines())).isEqualTo("""
                {
                  "z": 1.50,
                  "a": [
                    9007199254740993,
                    {}
                  ],
                  "z": "\\u202e"
                }""");
        assertThat(view.complete()).isTrue();
    }

    @Test
    void coversSecretsWithoutBreakingTheDocument() {
        ChangeView view = Rendered.of("application/json", "{\"password\":\"hunter22\",\"token\":12345678,\"size\":3}");
        assertThat(Rendered.text(((JsonText) view.content()).lines()))
                .isEqualTo("{\n  \"password\": \"********\",\n  \"token\": \"******\",\n  \"size\": 3\n}");
        assertThat(view.covered()).isEqualTo(2);
    }

    @Test
    void showsAsTextWhatOnlyClaimsToBeJson() {
        ChangeView view = Rendered.of("application/json", "{\"a\": 1");
        assertThat(view.content()).isInstanceOf(PlainText.class);
        assertThat(view.remarks()).singleElement().asString().contains("no JSON that can be read");
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(Rendered.of("application/json", deep).content()).isInstanceOf(PlainText.class);
        byte[] marked = "\ufeff{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        ChangeView view2 = Rendered.of("application/json", marked);
        assertThat(Rendered.text(((PlainText) view2.content()).lines())).isEqualTo("⟦U+FEFF⟧{\"a\":1}");
        assertThat(view2.hidden()).isEqualTo(1);
    }

    @Test
    void marksWhatHides() {
        ChangeView view = Rendered.of("text/plain", "admin\u202e \u200bx\u0007 p\u0430ypal привет ⟦U+0041⟧\r\nend");
        assertThat(Rendered.text(((PlainText) view.content()).lines()))
                .isEqualTo("admin⟦U+202E⟧ ⟦U+200B⟧x⟦U+0007⟧ p⟦U+0430⟧ypal привет ⟦U+27E6⟧U+0041⟦U+27E7⟧⟦CR⟧\nend\n"
                        + "no line break at the end");
        assertThat(view.hidden()).isEqualTo(5);
        assertThat(view.lookalikes()).isEqualTo(1);
    }

    @Test
    void showsAPartAndSaysThatThereIsMore() {
        String text = "line\n".repeat(12_000);
        ChangeRendering.Source source = Rendered.source("text/plain", text);
        ChangeView first = ChangeRendering.structured(source, 0);
        assertThat(first.complete()).isFalse();
        assertThat(first.leftOut()).isEqualTo("7,000 of 12,000 lines follow and are not shown here");
        assertThat(first.rows()).isEqualTo(new ChangeView.Rows(0, 5_000, 12_000, 5_000));
        ChangeView last = ChangeRendering.structured(source, 10_000);
        assertThat(last.rows()).isEqualTo(new ChangeView.Rows(10_000, 2_000, 12_000, null));
        assertThat(last.complete()).isFalse();
        assertThat(last.leftOut()).isEqualTo("the first 10,000 lines are not in this part");
    }

    @Test
    void showsAllOfOneLongLineInParts() {
        String text = "0123456789".repeat(200_000);
        ChangeRendering.Source source = Rendered.source("text/plain", text);
        StringBuilder all = new StringBuilder();
        Integer next = 0;
        List<Integer> offsets = new ArrayList<>();
        while (next != null) {
            offsets.add(next);
            ChangeView part = ChangeRendering.structured(source, next);
            ((PlainText) part.content()).lines().forEach(line -> all.append(line.text()));
            next = part.rows().nextOffset();
        }
        assertThat(all.toString().equals(text)).isTrue();
        assertThat(offsets).hasSizeGreaterThan(7);
    }

    @Test
    void showsBytesAsNumbersAndNothingAsNothing() {
        ChangeView view = Rendered.of("application/octet-stream", new byte[] {0, 1, (byte) 0xff});
        assertThat(Rendered.text(((ChangeContent.Binary) view.content()).hex())).isEqualTo("00 01 ff");
        assertThat(view.complete()).isTrue();
        assertThat(Rendered.of("text/plain", "").content()).isInstanceOf(ChangeContent.Empty.class);
    }
}
