package io.countersign.cli.mapping;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.mapping.Flags.Flag;
import io.countersign.cli.mapping.Flags.Takes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The words of a command, told apart: what is a flag, what is the value of one, and what is neither.
 *
 * @param words all of them; a file that was written in one word with its flag is a word of its own here
 * @param operands what is neither flag nor value, without the program
 * @param given the flags, in their order
 */
record CommandWords(List<String> words, List<String> operands, List<Given> given) {

    /** A flag as it was given; without a value where it takes none. */
    record Given(Flag flag, @Nullable String value) {}

    CommandWords {
        words = List.copyOf(words);
        operands = List.copyOf(operands);
        given = List.copyOf(given);
    }

    /** All values of a flag, in their order; `true` where it was given without one. */
    List<String> valuesOf(String name) {
        return given.stream()
                .filter(one -> one.flag().name().equals(name))
                .map(one -> Optional.ofNullable(one.value()).orElse("true"))
                .toList();
    }

    /**
     * Tells the words of a command apart. A command's own flags stand behind the words that name it, because in front of
     * them the program itself does not know yet what they take.
     *
     * @param common the flags that every command takes
     * @param own those of this command
     * @param naming how many words name it
     * @param guessing whether a flag that is not known may stand where it cannot change what the others mean: behind the
     *     first operand, and not in front of another flag
     */
    static CommandWords read(List<String> words, Flags common, Flags own, int naming, boolean guessing)
            throws UnknownFlag {
        Reading reading = new Reading(words, common, common.with(own), naming, guessing);
        reading.all();
        return new CommandWords(reading.written, reading.operands, reading.given);
    }

    /** The going through the words. */
    private static final class Reading {

        private final List<String> words;
        private final Flags common;
        private final Flags all;
        private final int naming;
        private final boolean guessing;
        private final List<String> written = new ArrayList<>();
        private final List<String> operands = new ArrayList<>();
        private final List<Given> given = new ArrayList<>();
        private int next = 1;

        Reading(List<String> words, Flags common, Flags all, int naming, boolean guessing) {
            this.words = words;
            this.common = common;
            this.all = all;
            this.naming = naming;
            this.guessing = guessing;
        }

        private @Nullable Flag find(String spelling) {
            return (operands.size() < naming ? common : all).find(spelling);
        }

        void all() throws UnknownFlag {
            written.add(words.getFirst());
            while (next < words.size()) {
                String word = words.get(next++);
                if (word.equals("--")) {
                    written.add(word);
                    written.addAll(words.subList(next, words.size()));
                    operands.addAll(words.subList(next, words.size()));
                    return;
                }
                if (!word.startsWith("-") || word.equals("-")) {
                    operands.add(word);
                    written.add(word);
                } else {
                    flag(word);
                }
            }
        }

        private void flag(String word) throws UnknownFlag {
            int equals = word.indexOf('=');
            String spelling = equals < 0 ? word : word.substring(0, equals);
            @Nullable Flag flag = find(spelling);
            if (flag != null) {
                written.add(word);
                take(flag, equals < 0 ? null : word.substring(equals + 1));
            } else if (word.startsWith("--") || spelling.length() == 2) {
                unknown(word, spelling, equals >= 0);
            } else {
                letters(word);
            }
        }

        /** One-letter flags in one word, of which the last may have its value behind it. */
        private void letters(String word) throws UnknownFlag {
            for (int i = 1; i < word.length(); i++) {
                String spelling = "-" + word.charAt(i);
                @Nullable Flag flag = find(spelling);
                if (flag == null) {
                    throw new UnknownFlag(
                            "`" + spelling + "` in `" + word + "` is not known",
                            "write each flag as a word of its own, with `=` before its value");
                }
                String rest = word.substring(i + 1);
                if (flag.takes() == Takes.NOTHING && !rest.startsWith("=")) {
                    given(flag, null);
                    continue;
                }
                boolean apart = flag.takes() == Takes.FILE && !rest.isEmpty() && !rest.startsWith("=");
                written.add(apart ? word.substring(0, i + 1) : word);
                if (apart) {
                    written.add(rest);
                }
                take(flag, rest.isEmpty() ? null : rest.startsWith("=") ? rest.substring(1) : rest);
                return;
            }
            written.add(word);
        }

        private void take(Flag flag, @Nullable String attached) throws UnknownFlag {
            if (attached != null || flag.takes() == Takes.NOTHING || flag.takes() == Takes.REFUSED) {
                given(flag, attached);
                return;
            }
            if (next == words.size() && guessing) {
                return;
            }
            if (next == words.size()) {
                throw new UnknownFlag("`" + flag.name() + "` has no value", "write one behind it");
            }
            String value = words.get(next++);
            written.add(value);
            given(flag, value);
        }

        private void given(Flag flag, @Nullable String value) {
            if (flag.takes() == Takes.REFUSED) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "`" + flag.name() + "` is not let through: with it, the command could be something else, or go"
                                + " somewhere else, than what is asked about",
                        "leave it out; or name action and resource yourself, with -a and -R");
            }
            given.add(new Given(flag, value));
        }

        private void unknown(String word, String spelling, boolean closed) throws UnknownFlag {
            if (!guessing || operands.isEmpty()) {
                throw new UnknownFlag(
                        "`" + spelling + "` is not known here, so nobody can tell whether the next word belongs to it",
                        "add it to the mapping's flags; or name action and resource yourself, with -a and -R");
            }
            if (!closed && next < words.size() && words.get(next).startsWith("-")) {
                throw new UnknownFlag(
                        "`" + spelling + "` is not known here, so nobody can tell whether `" + words.get(next)
                                + "` belongs to it",
                        "write its value with `=`, for example " + spelling + "=true");
            }
            written.add(word);
        }
    }
}
