package io.countersign.rego.builtin;

import io.countersign.rego.value.Float64m;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Text made as Go's `fmt.Sprintf` makes it, complaints included. */
final class Formatted {

    private static final int WIDEST = 1_000_000;

    private final Host host;
    private final String format;
    private final List<Value> args;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next;
    private boolean reordered;

    private boolean minus;
    private boolean plus;
    private boolean sharp;
    private boolean space;
    private boolean zero;
    private int width;
    private int precision;

    private Formatted(Host host, String format, List<Value> args) {
        this.host = host;
        this.format = format;
        this.args = args;
    }

    static String format(Host host, String format, List<Value> args) {
        if (format.equals("%s") && args.size() == 1 && args.get(0) instanceof RegoString s) {
            return s.value();
        }
        return new Formatted(host, format, args).run();
    }

    private String run() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                out.append(format, at, format.length());
                break;
            }
            out.append(format, at, percent);
            at = percent + 1;
            verb();
        }
        if (!reordered && next < args.size()) {
            out.append("%!(EXTRA ");
            for (int i = next; i < args.size(); i++) {
                out.append(i > next ? ", " : "")
                        .append(goType(args.get(i)))
                        .append('=')
                        .append(plain(args.get(i)));
            }
            out.append(')');
        }
        return out.toString();
    }

    private void verb() {
        flags();
        argumentNumber();
        width = -1;
        if (peek('*')) {
            at++;
            width = star();
            if (width < 0 && width != -1) {
                minus = true;
                width = -width;
            }
        } else {
            width = digits();
        }
        precision = -1;
        if (peek('.')) {
            at++;
            argumentNumber();
            if (peek('*')) {
                at++;
                precision = star();
            } else {
                precision = Math.max(0, digits());
            }
        }
        argumentNumber();
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
            return;
        }
        if (badIndex) {
            out.append("%!").appendCodePoint(verb).append("(BADINDEX)");
            badIndex = false;
            return;
        }
        if (next >= args.size()) {
            out.append("%!").appendCodePoint(verb).append("(MISSING)");
            return;
        }
        print(verb, args.get(next++));
    }

    private void flags() {
        minus = plus = sharp = space = zero = false;
        while (at < format.length()) {
            switch (format.charAt(at)) {
                case '-' -> {
                    minus = true;
                    zero = false;
                }
                case '+' -> plus = true;
                case '#' -> sharp = true;
                case ' ' -> space = true;
                case '0' -> zero = !minus;
                default -> {
                    return;
                }
            }
            at++;
        }
    }

    private boolean badIndex;

    private void argumentNumber() {
        if (!peek('[')) {
            return;
        }
        reordered = true;
        int close = format.indexOf(']', at);
        if (close < 0) {
            badIndex = true;
            at++;
            return;
        }
        String number = format.substring(at + 1, close);
        at = close + 1;
        if (number.matches("[0-9]{1,6}") && Integer.parseInt(number) >= 1 && Integer.parseInt(number) <= args.size()) {
            next = Integer.parseInt(number) - 1;
        } else {
            badIndex = true;
        }
    }

    private boolean peek(char c) {
        return at < format.length() && format.charAt(at) == c;
    }

    private int star() {
        if (next < args.size() && args.get(next) instanceof RegoNumber number && number.isIntegral()) {
            next++;
            return checked(number.integer().min(BigInteger.valueOf(WIDEST + 1)).intValue());
        }
        next++;
        out.append("%!(BADWIDTH)");
        return -1;
    }

    private int digits() {
        int start = at;
        while (at < format.length() && Character.isDigit(format.charAt(at)) && at - start < 8) {
            at++;
        }
        return at == start ? -1 : checked(Integer.parseInt(format.substring(start, at)));
    }

    private int checked(int size) {
        if (size > WIDEST) {
            throw BuiltinFailure.error("width or precision is too large");
        }
        host.reserve(Math.max(0, size));
        return size;
    }

    /** The type as Go names it in its complaints. */
    private static String goType(Value value) {
        if (value instanceof RegoNumber number) {
            return number.isIntegerText()
                    ? (number.isSmall() ? "int" : "*big.Int")
                    : isFinite(number) ? "float64" : "string";
        }
        return "string";
    }

    private static String plain(Value value) {
        if (value instanceof RegoString s) {
            return s.value();
        }
        return value instanceof RegoNumber number && !number.isIntegerText() && isFinite(number)
                ? general(number.exact(), -1, 6)
                : value.toString();
    }

    private void print(int verb, Value value) {
        if (verb == 'T') {
            pad(goType(value));
            return;
        }
        if (value instanceof RegoNumber number && isFinite(number)) {
            if (number.isSmall() && (verb == 'd' || verb == 'v') && isPlain()) {
                out.append(number.small());
                return;
            }
            if (number.isIntegerText()
                    ? integer(verb == 's' && !number.isSmall() ? 'd' : verb, number.integer())
                    : decimal(verb, number)) {
                return;
            }
        } else if (string(verb, value instanceof RegoString s ? s.value() : value.toString())) {
            return;
        }
        String type = goType(value);
        out.append("%!")
                .appendCodePoint(verb)
                .append('(')
                .append(type.startsWith("*") ? type.substring(1) : type)
                .append('=');
        if (type.equals("string")) {
            string('v', plain(value));
        } else {
            out.append(plain(value));
        }
        out.append(')');
    }

    /** Whether Go holds the number as a number; what is too big for it is text. */
    private static boolean isFinite(RegoNumber number) {
        return number.isIntegerText() || Double.isFinite(number.toDouble());
    }

    /** Whether the verb stands alone. */
    private boolean isPlain() {
        return width < 0 && precision < 0 && !plus && !space && !sharp;
    }

    private boolean string(int verb, String text) {
        if ((verb == 's' || verb == 'v') && isPlain()) {
            out.append(text);
            return true;
        }
        String shown = precision >= 0 && precision < text.codePointCount(0, text.length())
                ? text.substring(0, text.offsetByCodePoints(0, precision))
                : text;
        switch (verb) {
            case 's', 'v' -> pad(verb == 'v' && sharp ? quoted(shown) : shown);
            case 'q' -> pad(sharp && !shown.contains("`") ? "`" + shown + "`" : plus ? ascii(shown) : quoted(shown));
            case 'x', 'X' -> pad(hex(text, verb == 'X'));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The bytes of a text, as many as the precision says, with spaces or `0x` between them on wish. */
    private String hex(String text, boolean upper) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = precision >= 0 ? Math.min(precision, bytes.length) : bytes.length;
        HexFormat digits = upper ? HexFormat.of().withUpperCase() : HexFormat.of();
        String prefix = sharp ? (upper ? "0X" : "0x") : "";
        if (space) {
            return digits.withDelimiter(" ").withPrefix(prefix).formatHex(bytes, 0, length);
        }
        return (length > 0 ? prefix : "") + digits.formatHex(bytes, 0, length);
    }

    /** Quoted, with everything beyond ASCII escaped. */
    private static String ascii(String text) {
        StringBuilder shown = new StringBuilder();
        quoted(text).codePoints().forEach(c -> {
            if (c < 0x7f) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
            }
        });
        return shown.toString();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder();
        RegoString.quote(text, out);
        return out.toString();
    }

    private boolean integer(int verb, BigInteger value) {
        if ("cqU".indexOf(verb) >= 0 && value.bitLength() > 63) {
            return false;
        }
        String digits;
        String prefix = "";
        switch (verb) {
            case 'd', 'v' -> digits = value.abs().toString();
            case 'b' -> {
                digits = value.abs().toString(2);
                prefix = sharp ? "0b" : "";
            }
            case 'o' -> {
                digits = value.abs().toString(8);
                prefix = sharp ? "0" : "";
            }
            case 'O' -> {
                digits = value.abs().toString(8);
                prefix = "0o";
            }
            case 'x' -> {
                digits = value.abs().toString(16);
                prefix = sharp ? "0x" : "";
            }
            case 'X' -> {
                digits = value.abs().toString(16).toUpperCase(Locale.ROOT);
                prefix = sharp ? "0X" : "";
            }
            case 'c' -> {
                pad(Character.toString(codePoint(value)));
                return true;
            }
            case 'U' -> {
                String code = "U+" + String.format("%04X", value.longValue());
                boolean shown = sharp && value.bitLength() < 32 && Character.isValidCodePoint(value.intValue());
                pad(shown ? code + " '" + Character.toString(value.intValue()) + "'" : code);
                return true;
            }
            case 'q' -> {
                pad(rune(value));
                return true;
            }
            default -> {
                return false;
            }
        }
        if (precision > digits.length()) {
            digits = "0".repeat(precision - digits.length()) + digits;
        }
        String sign = value.signum() < 0 ? "-" : plus ? "+" : space ? " " : "";
        number(sign + prefix, digits, zero && precision < 0);
        return true;
    }

    private static int codePoint(BigInteger value) {
        boolean valid = value.signum() >= 0 && value.bitLength() < 32 && Character.isValidCodePoint(value.intValue());
        return valid ? value.intValue() : 0xFFFD;
    }

    /** A character in single quotes. */
    private String rune(BigInteger value) {
        String text = Character.toString(codePoint(value));
        String inside = plus ? ascii(text) : quoted(text);
        inside = inside.substring(1, inside.length() - 1);
        return text.equals("'") ? "'\\''" : text.equals("\"") ? "'\"'" : "'" + inside + "'";
    }

    private void number(String sign, String digits, boolean zeros) {
        int missing = width - sign.length() - digits.length();
        if (zeros && !minus && missing > 0) {
            out.append(sign).append("0".repeat(missing)).append(digits);
        } else {
            pad(sign + digits);
        }
    }

    private boolean decimal(int verb, RegoNumber number) {
        BigDecimal value = new BigDecimal(number.toDouble());
        String digits;
        switch (verb) {
            case 'x', 'X' -> digits = hexadecimal(Math.abs(number.toDouble()), verb == 'X');
            case 'v', 'g' -> digits = general(value.abs(), precision, precision >= 0 ? Math.max(precision, 1) : 6);
            case 'G' ->
                digits = general(value.abs(), precision, precision >= 0 ? Math.max(precision, 1) : 6)
                        .toUpperCase(Locale.ROOT);
            case 'f', 'F' ->
                digits = value.abs()
                        .setScale(precision < 0 ? 6 : precision, RoundingMode.HALF_EVEN)
                        .toPlainString();
            case 'e', 'E' -> {
                digits = scientific(value.abs(), precision < 0 ? 6 : precision);
                digits = verb == 'E' ? digits.toUpperCase(Locale.ROOT) : digits;
            }
            default -> {
                return false;
            }
        }
        String sign = value.signum() < 0 ? "-" : plus ? "+" : space ? " " : "";
        number(sign, digits, zero);
        return true;
    }

    private static String hexadecimal(double value, boolean upper) {
        String java = Double.toHexString(value);
        int p = java.indexOf('p');
        int exponent = Integer.parseInt(java.substring(p + 1));
        String mantissa = java.substring(0, p);
        mantissa = mantissa.endsWith(".0") ? mantissa.substring(0, mantissa.length() - 2) : mantissa;
        String text =
                mantissa + 'p' + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return upper ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static String scientific(BigDecimal value, int places) {
        if (value.signum() == 0) {
            return (places > 0 ? "0." + "0".repeat(places) : "0") + "e+00";
        }
        BigDecimal rounded = value.round(new MathContext(places + 1, RoundingMode.HALF_EVEN));
        String digits = rounded.unscaledValue().toString();
        int exponent = digits.length() - rounded.scale() - 1;
        StringBuilder text = new StringBuilder(digits);
        while (text.length() < places + 1) {
            text.append('0');
        }
        text.setLength(places + 1);
        if (places > 0) {
            text.insert(1, '.');
        }
        int size = Math.abs(exponent);
        return text.append(exponent < 0 ? "e-" : "e+")
                .append(size < 10 ? "0" : "")
                .append(size)
                .toString();
    }

    private static String general(BigDecimal value, int precision, int limit) {
        BigDecimal shown = precision >= 0
                ? value.round(new MathContext(Math.max(precision, 1), RoundingMode.HALF_EVEN))
                : shortest(value);
        return shown.signum() == 0 ? "0" : Float64m.goGeneral(shown, limit);
    }

    private static BigDecimal shortest(BigDecimal value) {
        double nearest = value.doubleValue();
        return Double.isInfinite(nearest) ? value : new BigDecimal(Double.toString(nearest));
    }

    private void pad(String text) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            out.append(text);
        } else if (minus) {
            out.append(text).append(" ".repeat(missing));
        } else {
            out.append((zero ? "0" : " ").repeat(missing)).append(text);
        }
    }
}
