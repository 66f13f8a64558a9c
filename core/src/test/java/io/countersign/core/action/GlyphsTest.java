package io.countersign.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlyphsTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, '\t', '\n', '\r', 0x1b, 0x7f, 0x85, 0x9b, 0xa0, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4,
                0x17b5, 0x180b, 0x180d, 0x180e, 0x180f, 0x2003, 0x200b, 0x200d, 0x200e, 0x2028, 0x2029, 0x202e, 0x2060,
                0x2066, 0x2800, 0x3164, 0xd800, 0xdfff, 0xe000, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xffff, 0xe0001,
                0xe0041, 0xe0100, 0xe01ef, 0x10ffff
            })
    void whatIsNotSeenHides(int codePoint) {
        assertThat(Glyphs.hides(codePoint)).as("U+%04X", codePoint).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                ' ', '~', 'a', 0x301, 0x34e, 0x350, 0x115e, 0x1161, 0x17b3, 0x17b6, 0x180a, 0x1810, 0x27ff, 0x2801,
                0x3000, 0x3163, 0x3165, 0xfdff, 0xfe10, 0xffa1, 0x1f600, 0x4e00
            })
    void whatIsSeenDoesNot(int codePoint) {
        assertThat(Glyphs.hides(codePoint)).as("U+%04X", codePoint).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\u0000", "\t", "a\nb", "\u202ea", "\u200b", "\ud800", "\ue000", "\uffff", "a\u2028", "\u2029"})
    void noLineHoldsWhatIsNeverDrawn(String text) {
        assertThat(Glyphs.isLine(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v9 final", "a\u00a0b", "\u3000", "e\u0301", "\ud83d\ude00", "Москва"})
    void aLineHoldsWhatIsDrawnAndSpaces(String text) {
        assertThat(Glyphs.isLine(text)).isTrue();
    }

    @Test
    void marksAreDrawnUponLetters() {
        assertThat(Glyphs.combines(0x301)).isTrue();
        assertThat(Glyphs.combines(0x20dd)).as("a circle around").isTrue();
        assertThat(Glyphs.combines('e')).isFalse();
        assertThat(Glyphs.combines(0x903)).as("a vowel sign beside").isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x430, 0x3bf, 0x555, 0x13aa, 0x2c9f, 0xa4f2, 0x10400})
    void lettersOfSomeScriptsPassForLatinOnes(int codePoint) {
        assertThat(Glyphs.looksLatin(codePoint)).as("U+%04X", codePoint).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {'a', 0xe9, '1', '-', 0x4e00, 0x5d0})
    void othersDoNot(int codePoint) {
        assertThat(Glyphs.looksLatin(codePoint)).as("U+%04X", codePoint).isFalse();
    }

    @Test
    void aWordEndsWhereItsLettersAndDigitsDo() {
        assertThat(Glyphs.wordEnd("api2-v1", 0)).isEqualTo(4);
        assertThat(Glyphs.wordEnd("api2-v1", 4)).isEqualTo(5);
        assertThat(Glyphs.wordEnd("api2-v1", 5)).isEqualTo(7);
        assertThat(Glyphs.wordEnd("a\ud801\udc00b", 0))
                .as("letters of two units")
                .isEqualTo(4);
        assertThat(Glyphs.wordEnd("\ud83d\ude00a", 0))
                .as("no letter, of two units")
                .isEqualTo(2);
    }

    @Test
    void onlyTheNamedPartIsLookedAtForLatin() {
        assertThat(Glyphs.anyLatin("\u0430\u0440-abc", 0, 2)).isFalse();
        assertThat(Glyphs.anyLatin("\u0430\u0440-abc", 0, 4)).isTrue();
        assertThat(Glyphs.anyLatin("\u0430\u0440-abc", 3, 6)).isTrue();
        assertThat(Glyphs.anyLatin("\ud801\udc00a", 0, 2)).isFalse();
        assertThat(Glyphs.anyLatin("\ud801\udc00a", 0, 3)).isTrue();
    }
}
