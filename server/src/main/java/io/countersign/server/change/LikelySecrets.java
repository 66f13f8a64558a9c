package io.countersign.server.change;

import io.countersign.server.change.JsonPart.Elements;
import io.countersign.server.change.JsonPart.Form;
import io.countersign.server.change.JsonPart.Members;
import io.countersign.server.change.JsonPart.Scalar;
import io.countersign.server.change.SecretLines.Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a payload what looks like a secret: private keys, access keys, tokens, and the values of passwords and their
 * like; and what is known to be one: what Secrets of Kubernetes hold and Terraform plans mark as sensitive. A covered byte becomes a star and nothing moves, so that a document stays readable as what it is. It looks at
 * likelihoods: a secret can look like nothing, and what is covered can be harmless.
 */
public final class LikelySecrets {

    private static final char COVER = '*';

    /** Words that say that a secret follows. */
    private static final String KEY = "(?:password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key"
            + "|access[_-]?key|secret[_-]?key|credential)s?+";

    private static final String QUOTE = "\\\\?[\"']";

    /** In quotes up to the next one; or one word that is no reference, no placeholder and no plain word of YAML. */
    private static final String VALUE = "(?:" + QUOTE + "(?<quoted>(?![$<{*])[^\"'\\\\\\r\\n]{4,4096}+)"
            + "|(?!(?:true|false|null|none|required|optional)\\b)(?<bare>[^\\s\"'\\\\,;}{\\[$<*&|>:=][^\\s\"'\\\\,;}]{3,4095}+))";

    /** What lies between two lines: a real line break, one written in JSON, or two lines of a list of lines. */
    private static final String BETWEEN_LINES = "(?:\\s|\\\\[nrt]|[\"',+-]){1,80}+";

    /** What of each finding is covered: the groups with these names, or all of it where it has none. */
    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile("(?i)" + KEY + "(?:" + QUOTE + ")?+[ \\t]*+(?:=>|:=|[:=])[ \\t]*+" + VALUE),
            Pattern.compile("(?i)name(?:" + QUOTE + ")?+[ \\t]*+:[ \\t]*+(?:" + QUOTE + ")?+[\\w.-]{0,100}?" + KEY
                    + BETWEEN_LINES + "value(?:" + QUOTE + ")?+[ \\t]*+:[ \\t]*+" + VALUE),
            Pattern.compile("://[^\\s:/@\"'\\\\]{1,200}+:(?<bare>[^\\s@/\"'\\\\]{3,500}+)@"),
            Pattern.compile("(?i)\\b(?:bearer|basic) (?<bare>[A-Za-z0-9._~+/=-]{16,8192}+)"),
            Pattern.compile("\\b(?:AKIA|ASIA)(?<bare>[0-9A-Z]{16})\\b"),
            Pattern.compile("\\b(?:gh[pousr]_|github_pat_|glpat-|npm_|xox[abeprs]-|[sr]k_live_|cs_[stl]_)"
                    + "(?<bare>[A-Za-z0-9_-]{16,255}+)"),
            Pattern.compile("\\bAIza(?<bare>[0-9A-Za-z_-]{35})"),
            Pattern.compile(
                    "\\beyJ(?<bare>[A-Za-z0-9_-]{8,4096}+\\.eyJ[A-Za-z0-9_-]{8,8192}+\\.[A-Za-z0-9_-]{8,4096}+)"),
            Pattern.compile("LS0tLS1CRUdJTi(?<bare>[A-Za-z0-9+/=]{20,100000}+)"));

    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----");
    private static final String END_OF_KEY = "-----END";
    private static final int LONGEST_KEY = 20_000;

    /** A payload with its likely secrets covered. */
    public static final class Covered {

        private final byte[] bytes;
        private final int findings;

        private Covered(byte[] bytes, int findings) {
            this.bytes = bytes;
            this.findings = findings;
        }

        /** A copy of the bytes; as many as the true ones. */
        public byte[] bytes() {
            return bytes.clone();
        }

        /** How many secrets are covered. */
        public int findings() {
            return findings;
        }
    }

    private final String text;
    private final char[] shown;
    private int findings;

    private LikelySecrets(byte[] bytes) {
        // One character for each byte, so that places in the text are places in the bytes.
        text = new String(bytes, StandardCharsets.ISO_8859_1);
        shown = text.toCharArray();
    }

    /** The payload with every likely secret covered; the very bytes where there is none. */
    public static Covered cover(byte[] payload) {
        LikelySecrets look = new LikelySecrets(payload);
        look.privateKeys();
        PATTERNS.forEach(look::find);
        Optional<JsonDocument> json = JsonDocument.read(payload, payload);
        json.ifPresentOrElse(document -> look.document(document.root()), look::lines);
        return new Covered(new String(look.shown).getBytes(StandardCharsets.ISO_8859_1), look.findings);
    }

    private void document(JsonPart root) {
        MarkedSecrets.in(root).forEach(this::value);
        boolean push = root.text("kind").equals(DiffRendering.PUSH_KIND);
        if (push) {
            List<Range> lines = root.list("diff").stream()
                    .map(line -> new Range(line.start() + 1, line.end() - 1))
                    .toList();
            covers(SecretLines.in(text, lines, true));
        }
        walk(root, push);
    }

    private void value(Scalar scalar) {
        boolean quoted = scalar.form() == Form.TEXT;
        int from = quoted ? scalar.start() + 1 : scalar.start();
        int to = quoted ? scalar.end() - 1 : scalar.end();
        if (from < to) {
            cover(from, to);
        }
    }

    /** Looks into texts of several lines, and makes of a covered number a text, so that JSON stays JSON. */
    private void walk(JsonPart part, boolean push) {
        switch (part) {
            case Elements elements -> elements.all().forEach(element -> walk(element, push));
            case Members members -> members.all().forEach(member -> walk(member.value(), push));
            case Scalar scalar
            when scalar.form() == Form.TEXT -> {
                String written = text.substring(scalar.start(), scalar.end());
                if (!push && written.contains("\\n") && written.contains("Secret")) {
                    covers(SecretLines.in(text, escapedLines(scalar), false));
                }
            }
            case Scalar scalar -> {
                if (shown[scalar.start()] == COVER) {
                    boolean fits = scalar.end() - scalar.start() > 1;
                    shown[scalar.start()] = fits ? '"' : '0';
                    shown[scalar.end() - 1] = fits ? '"' : '0';
                }
            }
        }
    }

    /** The lines of a text in JSON: between its escapes for a line feed. */
    private List<Range> escapedLines(Scalar scalar) {
        List<Range> lines = new ArrayList<>();
        int from = scalar.start() + 1;
        for (int at = from; at < scalar.end() - 1; at++) {
            if (text.charAt(at) == '\\') {
                if (text.charAt(at + 1) == 'n') {
                    lines.add(new Range(from, at));
                    from = at + 2;
                }
                at++;
            }
        }
        lines.add(new Range(from, scalar.end() - 1));
        return lines;
    }

    private void lines() {
        List<Range> lines = new ArrayList<>();
        boolean patch = false;
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            lines.add(new Range(from, to));
            patch |= text.startsWith("diff --git ", from) || text.startsWith("@@ -", from);
            from = to + 1;
        }
        covers(SecretLines.in(text, lines, patch));
    }

    private void covers(List<Range> ranges) {
        ranges.forEach(range -> cover(range.from(), range.to()));
    }

    private void find(Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            for (String group : groups(pattern)) {
                if (matcher.start(group) >= 0) {
                    cover(matcher.start(group), matcher.end(group));
                }
            }
        }
    }

    private static List<String> groups(Pattern pattern) {
        return new ArrayList<>(pattern.namedGroups().keySet());
    }

    private void cover(int from, int to) {
        if (text.charAt(from) != COVER && shown[from] != COVER) {
            findings++;
        }
        Arrays.fill(shown, from, to, COVER);
    }

    /** The letters of a key in PEM are covered; line breaks, their escapes and the marks of a diff stay. */
    private void privateKeys() {
        Matcher begin = PRIVATE_KEY.matcher(text);
        int done = 0;
        while (begin.find()) {
            if (begin.start() < done) {
                continue; // within a key that was never ended
            }
            int most = Math.min(text.length(), begin.end() + LONGEST_KEY);
            int end = text.indexOf(END_OF_KEY, begin.end(), most);
            done = end < 0 ? most : end;
            findings++;
            for (int at = begin.end(); at < done; at++) {
                if (isOfKey(at)) {
                    shown[at] = COVER;
                }
            }
        }
    }

    private boolean isOfKey(int at) {
        char letter = text.charAt(at);
        char before = text.charAt(at - 1);
        boolean mark = (letter == '+' || letter == '-') && (before == '\n' || before == '"');
        boolean of64 = Character.isLetterOrDigit(letter) || letter == '+' || letter == '/' || letter == '=';
        return before != '\\' && !mark && of64;
    }
}
