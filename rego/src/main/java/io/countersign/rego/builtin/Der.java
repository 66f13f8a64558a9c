package io.countersign.rego.builtin;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** One value of DER: its tag, and where its content is. Also writes the few forms that are needed. */
final class Der {

    private final byte[] bytes;
    private final int tag;
    private final int start;
    private final int end;

    private Der(byte[] bytes, int tag, int start, int end) {
        this.bytes = bytes;
        this.tag = tag;
        this.start = start;
        this.end = end;
    }

    static Der read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    private static Der read(byte[] bytes, int at, int limit) {
        if (at + 2 > limit) {
            throw BuiltinFailure.error("asn1: structure error: truncated");
        }
        int tag = bytes[at] & 0xff;
        int length = bytes[at + 1] & 0xff;
        int start = at + 2;
        if (length > 0x80) {
            int count = length - 0x80;
            if (count > 3 || start + count > limit) {
                throw BuiltinFailure.error("asn1: structure error: length too large");
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = (length << 8) | (bytes[start++] & 0xff);
            }
        }
        if (length == 0x80 || start + length > limit) {
            throw BuiltinFailure.error("asn1: structure error: tags don't match or data truncated");
        }
        return new Der(bytes, tag, start, start + length);
    }

    int tag() {
        return tag;
    }

    byte[] content() {
        return java.util.Arrays.copyOfRange(bytes, start, end);
    }

    List<Der> children() {
        List<Der> children = new ArrayList<>();
        int at = start;
        while (at < end) {
            Der child = read(bytes, at, end);
            children.add(child);
            at = child.end;
        }
        return children;
    }

    Der child(int position) {
        List<Der> children = children();
        if (position >= children.size()) {
            throw BuiltinFailure.error("asn1: structure error: sequence truncated");
        }
        return children.get(position);
    }

    String text() {
        return new String(
                content(),
                tag == 0x1e ? java.nio.charset.StandardCharsets.UTF_16BE : java.nio.charset.StandardCharsets.UTF_8);
    }

    /** An object identifier with dots. */
    String identifier() {
        byte[] content = content();
        StringBuilder out = new StringBuilder();
        long value = 0;
        for (int i = 0; i < content.length; i++) {
            value = (value << 7) | (content[i] & 0x7f);
            if ((content[i] & 0x80) == 0) {
                if (out.isEmpty()) {
                    long first = Math.min(2, value / 40);
                    out.append(first).append('.').append(value - first * 40);
                } else {
                    out.append('.').append(value);
                }
                value = 0;
            }
        }
        return out.toString();
    }

    // --- Writing ---

    private static byte[] wrap(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return wrap(0x30, out.toByteArray());
    }

    static byte[] integer(int value) {
        return wrap(0x02, new byte[] {(byte) value});
    }

    static byte[] octets(byte[] content) {
        return wrap(0x04, content);
    }

    static byte[] nothing() {
        return wrap(0x05, new byte[0]);
    }

    static byte[] objectIdentifier(String dotted) {
        String[] parts = dotted.split("\\.", -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(parts[0]) * 40 + Integer.parseInt(parts[1]));
        for (int i = 2; i < parts.length; i++) {
            int value = Integer.parseInt(parts[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (value >> shift != 0) {
                    out.write(0x80 | ((value >> shift) & 0x7f));
                }
            }
            out.write(value & 0x7f);
        }
        return wrap(0x06, out.toByteArray());
    }
}
