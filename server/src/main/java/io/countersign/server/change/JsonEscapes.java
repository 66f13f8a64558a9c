package io.countersign.server.change;

/** Reads what stands between the quotes of a text in JSON; an escape that is none, as a covered one can be, stays as it is. */
final class JsonEscapes {

    private static final int HEX_DIGITS = 4;

    private JsonEscapes() {}

    static String read(String written) {
        int escape = written.indexOf('\\');
        if (escape < 0) {
            return written;
        }
        StringBuilder text = new StringBuilder(written.length());
        int at = 0;
        while (escape >= 0 && escape + 1 < written.length()) {
            text.append(written, at, escape);
            at = one(written, escape, text);
            escape = written.indexOf('\\', at);
        }
        return text.append(written, at, written.length()).toString();
    }

    /** Appends what the escape at this place says and answers where it ends. */
    private static int one(String written, int at, StringBuilder text) {
        char letter = written.charAt(at + 1);
        switch (letter) {
            case '"', '\\', '/' -> text.append(letter);
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> {
                int end = at + 2 + HEX_DIGITS;
                if (end <= written.length()
                        && written.substring(at + 2, end).chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                    text.append((char) Integer.parseInt(written.substring(at + 2, end), 16));
                    return end;
                }
                text.append("\\u");
            }
            default -> text.append('\\').append(letter);
        }
        return at + 2;
    }
}
