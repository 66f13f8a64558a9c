package io.countersign.rego.builtin;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A block of addresses: the first address, how many bits of it count, and of how many. */
record Cidr(BigInteger address, int bits, int size) {

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    /** What comes before the 32 bits of an address of version 4 in one of version 6 that stands for it. */
    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);

    private static final int MAPPED_BITS = 96;

    /** The block of a text such as `10.0.0.0/8`, or null. */
    static @Nullable Cidr parse(String text) {
        Cidr block = written(text);
        return block == null || block.bits() < MAPPED_BITS ? block : block.plain();
    }

    private static @Nullable Cidr written(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return null;
        }
        Cidr address = literal(text.substring(0, slash));
        String length = text.substring(slash + 1);
        if (address == null || !LENGTH.matcher(length).matches() || Integer.parseInt(length) > address.size()) {
            return null;
        }
        int bits = Integer.parseInt(length);
        return new Cidr(address.address().and(mask(bits, address.size())), bits, address.size());
    }

    static BigInteger mask(int bits, int size) {
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE).shiftLeft(size - bits);
    }

    /** The block of one address, or null. */
    static @Nullable Cidr address(String text) {
        Cidr address = literal(text);
        return address == null ? null : address.plain();
    }

    private static @Nullable Cidr literal(String text) {
        byte[] bytes = text.contains(":") ? six(text) : four(text);
        return bytes == null ? null : new Cidr(new BigInteger(1, bytes), bytes.length * 8, bytes.length * 8);
    }

    /** What is written as an address of version 6 and stands for one of version 4, such as `::ffff:10.0.0.1`, as that. */
    private Cidr plain() {
        boolean mapped = size == 128 && address.shiftRight(32).equals(MAPPED);
        return mapped ? new Cidr(address.subtract(MAPPED.shiftLeft(32)), Math.max(0, bits - MAPPED_BITS), 32) : this;
    }

    private static byte @Nullable [] four(String text) {
        byte[] bytes = new byte[4];
        int at = 0;
        for (int i = 0; i < 4; i++) {
            int start = at;
            int part = 0;
            while (at < text.length() && at - start < 3 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                part = part * 10 + text.charAt(at++) - '0';
            }
            boolean padded = at - start > 1 && text.charAt(start) == '0';
            boolean ended = i == 3 ? at == text.length() : at < text.length() && text.charAt(at) == '.';
            if (at == start || padded || part > 255 || !ended) {
                return null;
            }
            bytes[i] = (byte) part;
            at++;
        }
        return bytes;
    }

    private static byte @Nullable [] six(String text) {
        String plain = text;
        List<Integer> groups = new ArrayList<>();
        int dot = plain.indexOf('.');
        if (dot >= 0) {
            int colon = plain.lastIndexOf(':');
            byte[] tail = four(plain.substring(colon + 1));
            if (tail == null) {
                return null;
            }
            plain = plain.substring(0, colon + 1) + Integer.toHexString(((tail[0] & 0xff) << 8) | (tail[1] & 0xff))
                    + ":" + Integer.toHexString(((tail[2] & 0xff) << 8) | (tail[3] & 0xff));
        }
        int gap = plain.indexOf("::");
        if (gap != plain.lastIndexOf("::")) {
            return null;
        }
        String before = gap < 0 ? plain : plain.substring(0, gap);
        String after = gap < 0 ? "" : plain.substring(gap + 2);
        if (!groups(before, groups)) {
            return null;
        }
        List<Integer> last = new ArrayList<>();
        if (!groups(after, last)) {
            return null;
        }
        int missing = 8 - groups.size() - last.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return null;
        }
        for (int i = 0; i < missing; i++) {
            groups.add(0);
        }
        groups.addAll(last);
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[2 * i] = (byte) (groups.get(i) >> 8);
            bytes[2 * i + 1] = (byte) (int) groups.get(i);
        }
        return bytes;
    }

    private static boolean groups(String text, List<Integer> groups) {
        if (text.isEmpty()) {
            return true;
        }
        for (String part : text.split(":", -1)) {
            if (!GROUP.matcher(part).matches()) {
                return false;
            }
            groups.add(Integer.parseInt(part, 16));
        }
        return true;
    }

    BigInteger last() {
        return address.or(BigInteger.ONE.shiftLeft(size - bits).subtract(BigInteger.ONE));
    }

    boolean contains(Cidr other) {
        return size == other.size && address.compareTo(other.address) <= 0 && last().compareTo(other.last()) >= 0;
    }

    boolean intersects(Cidr other) {
        return size == other.size && (contains(other) || other.contains(this));
    }

    /** The text of one address as Go writes it. */
    static String text(BigInteger address, int size) {
        byte[] raw = address.toByteArray();
        byte[] bytes = new byte[size / 8];
        int length = Math.min(raw.length, bytes.length);
        System.arraycopy(raw, raw.length - length, bytes, bytes.length - length, length);
        if (size == 32) {
            return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        int best = -1;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && groups[i + run] == 0) {
                run++;
            }
            if (run > longest) {
                best = i;
                longest = run;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                out.append("::");
                i += longest - 1;
                continue;
            }
            if (!out.isEmpty() && !out.toString().endsWith(":")) {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }

    String text() {
        return text(address, size) + "/" + bits;
    }
}
