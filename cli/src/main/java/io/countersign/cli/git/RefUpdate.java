package io.countersign.cli.git;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of what git tells a hook: a ref, what it names now and what it would name. An id of zeros stands for nothing.
 */
record RefUpdate(String oldId, String newId, String ref) {

    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) (refs/\\P{Cntrl}+)");
    private static final Pattern ZEROS = Pattern.compile("0+");

    /** All lines of the hook's standard input; a line that cannot be read fails, so that nothing passes unseen. */
    static List<RefUpdate> read(InputStream in) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new CommandFailure(
                    ExitCode.ERROR, "the name of a ref is not UTF-8", "push to a ref whose name is text");
        }
        return text.lines().map(RefUpdate::line).toList();
    }

    private static RefUpdate line(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new CommandFailure(
                    ExitCode.ERROR, "this is no line of git's: `" + line + "`", "this command is for git to call");
        }
        return new RefUpdate(parts.group(1), parts.group(2), parts.group(3));
    }

    boolean creates() {
        return ZEROS.matcher(oldId).matches();
    }

    boolean deletes() {
        return ZEROS.matcher(newId).matches();
    }
}
