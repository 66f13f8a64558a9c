package io.countersign.rego.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A number that keeps its text: small integers directly, anything else read on demand. Equal by value. */
public final class RegoNumber extends Value {

    private static final RegoNumber[] SMALL = new RegoNumber[1280];
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);

    /** The largest power of ten that is ever computed with. */
    private static final int MOST_DIGITS = 20_000;

    /** The most characters a number is written with. */
    static final int MOST_TEXT = 100_000;

    /** The size of an integer of that many digits: ten is a little less than 2 to the power of 10/3. */
    private static final int MOST_BITS = MOST_TEXT / 3 * 10;

    /** Texts up to this length are left to Java, whose time grows with the square of it. */
    private static final int LONG_TEXT = 1_000;

    static {
        for (int i = 0; i < SMALL.length; i++) {
            SMALL[i] = new RegoNumber(i - 256, null);
        }
    }

    private final long small;
    private final @Nullable String text;
    private @Nullable BigDecimal exact;

    private RegoNumber(long small, @Nullable String text) {
        this.small = small;
        this.text = text;
    }

    /** An integer. */
    public static RegoNumber of(long value) {
        return value >= -256 && value < 1024 ? SMALL[(int) value + 256] : new RegoNumber(value, null);
    }

    /** An integer. Fails with {@link NumberTooLong} where it has too many digits. */
    public static RegoNumber of(BigInteger value) {
        if (value.bitLength() > MOST_BITS) {
            throw new NumberTooLong();
        }
        return value.bitLength() < 64 ? of(value.longValue()) : new RegoNumber(0, value.toString());
    }

    /** The result of an arithmetic operation. */
    public static RegoNumber of(Float64m value) {
        if (!value.isInteger()) {
            return new RegoNumber(0, value.text());
        }
        BigInteger exact = value.truncated();
        if (exact.bitLength() > MOST_BITS) {
            throw new NumberTooLong();
        }
        return of(exact.bitLength() <= 64 ? exact : integer(value.text()));
    }

    /**
     * A number as it is written in JSON or Rego; it must be well formed. Fails with {@link NumberTooLong} where it has
     * too many digits.
     */
    public static RegoNumber parse(String text) {
        int length = text.length();
        if (length > MOST_TEXT) {
            throw new NumberTooLong();
        }
        if (length < 19 && isPlainInteger(text)) {
            return of(Long.parseLong(text));
        }
        return new RegoNumber(0, text);
    }

    /** The same for a short part of a text. */
    static RegoNumber parse(String text, int from, int to) {
        int start = text.charAt(from) == '-' ? from + 1 : from;
        long value = 0;
        for (int i = start; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return parse(text.substring(from, to));
            }
            value = value * 10 + c - '0';
        }
        return start > from && value == 0 ? parse(text.substring(from, to)) : of(start > from ? -value : value);
    }

    private static boolean isPlainInteger(String text) {
        int start = text.charAt(0) == '-' ? 1 : 0;
        if (start == text.length() || (text.charAt(start) == '0' && text.length() > 1)) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    /** Whether this is an integer that fits a `long` and was written as one. */
    public boolean isSmall() {
        return text == null;
    }

    /** The value, if {@link #isSmall()}. */
    public long small() {
        return small;
    }

    /** The text as written, or the canonical one of a computed number. */
    public String text() {
        return text == null ? Long.toString(small) : text;
    }

    /** Whether the text has neither a point nor an exponent. */
    public boolean isIntegerText() {
        if (text == null) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                return false;
            }
        }
        return true;
    }

    /** The exact value; a number with an exponent beyond reason is taken for the nearest one within it. */
    public BigDecimal exact() {
        BigDecimal known = exact;
        if (known == null) {
            known = text == null ? BigDecimal.valueOf(small) : read(text);
            exact = known;
        }
        return known;
    }

    private static BigDecimal read(String text) {
        try {
            BigDecimal value = text.length() > LONG_TEXT ? readLong(text) : new BigDecimal(text);
            if (value.scale() < -MOST_DIGITS) {
                return new BigDecimal(value.unscaledValue().signum() + "e" + MOST_DIGITS);
            }
            return value.scale() > 2L * MOST_DIGITS + value.precision() ? BigDecimal.ZERO : value;
        } catch (NumberFormatException far) {
            return text.contains("e-") || text.contains("E-") ? BigDecimal.ZERO : new BigDecimal("1e" + MOST_DIGITS);
        }
    }

    private static BigDecimal readLong(String text) {
        int exponent = text.toLowerCase(Locale.ROOT).indexOf('e');
        String digits = exponent < 0 ? text : text.substring(0, exponent);
        int point = digits.indexOf('.');
        BigInteger unscaled = integer(digits.replace(".", ""));
        BigDecimal value = new BigDecimal(unscaled, point < 0 ? 0 : digits.length() - point - 1);
        return exponent < 0 ? value : value.multiply(new BigDecimal("1" + text.substring(exponent)));
    }

    /** The integer that decimal digits say, perhaps after a sign; a million of them take well under a second. */
    public static BigInteger integer(String digits) {
        int length = digits.length();
        if (length <= LONG_TEXT) {
            return new BigInteger(digits);
        }
        if (digits.charAt(0) == '-') {
            return integer(digits.substring(1)).negate();
        }
        int half = length / 2;
        return integer(digits.substring(0, half))
                .multiply(BigInteger.TEN.pow(length - half))
                .add(integer(digits.substring(half)));
    }

    /** The value rounded to 64 bits of mantissa. */
    public Float64m rounded() {
        return Float64m.of(exact());
    }

    /** Whether the value is an integer, however it is written. */
    public boolean isIntegral() {
        if (text == null) {
            return true;
        }
        BigDecimal value = exact();
        return value.signum() == 0
                || value.scale() <= 0
                || value.stripTrailingZeros().scale() <= 0;
    }

    /** The integer value, if {@link #isIntegral()}; else what is before the point. */
    public BigInteger integer() {
        return text == null ? BigInteger.valueOf(small) : exact().toBigInteger();
    }

    /** The value as an int, or -1 if it is not written as an integer, does not fit, or is negative. */
    public int index() {
        if (!isWrittenAsInteger() || (text != null && !fitsLong())) {
            return -1;
        }
        long value = text == null ? small : exact().longValue();
        return value >= 0 && value <= Integer.MAX_VALUE ? (int) value : -1;
    }

    /** Whether the text has neither point nor exponent: only such numbers are places in arrays and strings. */
    public boolean isWrittenAsInteger() {
        return text == null || text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
    }

    private boolean fitsLong() {
        return exact().compareTo(LONG_MAX) <= 0 && exact().compareTo(LONG_MIN) >= 0;
    }

    /** The value as a double. */
    public double toDouble() {
        return text == null ? small : exact().doubleValue();
    }

    @Override
    int rank() {
        return 2;
    }

    @Override
    int compareSameType(Value other) {
        RegoNumber that = (RegoNumber) other;
        return text == null && that.text == null ? Long.compare(small, that.small) : exact().compareTo(that.exact());
    }

    @Override
    void write(StringBuilder out) {
        if (text == null) {
            out.append(small);
        } else {
            out.append(text);
        }
    }

    @Override
    public String typeName() {
        return "number";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof RegoNumber that)) {
            return false;
        }
        boolean bothSmall = text == null && that.text == null;
        return bothSmall ? small == that.small : compareSameType(that) == 0;
    }

    @Override
    public int hashCode() {
        if (text == null) {
            return Long.hashCode(small);
        }
        return isIntegral() && fitsLong() ? Long.hashCode(exact().longValue()) : Double.hashCode(exact().doubleValue());
    }
}
