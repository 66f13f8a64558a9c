package io.countersign.server.platform;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The query of an address as it was sent: names and values in UTF-8, percent-encoded. */
final class SentQuery {

    private static final int ESCAPE = 3;
    private static final int HEX = 16;

    private SentQuery() {}

    /**
     * Refuses a query with a parameter that is no text.
     *
     * @throws ProblemException 400 that names the parameter: {@code invalid-utf-8}, or {@code wrong-value} where it is not
     *     percent-encoded or has a NUL
     */
    static void demandText(String query) {
        if (query.indexOf('%') < 0) {
            return; // Tomcat lets through ASCII alone
        }
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String sent = equals < 0 ? parameter : parameter.substring(0, equals);
            String name = text(sent, sent);
            if (equals >= 0) {
                text(name, parameter.substring(equals + 1));
            }
        }
    }

    private static String text(String name, String sent) {
        byte[] bytes = bytes(name, sent);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw refused("wrong-value", name, "a parameter holds no NUL");
            }
            return text;
        } catch (CharacterCodingException malformed) {
            throw refused("invalid-utf-8", name, "this parameter is not UTF-8");
        }
    }

    private static byte[] bytes(String name, String sent) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(sent.length());
        for (int at = 0; at < sent.length(); at++) {
            char character = sent.charAt(at);
            if (character != '%') {
                bytes.write(character == '+' ? ' ' : character);
                continue;
            }
            if (at + ESCAPE > sent.length()
                    || !HexFormat.isHexDigit(sent.charAt(at + 1))
                    || !HexFormat.isHexDigit(sent.charAt(at + 2))) {
                throw refused("wrong-value", name, "two hexadecimal digits stand behind each `%`");
            }
            bytes.write(Integer.parseInt(sent, at + 1, at + ESCAPE, HEX));
            at += 2;
        }
        return bytes.toByteArray();
    }

    private static ProblemException refused(String code, String name, String message) {
        return ProblemException.badField(code, name, "`" + name + "`: " + message);
    }
}
