package io.countersign.server.platform;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** The version of a thing as HTTP names it: {@code ETag} when it is read, {@code If-Match} when it is edited. */
public final class EntityTag {

    private static final Pattern FORM = Pattern.compile("\"(\\d{1,18})\"");

    /** What makes a tag weak; {@code If-Match} compares strongly, RFC 9110, 13.1.1. */
    private static final String WEAK = "W/";

    private EntityTag() {}

    /** The answer with its version. */
    public static <T> ResponseEntity<T> answer(T body, long version) {
        return ResponseEntity.ok().eTag("\"" + version + "\"").body(body);
    }

    /**
     * The version an edit was made for.
     *
     * @throws ProblemException 428 {@code if-match-required} without the header, 400 when it is no version of ours
     */
    public static long demanded(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw Problem.of(428, "if-match-required", "an edit names the version it was made for in `If-Match`")
                    .remedy("read it first, and send its `ETag` as `If-Match`")
                    .raise();
        }
        String tag = ifMatch.strip();
        if (tag.startsWith(WEAK)) {
            throw ProblemException.badField(
                    "wrong-value",
                    "If-Match",
                    "`" + tag
                            + "` is a weak tag, which names no version: send the `ETag` as the server gave it, such as"
                            + " \"3\"");
        }
        Matcher form = FORM.matcher(tag);
        if (!form.matches()) {
            throw ProblemException.badField(
                    "wrong-value", "If-Match", "`If-Match` is the `ETag` of what was read, such as \"3\"");
        }
        return Long.parseLong(form.group(1));
    }

    /** The same where it may be left out, for what is removed whatever its version. */
    public static @Nullable Long offered(@Nullable String ifMatch) {
        return ifMatch == null ? null : Long.valueOf(demanded(ifMatch));
    }

    /** Refuses an edit of something that has changed meanwhile: 412 {@code version-changed}. */
    public static void demandSame(long demanded, long present) {
        if (demanded != present) {
            throw Problem.of(412, "version-changed", "it is at version " + present + " now, not at " + demanded)
                    .remedy("read it again, and edit what is there now")
                    .with("version", present)
                    .raise();
        }
    }
}
