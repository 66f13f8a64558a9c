package io.countersign.cli.run;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What of the files approvers can read in the manifest itself; the rest is there by its hash. */
final class ShownText {

    private static final int ONE_FILE = 4 << 20;
    private static final int ALL_FILES = 8 << 20;

    private long used;

    /** The text, or nothing where it is not UTF-8 or too long. */
    @Nullable
    String text(Path file, long size) {
        byte[] bytes = bytes(file, size);
        if (bytes == null) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                return null;
            }
            used += size;
            return text;
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    /** The bytes, or nothing where there are too many. */
    @Nullable
    String base64(Path file, long size) {
        byte[] bytes = bytes(file, size);
        if (bytes == null) {
            return null;
        }
        used += size;
        return Base64.getEncoder().encodeToString(bytes);
    }

    private byte @Nullable [] bytes(Path file, long size) {
        return size > ONE_FILE || used + size > ALL_FILES ? null : CopiedFile.start(file, ONE_FILE + 1);
    }
}
