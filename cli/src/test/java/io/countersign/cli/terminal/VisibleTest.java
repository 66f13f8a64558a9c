package io.countersign.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.Glyphs;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VisibleTest {

    private static final int[] HOSTILE = {
        0x00, 0x07, 0x08, 0x09, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0x9b, 0x9d, 0xa0, 0xad, 0x34f, 0x61c, 0x115f, 0x180e,
        0x200b, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0x2800, 0x3164, 0xd800,
        0xdfff, 0xe000, 0xfe0f, 0xfeff, 0xfff9, 0xffff, 0xe0001, 0xe0041, 0xe0100, 0x10ffff
    };

    private final Visible visible = new Visible(true);

    @Test
    void marksAnEscapeSequence() {
        assertThat(visible.line("red \u001b[31mtext")).isEqualTo("red ⟨ESC⟩[31mtext");
    }

    @Test
    void marksTextThatRunsBackwards() {
        assertThat(visible.line("user\u202e txt.exe")).isEqualTo("user⟨U+202E⟩ txt.exe");
    }

    @Test
    void marksALetterThatOnlyLooksLikeTheLatinOnesBesideIt() {
        assertThat(visible.line("p\u0430yments-\u0430pi 😀sco\u0440e"))
                .isEqualTo("p⟨U+0430⟩yments-⟨U+0430⟩pi 😀sco⟨U+0440⟩e");
    }

    @Test
    void keepsWordsOfEveryLanguage() {
        String words = "Москва Αθήνα Երևան Größe naïve Żółć Привет עברית العربية 日本語 한국어 ไทย नमस्ते 😀";
        assertThat(visible.line(words)).isEqualTo(words);
    }

    @Test
    void keepsLineFeedsAndTabsOfABlockButNoCarriageReturn() {
        assertThat(visible.block("a\tb\nc\rd")).isEqualTo("a\tb\nc⟨CR⟩d");
    }

    @Test
    void marksWhatIsStackedHigherThanLettersEverAre() {
        assertThat(visible.line("e" + "\u0301".repeat(6))).isEqualTo("e" + "\u0301".repeat(3) + "⟨U+0301⟩".repeat(3));
    }

    @Test
    void showsOnlyAsciiWhereTheTerminalHasNoMore() {
        assertThat(new Visible(false).line("é\u001b")).isEqualTo("<U+00E9><ESC>");
    }

    @Test
    void letsNothingHiddenThroughWhateverTheText() {
        for (int seed = 0; seed < 3000; seed++) {
            String text = generated(new Random(seed));
            assertSafe(visible.line(text), "", seed);
            assertSafe(visible.block(text), "\n\t", seed);
            assertThat(new Visible(false).line(text).chars()).allMatch(unit -> unit >= ' ' && unit <= '~');
        }
    }

    @Test
    void showsDifferentTextsDifferently() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            String one = generated(random).replace('⟨', ' ');
            String other = generated(random).replace('⟨', ' ');
            if (!one.equals(other)) {
                assertThat(visible.block(one)).as("seed " + seed).isNotEqualTo(visible.block(other));
            }
        }
    }

    private static void assertSafe(String shown, String allowed, int seed) {
        shown.codePoints()
                .filter(codePoint -> allowed.indexOf(codePoint) < 0)
                .forEach(codePoint -> assertThat(Glyphs.hides(codePoint))
                        .as("U+%04X, seed %d", codePoint, seed)
                        .isFalse());
    }

    private static String generated(Random random) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, random.nextInt(40)).forEach(at -> {
            int codePoint = switch (random.nextInt(4)) {
                case 0 -> HOSTILE[random.nextInt(HOSTILE.length)];
                case 1 -> random.nextInt(0x110000);
                case 2 -> 0x300 + random.nextInt(0x70);
                default -> ' ' + random.nextInt(95);
            };
            text.appendCodePoint(codePoint);
        });
        return text.toString();
    }
}
