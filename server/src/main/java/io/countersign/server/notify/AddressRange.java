package io.countersign.server.notify;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** A range of network addresses of one family, as CIDR writes it. */
final class AddressRange {

    private static final String LITERAL = "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F.:]*";

    private final byte[] prefix;
    private final int bits;

    private AddressRange(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /** Reads for example {@code 10.0.0.0/8} or {@code fd00::/8}; an address alone is the range of itself. */
    static Optional<AddressRange> parse(String text) {
        String[] parts = text.strip().split("/", -1);
        if (parts.length > 2 || !parts[0].matches(LITERAL)) {
            return Optional.empty();
        }
        try {
            byte[] prefix = InetAddress.ofLiteral(parts[0]).getAddress();
            int bits = parts.length == 1 ? prefix.length * Byte.SIZE : Integer.parseInt(parts[1]);
            return bits < 0 || bits > prefix.length * Byte.SIZE
                    ? Optional.empty()
                    : Optional.of(new AddressRange(prefix, bits));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** A range of our own. */
    static AddressRange of(String text) {
        return parse(text).orElseThrow();
    }

    boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != prefix.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        return Arrays.equals(prefix, 0, whole, other, 0, whole)
                && (rest == 0 || ((prefix[whole] ^ other[whole]) & 0xff) >> (Byte.SIZE - rest) == 0);
    }

    /** The IPv4 address within an IPv6 one, beginning at this byte. */
    static InetAddress embedded(byte[] address, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address, at, at + 4));
        } catch (UnknownHostException fourBytesAreAnAddress) {
            throw new IllegalStateException(fourBytesAreAnAddress);
        }
    }
}
