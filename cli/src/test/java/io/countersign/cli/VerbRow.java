package io.countersign.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A row of {@code verbs.txt}: what is typed, and what that sends.
 *
 * @param input the lines of standard input
 * @param calls method, path, query and body of each call, in order
 * @param plain whether {@code --json} changes nothing
 */
record VerbRow(String typed, List<String> input, List<String> calls, int exitCode, boolean plain) {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final String ENDS = "ends ";
    private static final String INPUT = "< ";
    private static final String PLAIN = "plain";

    VerbRow {
        input = List.copyOf(input);
        calls = List.copyOf(calls);
    }

    /** All rows; what stands for the digest of the payload is put in. */
    static List<VerbRow> all(String digest) {
        List<VerbRow> rows = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : text().replace("DIGEST", digest).lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!line.startsWith(" ") && !block.isEmpty()) {
                rows.add(row(block));
                block.clear();
            }
            block.add(line.strip());
        }
        rows.add(row(block));
        return rows;
    }

    private static String text() {
        try (InputStream file = Objects.requireNonNull(VerbRow.class.getResourceAsStream("verbs.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static VerbRow row(List<String> block) {
        List<String> input = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        int exitCode = 0;
        boolean plain = false;
        for (String line : block.subList(1, block.size())) {
            if (line.startsWith(INPUT)) {
                input.add(line.substring(INPUT.length()) + "\n");
            } else if (line.startsWith(ENDS)) {
                exitCode = Integer.parseInt(line.substring(ENDS.length()));
            } else if (line.equals(PLAIN)) {
                plain = true;
            } else {
                calls.add(line);
            }
        }
        return new VerbRow(block.getFirst(), input, calls, exitCode, plain);
    }

    /** The words typed, as a shell would part them, and further ones. */
    String[] words(String... more) {
        List<String> words =
                new ArrayList<>(WORD.matcher(typed).results().map(VerbRow::word).toList());
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private static String word(MatchResult found) {
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    /** Whether it is a row of this verb, such as {@code tokens list}. */
    boolean isOf(String verb) {
        return typed.equals(verb) || typed.startsWith(verb + " ");
    }

    @Override
    public String toString() {
        return typed;
    }
}
