package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.string;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times in nanoseconds since 1970, in Go's layouts. */
final class TimeFunctions {

    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);
    private static final Pattern PART_OF_DURATION = Pattern.compile("([0-9.]*)([^0-9.]*)");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+\\.?[0-9]*|\\.[0-9]+");
    private static final String WHEN = "any<number, array<number, string>>";
    private static final Map<String, BigDecimal> DURATION_UNITS = Map.ofEntries(
            Map.entry("ns", BigDecimal.ONE),
            Map.entry("us", BigDecimal.valueOf(1_000)),
            Map.entry("\u00b5s", BigDecimal.valueOf(1_000)),
            Map.entry("\u03bcs", BigDecimal.valueOf(1_000)),
            Map.entry("ms", BigDecimal.valueOf(1_000_000)),
            Map.entry("s", BigDecimal.valueOf(1_000_000_000L)),
            Map.entry("m", BigDecimal.valueOf(60_000_000_000L)),
            Map.entry("h", BigDecimal.valueOf(3_600_000_000_000L)),
            Map.entry("d", BigDecimal.valueOf(86_400_000_000_000L)),
            Map.entry("w", BigDecimal.valueOf(604_800_000_000_000L)),
            Map.entry("y", BigDecimal.valueOf(31_536_000_000_000_000L)));

    private TimeFunctions() {}

    static void register() {
        add("time.now_ns", "->number", (host, a) -> RegoNumber.of(host.nowNanos()))
                .nondeterministic();
        add("time.parse_ns", "string,string->number", (host, a) -> nanos(GoTime.parse(string(a, 0), string(a, 1))));
        add("time.parse_rfc3339_ns", "string->number", (host, a) -> nanos(GoTime.rfc3339(string(a, 0))));
        add("time.parse_duration_ns", "string->number", (host, a) -> RegoNumber.of(duration(string(a, 0))));
        add("time.date", WHEN + "->array<number, number, number>", (host, a) -> {
            ZonedDateTime at = when(a, 0);
            return numbers(at.getYear(), at.getMonthValue(), at.getDayOfMonth());
        });
        add("time.clock", WHEN + "->array<number, number, number>", (host, a) -> {
            ZonedDateTime at = when(a, 0);
            return numbers(at.getHour(), at.getMinute(), at.getSecond());
        });
        add(
                "time.weekday",
                WHEN + "->string",
                (host, a) -> RegoString.of(title(when(a, 0).getDayOfWeek().name())));
        add("time.add_date", "number,number,number,number->number", (host, a) -> addDate(a));
        add(
                "time.diff",
                WHEN + "," + WHEN + "->array<number, number, number, number, number, number>",
                (host, a) -> diff(when(a, 0), when(a, 1)));
        add("time.format", "any<number, array<number, string>, array<number, string, string>>->string", (host, a) -> {
            String layout = a[0] instanceof RegoArray array && array.size() == 3 && array.get(2) instanceof RegoString s
                    ? s.value()
                    : "2006-01-02T15:04:05.999999999Z07:00";
            return RegoString.of(GoTime.format(when(a, 0), layout));
        });
    }

    static String title(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static RegoArray numbers(long... values) {
        List<Value> numbers = new ArrayList<>();
        for (long value : values) {
            numbers.add(RegoNumber.of(value));
        }
        return RegoArray.of(numbers);
    }

    private static RegoNumber nanos(Instant instant) {
        BigInteger nanos = BigInteger.valueOf(instant.getEpochSecond())
                .multiply(BILLION)
                .add(BigInteger.valueOf(instant.getNano()));
        if (nanos.bitLength() > 63) {
            throw BuiltinFailure.error("time outside of valid range");
        }
        return RegoNumber.of(nanos);
    }

    private static ZonedDateTime when(Value[] args, int at) {
        Value time = args[at];
        String zone = "UTC";
        if (args[at] instanceof RegoArray array) {
            if (array.size() == 0) {
                throw BuiltinFailure.operand(1, "must be either number (ns) or [number (ns), string (tz)]");
            }
            time = array.get(0);
            if (array.size() > 1) {
                if (!(array.get(1) instanceof RegoString s)) {
                    throw BuiltinFailure.operand(
                            1, "must be string but got " + array.get(1).typeName());
                }
                zone = s.value().isEmpty() ? "UTC" : s.value();
            }
        }
        if (!(time instanceof RegoNumber number)) {
            throw BuiltinFailure.operand(at + 1, "must be number but got " + time.typeName());
        }
        if (!number.isIntegral()) {
            throw BuiltinFailure.error("timestamp too big");
        }
        if (number.integer().bitLength() > 63) {
            throw BuiltinFailure.error("timestamp too big");
        }
        long nanos = number.integer().longValue();
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
        return instant.atZone(zone(zone));
    }

    private static ZoneId zone(String name) {
        if (name.equals("Local")) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw BuiltinFailure.error("unknown time zone " + name);
        }
    }

    private static Value addDate(Value[] args) {
        ZonedDateTime from = when(args, 0);
        int years = Operands.smallInteger(args, 1);
        int months = Operands.smallInteger(args, 2);
        int days = Operands.smallInteger(args, 3);
        try {
            // As Go does it: the day may run over into the next month.
            long month = (long) from.getMonthValue() - 1 + months;
            LocalDate start = LocalDate.of(
                    Math.toIntExact(Math.addExact((long) from.getYear() + years, Math.floorDiv(month, 12L))),
                    (int) Math.floorMod(month, 12L) + 1,
                    1);
            LocalDate date = start.plusDays((long) from.getDayOfMonth() - 1 + days);
            return nanos(LocalDateTime.of(date, from.toLocalTime()).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException | ArithmeticException outside) {
            throw BuiltinFailure.error("time outside of valid range");
        }
    }

    private static Value diff(ZonedDateTime a, ZonedDateTime b) {
        ZonedDateTime first = a.withZoneSameInstant(a.getZone());
        ZonedDateTime second = b.withZoneSameInstant(a.getZone());
        if (first.isAfter(second)) {
            ZonedDateTime swap = first;
            first = second;
            second = swap;
        }
        int year = second.getYear() - first.getYear();
        int month = second.getMonthValue() - first.getMonthValue();
        int day = second.getDayOfMonth() - first.getDayOfMonth();
        int hour = second.getHour() - first.getHour();
        int minute = second.getMinute() - first.getMinute();
        int seconds = second.getSecond() - first.getSecond();
        if (seconds < 0) {
            seconds += 60;
            minute--;
        }
        if (minute < 0) {
            minute += 60;
            hour--;
        }
        if (hour < 0) {
            hour += 24;
            day--;
        }
        if (day < 0) {
            day += LocalDate.of(first.getYear(), first.getMonthValue(), 1).lengthOfMonth();
            month--;
        }
        if (month < 0) {
            month += 12;
            year--;
        }
        return numbers(year, month, day, hour, minute, seconds);
    }

    /** A Go duration: signed decimals with units, one after another. */
    private static long duration(String text) {
        BuiltinFailure invalid = BuiltinFailure.error("time: invalid duration " + RegoString.of(text));
        String rest = text;
        boolean negative = rest.startsWith("-");
        if (negative || rest.startsWith("+")) {
            rest = rest.substring(1);
        }
        if (rest.equals("0")) {
            return 0;
        }
        if (rest.isEmpty()) {
            throw invalid;
        }
        BigDecimal total = BigDecimal.ZERO;
        Matcher part = PART_OF_DURATION.matcher(rest);
        for (int at = 0; at < rest.length(); at = part.end()) {
            // The pattern matches everywhere, and only before the end of the text without taking anything.
            part.find(at);
            String number = part.group(1);
            String unit = part.group(2);
            if (!DECIMAL.matcher(number).matches()) {
                throw invalid;
            }
            if (unit.isEmpty()) {
                throw BuiltinFailure.error("time: missing unit in duration " + RegoString.of(text));
            }
            BigDecimal size = DURATION_UNITS.get(unit);
            if (size == null) {
                throw BuiltinFailure.error(
                        "time: unknown unit " + RegoString.of(unit) + " in duration " + RegoString.of(text));
            }
            total = total.add(RegoNumber.parse(number).exact().multiply(size));
        }
        BigInteger nanos = total.toBigInteger();
        nanos = negative ? nanos.negate() : nanos;
        if (nanos.bitLength() > 63) {
            throw invalid;
        }
        return nanos.longValue();
    }
}
