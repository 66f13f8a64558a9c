package io.countersign.server.change;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads UTF-8 without losing anything: a byte that is none becomes the half of a character {@code U+DC00} plus its value,
 * which no valid UTF-8 yields and which {@link VisibleText} shows as a byte.
 */
final class Utf8 {

    private static final char STRAY = '\udc00';

    private Utf8() {}

    static String text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }

    static String text(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException someAreNot) {
            return tolerant(bytes, from, to);
        }
    }

    /** Whether all of it is UTF-8. */
    static boolean isValid(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException someAreNot) {
            return false;
        }
    }

    private static String tolerant(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            int length = length(bytes[at]);
            if (length > 0 && at + length <= to) {
                String one = new String(bytes, at, length, StandardCharsets.UTF_8);
                if (one.codePointCount(0, one.length()) == 1 && !one.equals("\ufffd")) {
                    text.append(one);
                    at += length;
                    continue;
                }
            }
            text.append((char) (STRAY + (bytes[at] & 0xff)));
            at++;
        }
        return text.toString();
    }

    private static int length(byte first) {
        int lead = first & 0xff;
        return lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    }

    /** Whether bytes are better shown as numbers: there is a NUL among them, or many are no UTF-8. */
    static boolean isBinary(byte[] bytes) {
        for (byte one : bytes) {
            if (one == 0) {
                return true;
            }
        }
        if (isValid(bytes)) {
            return false;
        }
        String text = text(bytes);
        int strange = 0;
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            boolean stray =
                    Character.isLowSurrogate(unit) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
            strange += stray || (unit < ' ' && !Character.isWhitespace(unit)) ? 1 : 0;
        }
        return strange * 10L > text.length();
    }
}
