package io.countersign.rego.builtin;

import io.countersign.rego.value.RegoString;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times as texts by Go's layouts, whose reference time is Mon Jan 2 15:04:05 2006. */
final class GoTime {

    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("ANSIC", "Mon Jan _2 15:04:05 2006"),
            Map.entry("UnixDate", "Mon Jan _2 15:04:05 MST 2006"),
            Map.entry("RubyDate", "Mon Jan 02 15:04:05 -0700 2006"),
            Map.entry("RFC822", "02 Jan 06 15:04 MST"),
            Map.entry("RFC822Z", "02 Jan 06 15:04 -0700"),
            Map.entry("RFC850", "Monday, 02-Jan-06 15:04:05 MST"),
            Map.entry("RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"),
            Map.entry("RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"),
            Map.entry("RFC3339", "2006-01-02T15:04:05Z07:00"),
            Map.entry("RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00"),
            Map.entry("Kitchen", "3:04PM"),
            Map.entry("Stamp", "Jan _2 15:04:05"),
            Map.entry("StampMilli", "Jan _2 15:04:05.000"),
            Map.entry("StampMicro", "Jan _2 15:04:05.000000"),
            Map.entry("StampNano", "Jan _2 15:04:05.000000000"),
            Map.entry("DateTime", "2006-01-02 15:04:05"),
            Map.entry("DateOnly", "2006-01-02"),
            Map.entry("TimeOnly", "15:04:05"));

    /** The elements of layouts, longer ones before those they begin with. */
    private static final List<String> ELEMENTS = List.of(
            "January",
            "Jan",
            "Monday",
            "Mon",
            "MST",
            "2006",
            "01",
            "02",
            "03",
            "04",
            "05",
            "06",
            "002",
            "15",
            "PM",
            "pm",
            "-07:00:00",
            "-070000",
            "-07:00",
            "-0700",
            "-07",
            "Z07:00:00",
            "Z070000",
            "Z07:00",
            "Z0700",
            "Z07",
            "__2",
            "_2",
            "1",
            "2",
            "3",
            "4",
            "5");

    private GoTime() {}

    private static List<String> cut(String layout) {
        String full = NAMED.getOrDefault(layout, layout);
        List<String> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < full.length()) {
            String element = element(full, at);
            if (element.isEmpty()) {
                literal.append(full.charAt(at++));
                continue;
            }
            if (!literal.isEmpty()) {
                parts.add("'" + literal);
                literal.setLength(0);
            }
            parts.add(element);
            at += element.length();
        }
        if (!literal.isEmpty()) {
            parts.add("'" + literal);
        }
        return parts;
    }

    private static String element(String layout, int at) {
        char c = layout.charAt(at);
        if ((c == '.' || c == ',') && at + 1 < layout.length()) {
            char digit = layout.charAt(at + 1);
            if (digit == '0' || digit == '9') {
                int end = at + 1;
                while (end < layout.length() && layout.charAt(end) == digit) {
                    end++;
                }
                if (end >= layout.length() || !Character.isDigit(layout.charAt(end))) {
                    return layout.substring(at, end);
                }
            }
            return "";
        }
        if (layout.startsWith("_2006", at)) {
            return "";
        }
        if (layout.startsWith("002", at)) {
            return "002";
        }
        for (String element : ELEMENTS) {
            if (layout.startsWith(element, at)) {
                boolean name = element.equals("Jan") || element.equals("Mon");
                boolean inWord = name && at + 3 < layout.length() && Character.isLowerCase(layout.charAt(at + 3));
                if (!inWord) {
                    return element;
                }
            }
        }
        return "";
    }

    // --- Formatting ---

    static String format(ZonedDateTime at, String layout) {
        StringBuilder out = new StringBuilder();
        for (String part : cut(layout)) {
            out.append(part.startsWith("'") ? part.substring(1) : shown(at, part));
        }
        return out.toString();
    }

    private static String shown(ZonedDateTime at, String part) {
        int hour12 = at.getHour() % 12 == 0 ? 12 : at.getHour() % 12;
        return switch (part) {
            case "2006" -> String.format("%04d", at.getYear());
            case "06" -> two(Math.floorMod(at.getYear(), 100));
            case "January" -> TimeFunctions.title(at.getMonth().name());
            case "Jan" -> TimeFunctions.title(at.getMonth().name()).substring(0, 3);
            case "01" -> two(at.getMonthValue());
            case "1" -> Integer.toString(at.getMonthValue());
            case "Monday" -> TimeFunctions.title(at.getDayOfWeek().name());
            case "Mon" -> TimeFunctions.title(at.getDayOfWeek().name()).substring(0, 3);
            case "02" -> two(at.getDayOfMonth());
            case "_2" -> String.format("%2d", at.getDayOfMonth());
            case "2" -> Integer.toString(at.getDayOfMonth());
            case "002" -> String.format("%03d", at.getDayOfYear());
            case "__2" -> String.format("%3d", at.getDayOfYear());
            case "15" -> two(at.getHour());
            case "03" -> two(hour12);
            case "3" -> Integer.toString(hour12);
            case "04" -> two(at.getMinute());
            case "4" -> Integer.toString(at.getMinute());
            case "05" -> two(at.getSecond());
            case "5" -> Integer.toString(at.getSecond());
            case "PM" -> at.getHour() < 12 ? "AM" : "PM";
            case "pm" -> at.getHour() < 12 ? "am" : "pm";
            case "MST" -> zoneName(at);
            default -> part.charAt(0) == '.' || part.charAt(0) == ',' ? fraction(at, part) : offset(at, part);
        };
    }

    private static String zoneName(ZonedDateTime at) {
        if (at.getZone().getId().equals("UTC")) {
            return "UTC";
        }
        String name = at.getZone() instanceof ZoneOffset
                ? ""
                : java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
                        .format(at);
        return name.isEmpty() ? offset(at, "-07") : name;
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    private static String fraction(ZonedDateTime at, String part) {
        String digits = String.format("%09d", at.getNano());
        int length = Math.min(9, part.length() - 1);
        String shown = digits.substring(0, length);
        if (part.charAt(1) == '9') {
            shown = shown.replaceFirst("0+$", "");
            return shown.isEmpty() ? "" : part.charAt(0) + shown;
        }
        return part.charAt(0) + shown + "0".repeat(part.length() - 1 - length);
    }

    private static String offset(ZonedDateTime at, String part) {
        int seconds = at.getOffset().getTotalSeconds();
        if (part.charAt(0) == 'Z' && seconds == 0) {
            return "Z";
        }
        int size = Math.abs(seconds);
        String sign = seconds < 0 ? "-" : "+";
        String form = part.substring(1);
        String colon = form.contains(":") ? ":" : "";
        String text = sign + two(size / 3600);
        if (form.length() > 2) {
            text += colon + two(size / 60 % 60);
        }
        return form.length() > 5 && !form.equals("07:00") ? text + colon + two(size % 60) : text;
    }

    // --- Parsing ---

    static Instant rfc3339(String text) {
        // The common form, by hand: 2006-01-02T15:04:05Z
        if (text.length() == 20
                && text.charAt(19) == 'Z'
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':') {
            int year = number(text, 0, 4);
            int month = number(text, 5, 7);
            int day = number(text, 8, 10);
            int hour = number(text, 11, 13);
            int minute = number(text, 14, 16);
            int second = number(text, 17, 19);
            if (year >= 0
                    && month >= 1
                    && month <= 12
                    && day >= 1
                    && day <= 28
                    && hour >= 0
                    && hour < 24
                    && minute >= 0
                    && minute < 60
                    && second >= 0
                    && second < 60) {
                long days = LocalDate.of(year, month, day).toEpochDay();
                return Instant.ofEpochSecond(days * 86400 + hour * 3600L + minute * 60L + second);
            }
        }
        return parse("RFC3339", text);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    static Instant parse(String layout, String text) {
        return new Reading(layout, text).read();
    }

    /** One text while it is read by a layout. */
    private static final class Reading {
        private final String layout;
        private final String text;
        private int at;
        private int year;
        private int month = 1;
        private int day = 1;
        private int dayOfYear;
        private int hour;
        private int minute;
        private int second;
        private int nano;
        private int offset;
        private boolean afternoon;
        private boolean halfDay;

        Reading(String layout, String text) {
            this.layout = layout;
            this.text = text;
        }

        private BuiltinFailure wrong(String part) {
            String full = NAMED.getOrDefault(layout, layout);
            return BuiltinFailure.error("parsing time " + RegoString.of(text) + " as " + RegoString.of(full)
                    + ": cannot parse " + RegoString.of(text.substring(Math.min(at, text.length()))) + " as "
                    + RegoString.of(part));
        }

        Instant read() {
            for (String part : cut(layout)) {
                if (part.startsWith("'")) {
                    literal(part.substring(1));
                } else {
                    element(part);
                }
            }
            if (at < text.length()) {
                throw BuiltinFailure.error(
                        "parsing time " + RegoString.of(text) + ": extra text: " + RegoString.of(text.substring(at)));
            }
            if (halfDay) {
                hour = afternoon && hour < 12 ? hour + 12 : !afternoon && hour == 12 ? 0 : hour;
            }
            try {
                LocalDate date = dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
                LocalTime time = LocalTime.of(hour, minute, second, nano);
                return LocalDateTime.of(date, time).toInstant(ZoneOffset.UTC).minusSeconds(offset);
            } catch (DateTimeException outside) {
                throw BuiltinFailure.error("parsing time " + RegoString.of(text) + ": " + range(outside));
            }
        }

        private static String range(DateTimeException outside) {
            String message = String.valueOf(outside.getMessage());
            return message.contains("Hour")
                    ? "hour out of range"
                    : message.contains("Minute")
                            ? "minute out of range"
                            : message.contains("Second")
                                    ? "second out of range"
                                    : message.contains("Month") ? "month out of range" : "day out of range";
        }

        private void literal(String literal) {
            if (!text.startsWith(literal, at)) {
                throw wrong(literal);
            }
            at += literal.length();
        }

        private int number(int least, int most, String part) {
            int start = at;
            while (at < text.length() && at - start < most && Character.isDigit(text.charAt(at))) {
                at++;
            }
            if (at - start < least) {
                at = start;
                throw wrong(part);
            }
            return Integer.parseInt(text.substring(start, at));
        }

        private void element(String part) {
            switch (part) {
                case "2006" -> year = number(4, 4, part);
                case "06" -> {
                    int two = number(2, 2, part);
                    year = two >= 69 ? 1900 + two : 2000 + two;
                }
                case "01" -> month = number(2, 2, part);
                case "1" -> month = number(1, 2, part);
                case "January", "Jan" -> month = name(part, java.time.Month.values().length, true);
                case "Monday", "Mon" -> name(part, 7, false);
                case "02" -> day = number(2, 2, part);
                case "_2" -> {
                    if (at < text.length() && text.charAt(at) == ' ') {
                        at++;
                    }
                    day = number(1, 2, part);
                }
                case "2" -> day = number(1, 2, part);
                case "002" -> dayOfYear = number(3, 3, part);
                case "__2" -> {
                    while (at < text.length() && text.charAt(at) == ' ') {
                        at++;
                    }
                    dayOfYear = number(1, 3, part);
                }
                case "15" -> hour = number(2, 2, part);
                case "03" -> hour = number(2, 2, part);
                case "3" -> hour = number(1, 2, part);
                case "04" -> minute = number(2, 2, part);
                case "4" -> minute = number(1, 2, part);
                case "05", "5" -> {
                    second = number(part.length(), 2, part);
                    if (at + 1 < text.length()
                            && (text.charAt(at) == '.' || text.charAt(at) == ',')
                            && Character.isDigit(text.charAt(at + 1))
                            && !layout.contains(".0")
                            && !layout.contains(".9")) {
                        fraction();
                    }
                }
                case "PM", "pm" -> {
                    halfDay = true;
                    afternoon = text.regionMatches(true, at, "PM", 0, 2);
                    if (!afternoon && !text.regionMatches(true, at, "AM", 0, 2)) {
                        throw wrong(part);
                    }
                    at += 2;
                }
                case "MST" -> zoneName(part);
                default -> {
                    if (part.charAt(0) == '.' || part.charAt(0) == ',') {
                        if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
                            fraction();
                        } else if (part.charAt(1) == '0') {
                            throw wrong(part);
                        }
                    } else {
                        offset(part);
                    }
                }
            }
        }

        private void fraction() {
            int start = ++at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            String digits = (text.substring(start, at) + "000000000").substring(0, 9);
            nano = Integer.parseInt(digits);
        }

        private int name(String part, int count, boolean ofMonth) {
            for (int i = 1; i <= count; i++) {
                String full = ofMonth
                        ? java.time.Month.of(i).getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                        : java.time.DayOfWeek.of(i).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
                String wanted = part.length() == 3 ? full.substring(0, 3) : full;
                if (text.regionMatches(true, at, wanted, 0, wanted.length())) {
                    at += wanted.length();
                    return i;
                }
            }
            throw wrong(part);
        }

        private void zoneName(String part) {
            int start = at;
            while (at < text.length() && Character.isUpperCase(text.charAt(at))) {
                at++;
            }
            if (at - start < 3) {
                throw wrong(part);
            }
        }

        private void offset(String part) {
            if (part.charAt(0) == 'Z' && at < text.length() && text.charAt(at) == 'Z') {
                at++;
                return;
            }
            if (at >= text.length() || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
                throw wrong(part);
            }
            int sign = text.charAt(at++) == '-' ? -1 : 1;
            boolean colon = part.contains(":");
            int hours = number(2, 2, part);
            int minutes = 0;
            int seconds = 0;
            int length = part.replace(":", "").length();
            if (length >= 5) {
                if (colon) {
                    literal(":");
                }
                minutes = number(2, 2, part);
            }
            if (length >= 7) {
                if (colon) {
                    literal(":");
                }
                seconds = number(2, 2, part);
            }
            offset = sign * (hours * 3600 + minutes * 60 + seconds);
        }
    }
}
