package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.integer;
import static io.countersign.rego.builtin.Operands.number;

import io.countersign.rego.value.Float64m;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNull;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Arithmetic, bits, ranges. */
public final class NumberFunctions {

    private static final BigInteger MOST_SHIFT = BigInteger.valueOf(1 << 20);

    private static final BigInteger FAR = BigInteger.valueOf(Long.MAX_VALUE / 4);

    private static final Pattern DECIMAL = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("(?i)[-+]?(nan|inf|infinity)");

    private NumberFunctions() {}

    /** The result for two small integers, or null where it might not be small. */
    public static @Nullable RegoNumber small(char operator, long a, long b) {
        if (a > Integer.MAX_VALUE * 1000_000L
                || a < Integer.MIN_VALUE * 1000_000L
                || b > Integer.MAX_VALUE * 1000_000L
                || b < Integer.MIN_VALUE * 1000_000L) {
            return large(operator, a, b);
        }
        return switch (operator) {
            case '+' -> RegoNumber.of(a + b);
            case '-' -> RegoNumber.of(a - b);
            default -> large(operator, a, b);
        };
    }

    private static @Nullable RegoNumber large(char operator, long a, long b) {
        try {
            return RegoNumber.of(
                    switch (operator) {
                        case '+' -> Math.addExact(a, b);
                        case '-' -> Math.subtractExact(a, b);
                        default -> Math.multiplyExact(a, b);
                    });
        } catch (ArithmeticException overflow) {
            return null;
        }
    }

    static void register() {
        add("plus", "number,number->number", (host, a) -> arithmetic('+', number(a, 0), number(a, 1)));
        add("minus", "any<number, set[any]>,any<number, set[any]>->any<number, set[any]>", (host, a) -> minus(a));
        add("mul", "number,number->number", (host, a) -> arithmetic('*', number(a, 0), number(a, 1)));
        add("div", "number,number->number", (host, a) -> divide(number(a, 0), number(a, 1)));
        add("rem", "number,number->number", (host, a) -> remainder(number(a, 0), number(a, 1)));
        add("abs", "number->number", (host, a) -> number(a, 0).exact().signum() < 0 ? negate(number(a, 0)) : a[0]);
        add("round", "number->number", (host, a) -> rounded(number(a, 0), RoundingMode.HALF_UP));
        add("ceil", "number->number", (host, a) -> rounded(number(a, 0), RoundingMode.CEILING));
        add("floor", "number->number", (host, a) -> rounded(number(a, 0), RoundingMode.FLOOR));
        add("eq", "any,any->boolean", (host, a) -> RegoBoolean.of(a[0].equals(a[1])));
        add("assign", "any,any->boolean", (host, a) -> RegoBoolean.of(a[0].equals(a[1])));
        add("equal", "any,any->boolean", (host, a) -> RegoBoolean.of(a[0].equals(a[1])));
        add("neq", "any,any->boolean", (host, a) -> RegoBoolean.of(!a[0].equals(a[1])));
        add("lt", "any,any->boolean", (host, a) -> RegoBoolean.of(a[0].compareTo(a[1]) < 0));
        add("lte", "any,any->boolean", (host, a) -> RegoBoolean.of(a[0].compareTo(a[1]) <= 0));
        add("gt", "any,any->boolean", (host, a) -> RegoBoolean.of(a[0].compareTo(a[1]) > 0));
        add("gte", "any,any->boolean", (host, a) -> RegoBoolean.of(a[0].compareTo(a[1]) >= 0));
        add(
                "bits.and",
                "number,number->number",
                (host, a) -> RegoNumber.of(integer(a, 0).and(integer(a, 1))));
        add(
                "bits.or",
                "number,number->number",
                (host, a) -> RegoNumber.of(integer(a, 0).or(integer(a, 1))));
        add(
                "bits.xor",
                "number,number->number",
                (host, a) -> RegoNumber.of(integer(a, 0).xor(integer(a, 1))));
        add(
                "bits.negate",
                "number->number",
                (host, a) -> RegoNumber.of(integer(a, 0).not()));
        add("bits.lsh", "number,number->number", (host, a) -> {
            BigInteger value = integer(a, 0);
            host.reserve(
                    integer(a, 1).max(BigInteger.ZERO).shiftRight(3).min(FAR).longValue());
            int shift = shift(a);
            return RegoNumber.of(value.shiftLeft(shift));
        });
        add(
                "bits.rsh",
                "number,number->number",
                (host, a) -> RegoNumber.of(integer(a, 0).shiftRight(shift(a))));
        add("numbers.range", "number,number->array[number]", (host, a) -> range(host, a, BigInteger.ONE));
        add("numbers.range_step", "number,number,number->array[number]", (host, a) -> {
            BigInteger step = integer(a, 2);
            if (step.signum() <= 0) {
                throw BuiltinFailure.error("step must be a positive integer");
            }
            return range(host, a, step);
        });
        add("rand.intn", "string,number->number", (host, a) -> {
                    BigInteger limit = integer(a, 1).abs();
                    if (limit.signum() == 0) {
                        return RegoNumber.of(0);
                    }
                    long most = limit.bitLength() < 63 ? limit.longValue() : Long.MAX_VALUE;
                    return host.once(
                            "rand.intn",
                            List.of(a),
                            () -> RegoNumber.of(host.random().nextLong(most)));
                })
                .nondeterministic();
        add("to_number", "any<null, boolean, number, string>->number", (host, a) -> toNumber(a[0]));
        add("format_int", "number,number->string", (host, a) -> format(number(a, 0), number(a, 1)));
    }

    private static int shift(Value[] args) {
        BigInteger shift = integer(args, 1);
        if (shift.signum() < 0) {
            throw BuiltinFailure.operand(2, "must be an unsigned integer number but got a negative integer");
        }
        if (shift.compareTo(MOST_SHIFT) > 0) {
            throw BuiltinFailure.error("shift is too large");
        }
        return shift.intValue();
    }

    private static RegoNumber negate(RegoNumber number) {
        return number.isIntegral() && number.isIntegerText()
                ? RegoNumber.of(number.integer().negate())
                : RegoNumber.of(number.rounded().negated());
    }

    static RegoNumber arithmetic(char operator, RegoNumber a, RegoNumber b) {
        RegoNumber small = a.isSmall() && b.isSmall() ? small(operator, a.small(), b.small()) : null;
        if (small != null) {
            return small;
        }
        if (a.isIntegerText() && b.isIntegerText()) {
            BigInteger x = a.integer();
            BigInteger y = b.integer();
            return RegoNumber.of(
                    switch (operator) {
                        case '+' -> x.add(y);
                        case '-' -> x.subtract(y);
                        default -> x.multiply(y);
                    });
        }
        Float64m x = a.rounded();
        Float64m y = b.rounded();
        return RegoNumber.of(
                switch (operator) {
                    case '+' -> x.plus(y);
                    case '-' -> x.plus(y.negated());
                    default -> x.times(y);
                });
    }

    private static Value minus(Value[] a) {
        if (a[0] instanceof RegoNumber x && a[1] instanceof RegoNumber y) {
            return arithmetic('-', x, y);
        }
        if (a[0] instanceof RegoSet x && a[1] instanceof RegoSet y) {
            return CollectionFunctions.difference(x, y);
        }
        if (a[0] instanceof RegoNumber || a[0] instanceof RegoSet) {
            throw BuiltinFailure.operand(2, "must be " + a[0].typeName() + " but got " + a[1].typeName());
        }
        throw BuiltinFailure.operand(1, "must be one of {number, set} but got " + a[0].typeName());
    }

    private static RegoNumber divide(RegoNumber a, RegoNumber b) {
        Float64m divisor = b.rounded();
        if (divisor.signum() == 0) {
            throw BuiltinFailure.error("divide by zero");
        }
        if (a.isSmall() && b.isSmall() && a.small() % b.small() == 0 && b.small() != -1) {
            return RegoNumber.of(a.small() / b.small());
        }
        return RegoNumber.of(a.rounded().dividedBy(divisor));
    }

    private static RegoNumber remainder(RegoNumber a, RegoNumber b) {
        if (!a.isIntegral() || !b.isIntegral()) {
            throw BuiltinFailure.error("modulo on floating-point number");
        }
        if (b.integer().signum() == 0) {
            throw BuiltinFailure.error("modulo by zero");
        }
        return RegoNumber.of(a.integer().remainder(b.integer()));
    }

    private static RegoNumber rounded(RegoNumber number, RoundingMode mode) {
        if (number.isSmall()) {
            return number;
        }
        BigDecimal value = number.rounded().exact();
        return RegoNumber.of(value.setScale(0, mode).toBigInteger());
    }

    private static RegoArray range(Host host, Value[] args, BigInteger step) {
        BigInteger from = integer(args, 0);
        BigInteger to = integer(args, 1);
        List<Value> numbers = new ArrayList<>();
        boolean up = from.compareTo(to) <= 0;
        BigInteger by = up ? step : step.negate();
        for (BigInteger at = from; up ? at.compareTo(to) <= 0 : at.compareTo(to) >= 0; at = at.add(by)) {
            host.reserve(1);
            host.work(1);
            numbers.add(RegoNumber.of(at));
        }
        return RegoArray.of(numbers);
    }

    private static Value toNumber(Value value) {
        return switch (value) {
            case RegoNull ignored -> RegoNumber.of(0);
            case RegoBoolean flag -> RegoNumber.of(flag.value() ? 1 : 0);
            case RegoNumber number -> number;
            case RegoString text -> parse(text.value());
            default ->
                throw BuiltinFailure.operand(
                        1, "must be one of {null, boolean, number, string} but got " + value.typeName());
        };
    }

    private static Value parse(String text) {
        if (NOT_FINITE.matcher(text).matches()) {
            throw BuiltinFailure.operand(1, "must be valid number string");
        }
        if (!DECIMAL.matcher(text).matches()) {
            throw BuiltinFailure.error("strconv.ParseFloat: parsing " + RegoString.of(text) + ": invalid syntax");
        }
        return RegoNumber.parse(text);
    }

    private static Value format(RegoNumber number, RegoNumber base) {
        String form = switch (base.index()) {
            case 2, 8, 10, 16 -> number.integer().toString(base.index());
            default -> throw BuiltinFailure.operand(2, "must be one of {2, 8, 10, 16}");
        };
        BigDecimal exact = number.exact();
        if (exact.signum() < 0 && number.integer().signum() == 0) {
            form = "0";
        }
        return RegoString.of(form);
    }
}
