package io.countersign.rego.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** A binary floating-point number with a mantissa of 64 bits, rounded half to even: the arithmetic Rego is defined by. */
public final class Float64m {

    private static final int BITS = 64;

    /** What is zero. */
    public static final Float64m ZERO = new Float64m(BigInteger.ZERO, 0);

    private final BigInteger mantissa;
    private final int exponent;

    private Float64m(BigInteger mantissa, int exponent) {
        this.mantissa = mantissa;
        this.exponent = exponent;
    }

    /** The value nearest to mantissa times two to the exponent; the flag says that something nonzero was cut off. */
    private static Float64m round(BigInteger mantissa, int exponent, boolean sticky) {
        if (mantissa.signum() == 0) {
            return ZERO;
        }
        BigInteger size = mantissa.abs();
        int excess = size.bitLength() - BITS;
        if (excess > 0) {
            BigInteger cut = size.shiftRight(excess);
            boolean half = size.testBit(excess - 1);
            boolean more = sticky || size.getLowestSetBit() < excess - 1;
            if (half && (more || cut.testBit(0))) {
                cut = cut.add(BigInteger.ONE);
            }
            size = cut;
            exponent += excess;
        }
        int zeros = size.getLowestSetBit();
        size = size.shiftRight(zeros);
        return new Float64m(mantissa.signum() < 0 ? size.negate() : size, exponent + zeros);
    }

    /** The nearest value to an exact integer. */
    public static Float64m of(BigInteger integer) {
        return round(integer, 0, false);
    }

    /** The nearest value to an exact decimal. */
    public static Float64m of(BigDecimal decimal) {
        BigInteger digits = decimal.unscaledValue();
        int scale = decimal.scale();
        if (scale <= 0) {
            return of(digits.multiply(BigInteger.TEN.pow(-scale)));
        }
        BigInteger divisor = BigInteger.TEN.pow(scale);
        return divide(digits, divisor, 0);
    }

    private static Float64m divide(BigInteger top, BigInteger bottom, int exponent) {
        int shift = Math.max(0, BITS + 3 - (top.bitLength() - bottom.bitLength()));
        BigInteger[] parts = top.shiftLeft(shift).divideAndRemainder(bottom);
        BigInteger quotient = parts[0].shiftLeft(1);
        if (parts[1].signum() != 0) {
            quotient = quotient.signum() < 0 || top.signum() != bottom.signum()
                    ? quotient.subtract(BigInteger.ONE)
                    : quotient.add(BigInteger.ONE);
        }
        return round(quotient, exponent - shift - 1, false);
    }

    /** The rounded sum. */
    public Float64m plus(Float64m other) {
        int low = Math.min(exponent, other.exponent);
        if (mantissa.signum() == 0) {
            return other;
        }
        if (other.mantissa.signum() == 0) {
            return this;
        }
        if (Math.abs((long) exponent - other.exponent) > 10_000) {
            return exponent > other.exponent ? this : other;
        }
        BigInteger a = mantissa.shiftLeft(exponent - low);
        BigInteger b = other.mantissa.shiftLeft(other.exponent - low);
        return round(a.add(b), low, false);
    }

    /** The rounded product. */
    public Float64m times(Float64m other) {
        return round(mantissa.multiply(other.mantissa), exponent + other.exponent, false);
    }

    /** The rounded quotient; the divisor must not be zero. */
    public Float64m dividedBy(Float64m other) {
        return mantissa.signum() == 0 ? ZERO : divide(mantissa, other.mantissa, exponent - other.exponent);
    }

    /** The same size with the other sign. */
    public Float64m negated() {
        return new Float64m(mantissa.negate(), exponent);
    }

    /** Less than zero, zero, or more: -1, 0 or 1. */
    public int signum() {
        return mantissa.signum();
    }

    /** Whether there is nothing behind the point. */
    public boolean isInteger() {
        return exponent >= 0;
    }

    /** The part before the point. */
    public BigInteger truncated() {
        return exponent >= 0
                ? mantissa.shiftLeft(exponent)
                : mantissa.signum() < 0
                        ? mantissa.negate().shiftRight(-exponent).negate()
                        : mantissa.shiftRight(-exponent);
    }

    /** The exact decimal value. */
    public BigDecimal exact() {
        if (exponent >= 0) {
            return new BigDecimal(mantissa.shiftLeft(exponent));
        }
        return new BigDecimal(mantissa.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
    }

    /** The shortest decimal that is read back as this value. */
    public BigDecimal shortest() {
        BigDecimal exact = exact();
        if (exact.signum() == 0) {
            return BigDecimal.ZERO;
        }
        int low = 1;
        int high = 21;
        while (low < high) {
            int middle = (low + high) / 2;
            if (readsBack(exact.round(new MathContext(middle, RoundingMode.HALF_EVEN)))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return exact.round(new MathContext(low, RoundingMode.HALF_EVEN));
    }

    private boolean readsBack(BigDecimal decimal) {
        Float64m back = of(decimal);
        return back.exponent == exponent && back.mantissa.equals(mantissa);
    }

    /** The text Go writes for it: plain for integers, else with an exponent where it is far from zero. */
    public String text() {
        BigDecimal decimal = shortest();
        if (isInteger()) {
            return decimal.toBigInteger().toString();
        }
        return goGeneral(decimal, 6);
    }

    /** Go's `%g` of the digits of a decimal: with an exponent below -4 and from that limit on. */
    public static String goGeneral(BigDecimal decimal, int limit) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        String digits = stripped.unscaledValue().abs().toString();
        int exponent = digits.length() - stripped.scale() - 1;
        String sign = stripped.signum() < 0 ? "-" : "";
        if (exponent < -4 || exponent >= limit) {
            return sign + scientific(digits, exponent);
        }
        return sign + stripped.abs().toPlainString();
    }

    private static String scientific(String digits, int exponent) {
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        int size = Math.abs(exponent);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
    }
}
