package io.countersign.cli.request;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes read as UTF-8 so that no two different byte strings look the same. */
final class ByteText {

    private static final int LONE_SURROGATES = 0xdc00;

    private ByteText() {}

    /** The text; a byte that is no UTF-8 becomes a lone surrogate, which is shown as a mark. */
    static String of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int bad = 0; bad < result.length(); bad++) {
                out.put((char) (LONE_SURROGATES + (in.get() & 0xff)));
            }
        }
    }

    /** Whether the bytes are better shown as numbers than as text. */
    static boolean binary(byte[] bytes) {
        int odd = 0;
        int looked = Math.min(bytes.length, 4096);
        for (int at = 0; at < looked; at++) {
            if (bytes[at] == 0) {
                return true;
            }
            odd += bytes[at] >= 0 && bytes[at] < ' ' && bytes[at] != '\n' && bytes[at] != '\t' && bytes[at] != '\r'
                    ? 1
                    : 0;
        }
        return odd * 10 > looked;
    }
}
