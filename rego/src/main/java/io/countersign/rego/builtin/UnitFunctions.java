package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.string;

import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts with units, semantic versions, UUIDs. */
final class UnitFunctions {

    private static final Pattern SEMVER = Pattern.compile(
            "(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)" + "(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?");

    private static final Pattern DECIMAL = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern PADDED = Pattern.compile("0[0-9]+");

    private UnitFunctions() {}

    static void register() {
        add("units.parse", "string->number", (host, a) -> units(string(a, 0)));
        add("units.parse_bytes", "string->number", (host, a) -> bytes(string(a, 0)));
        add(
                "semver.is_valid",
                "any->boolean",
                (host, a) -> RegoBoolean.of(a[0] instanceof RegoString s && isVersion(s.value())));
        add("semver.compare", "string,string->number", (host, a) -> {
            for (int i = 0; i < 2; i++) {
                if (!isVersion(string(a, i))) {
                    throw BuiltinFailure.error("operand " + (i + 1) + ": string " + a[i] + " is not a valid SemVer");
                }
            }
            return RegoNumber.of(compare(string(a, 0), string(a, 1)));
        });
        add(
                        "uuid.rfc4122",
                        "string->string",
                        (host, a) -> host.once("uuid.rfc4122", List.of(a), () -> {
                            byte[] bytes = new byte[16];
                            host.random().nextBytes(bytes);
                            bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
                            bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
                            String hex = java.util.HexFormat.of().formatHex(bytes);
                            return RegoString.of(hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-"
                                    + hex.substring(12, 16) + "-" + hex.substring(16, 20) + "-" + hex.substring(20));
                        }))
                .nondeterministic();
        add("uuid.parse", "string->object[string: any]", (host, a) -> uuid(string(a, 0)));
    }

    // --- Units ---

    private static String[] amount(String text, boolean bytes) {
        String unquoted = text.replace("\"", "");
        if (unquoted.contains(" ")) {
            throw BuiltinFailure.error("spaces not allowed in resource strings");
        }
        int end = 0;
        while (end < unquoted.length()) {
            char c = unquoted.charAt(end);
            boolean exponent = (c == 'e' || c == 'E') && end > 0 && isExponent(unquoted, end);
            boolean sign = (c == '-' || c == '+') && (end == 0 || "eE".indexOf(unquoted.charAt(end - 1)) >= 0);
            if (!Character.isDigit(c) && c != '.' && !exponent && !sign) {
                break;
            }
            end++;
        }
        String number = unquoted.substring(0, end);
        if (number.isEmpty()) {
            throw BuiltinFailure.error(bytes ? "no byte amount provided" : "no amount provided");
        }
        return new String[] {number, unquoted.substring(end)};
    }

    private static boolean isExponent(String text, int at) {
        int next = at + 1;
        if (next < text.length() && (text.charAt(next) == '-' || text.charAt(next) == '+')) {
            next++;
        }
        return next < text.length() && Character.isDigit(text.charAt(next));
    }

    private static BigDecimal number(String text, boolean bytes) {
        if (text.length() < 18 && DIGITS.matcher(text).matches()) {
            return BigDecimal.valueOf(Long.parseLong(text));
        }
        String what = bytes ? "byte amount" : "amount";
        if (!DECIMAL.matcher(text).matches()) {
            throw BuiltinFailure.error("could not parse " + what + " to a number");
        }
        int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (exponent >= 0) {
            BigInteger size = RegoNumber.integer(text.substring(exponent + 1).replace("+", ""));
            if (size.abs().compareTo(BigInteger.valueOf(308)) > 0) {
                throw BuiltinFailure.error("exponent too large");
            }
        }
        return RegoNumber.parse(text).exact();
    }

    private static Value units(String text) {
        String[] parts = amount(text, false);
        String unit = parts[1];
        BigDecimal factor = switch (unit.length() <= 1 ? unit : unit.toLowerCase(Locale.ROOT)) {
            case "" -> BigDecimal.ONE;
            case "m" -> new BigDecimal("0.001");
            case "k", "K" -> BigDecimal.TEN.pow(3);
            case "M" -> BigDecimal.TEN.pow(6);
            case "g", "G" -> BigDecimal.TEN.pow(9);
            case "t", "T" -> BigDecimal.TEN.pow(12);
            case "p", "P" -> BigDecimal.TEN.pow(15);
            case "e", "E" -> BigDecimal.TEN.pow(18);
            case "ki" -> two(10);
            case "mi" -> two(20);
            case "gi" -> two(30);
            case "ti" -> two(40);
            case "pi" -> two(50);
            case "ei" -> two(60);
            default -> throw BuiltinFailure.error("unit " + unit + " not recognized");
        };
        BigDecimal value = number(parts[0], false).multiply(factor);
        if (value.signum() == 0) {
            return RegoNumber.of(0);
        }
        if (value.stripTrailingZeros().scale() <= 0) {
            return RegoNumber.of(value.toBigInteger());
        }
        String rounded =
                value.setScale(10, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString();
        return RegoNumber.parse(rounded);
    }

    private static BigDecimal two(int power) {
        return BigDecimal.valueOf(1L << power);
    }

    private static Value bytes(String text) {
        String[] parts = amount(text, true);
        String unit = parts[1].toLowerCase(Locale.ROOT);
        BigDecimal factor = switch (unit) {
            case "", "b" -> BigDecimal.ONE;
            case "kb", "k" -> BigDecimal.TEN.pow(3);
            case "kib", "ki" -> two(10);
            case "mb", "m" -> BigDecimal.TEN.pow(6);
            case "mib", "mi" -> two(20);
            case "gb", "g" -> BigDecimal.TEN.pow(9);
            case "gib", "gi" -> two(30);
            case "tb", "t" -> BigDecimal.TEN.pow(12);
            case "tib", "ti" -> two(40);
            case "pb", "p" -> BigDecimal.TEN.pow(15);
            case "pib", "pi" -> two(50);
            case "eb", "e" -> BigDecimal.TEN.pow(18);
            case "eib", "ei" -> two(60);
            default -> throw BuiltinFailure.error("byte unit " + unit + " not recognized");
        };
        return RegoNumber.of(number(parts[0], true).multiply(factor).toBigInteger());
    }

    // --- Semantic versions ---

    private static boolean isVersion(String text) {
        Matcher matcher = SEMVER.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        String pre = matcher.group(4);
        String build = matcher.group(5);
        return partsFine(pre, true) && partsFine(build, false);
    }

    private static boolean partsFine(@Nullable String text, boolean noZeros) {
        if (text == null) {
            return true;
        }
        for (String part : text.split("\\.", -1)) {
            if (part.isEmpty() || (noZeros && PADDED.matcher(part).matches())) {
                return false;
            }
        }
        return true;
    }

    private static int compare(String a, String b) {
        Matcher x = SEMVER.matcher(a);
        Matcher y = SEMVER.matcher(b);
        if (!x.matches() || !y.matches()) {
            return 0;
        }
        for (int i = 1; i <= 3; i++) {
            int order = RegoNumber.integer(part(x, i)).compareTo(RegoNumber.integer(part(y, i)));
            if (order != 0) {
                return order;
            }
        }
        String pre = part(x, 4);
        String other = part(y, 4);
        if (pre.isEmpty() || other.isEmpty()) {
            return pre.isEmpty() ? (other.isEmpty() ? 0 : 1) : -1;
        }
        String[] mine = pre.split("\\.", -1);
        String[] theirs = other.split("\\.", -1);
        for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
            int order = identifier(mine[i], theirs[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.length, theirs.length);
    }

    private static String part(Matcher matcher, int group) {
        String found = matcher.group(group);
        return found == null ? "" : found;
    }

    private static int identifier(String a, String b) {
        boolean numberA = DIGITS.matcher(a).matches();
        boolean numberB = DIGITS.matcher(b).matches();
        if (numberA && numberB) {
            return RegoNumber.integer(a).compareTo(RegoNumber.integer(b));
        }
        return numberA != numberB ? (numberA ? -1 : 1) : Integer.signum(a.compareTo(b));
    }

    // --- UUIDs ---

    private static @Nullable Value uuid(String text) {
        String plain = text;
        if (plain.toLowerCase(Locale.ROOT).startsWith("urn:uuid:")) {
            plain = plain.substring(9);
        } else if (plain.length() == 38) {
            plain = plain.substring(1, plain.length() - 1);
        }
        if (!plain.matches(
                "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}")) {
            return null;
        }
        byte[] bytes = java.util.HexFormat.of().parseHex(plain.replace("-", ""));
        int version = (bytes[6] & 0xf0) >> 4;
        int high = bytes[8] & 0xff;
        String variant = high < 0x80 ? "Reserved" : high < 0xc0 ? "RFC4122" : high < 0xe0 ? "Microsoft" : "Future";
        RegoObject.Builder fields = new RegoObject.Builder(8);
        fields.put("version", RegoNumber.of(version));
        fields.put("variant", RegoString.of(variant));
        if (version == 1 || version == 2) {
            long low = 0;
            for (int i = 0; i < 4; i++) {
                low = (low << 8) | (bytes[i] & 0xff);
            }
            long mid = ((bytes[4] & 0xffL) << 8) | (bytes[5] & 0xff);
            long top = ((bytes[6] & 0x0fL) << 8) | (bytes[7] & 0xff);
            long time = (low | (mid << 32) | (top << 48)) - 0x01B21DD213814000L;
            if (version == 1) {
                fields.put("time", RegoNumber.of(time * 100));
            } else {
                fields.put("time", RegoNumber.of(time * 100));
                fields.put("id", RegoNumber.of(low));
                int domain = bytes[9];
                fields.put(
                        "domain",
                        RegoString.of(
                                domain == 0
                                        ? "Person"
                                        : domain == 1 ? "Group" : domain == 2 ? "Org" : "Domain" + domain));
            }
            StringBuilder node = new StringBuilder();
            for (int i = 10; i < 16; i++) {
                node.append(i > 10 ? "-" : "").append(String.format("%02x", bytes[i]));
            }
            fields.put("nodeid", RegoString.of(node.toString()));
            fields.put("macvariables", RegoString.of(mac(bytes[10])));
            fields.put("clocksequence", RegoNumber.of(((high & 0x3f) << 8) | (bytes[9] & 0xff)));
        }
        return fields.build();
    }

    private static String mac(byte first) {
        String scope = (first & 2) != 0 ? "local" : "global";
        return scope + ":" + ((first & 1) != 0 ? "multicast" : "unicast");
    }
}
