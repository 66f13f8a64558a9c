package io.countersign.cli.git;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the pusher said with {@code git push -o}, in the very act and nowhere else.
 *
 * @param reason why, or empty
 * @param supersedes the number of the own request that this one replaces, or empty
 * @param resubmit whether a denied or expired request is asked again
 * @param breakGlass the break-glass session of the pusher by which it is to pass, or empty
 */
record PushOptions(String reason, String supersedes, boolean resubmit, String breakGlass) {

    /** Nothing was said. */
    static final PushOptions NONE = new PushOptions("", "", false, "");

    private static final String COUNT = "GIT_PUSH_OPTION_COUNT";
    private static final int MOST = 16;
    private static final Pattern SESSION = Pattern.compile("BG-[1-9][0-9]{0,17}|bgs_[a-z0-9]{26}");
    private static final Pattern NUMBER = Pattern.compile("AR-[1-9][0-9]{0,17}");

    /** Reads them where git leaves them for its hooks; what is unknown or said twice fails. */
    static PushOptions read(Map<String, String> environment) {
        Map<String, String> said = new TreeMap<>();
        int count = count(environment.getOrDefault(COUNT, "0"));
        for (int at = 0; at < count; at++) {
            String option = environment.getOrDefault("GIT_PUSH_OPTION_" + at, "");
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            String value = equals < 0 ? "" : option.substring(equals + 1).strip();
            boolean known = switch (name) {
                case "reason" -> !value.isEmpty();
                case "supersedes" -> NUMBER.matcher(value).matches();
                case "resubmit" -> equals < 0;
                case "break-glass" -> SESSION.matcher(value).matches();
                default -> false;
            };
            if (!known || said.put(name, value) != null) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "the push option `" + option + "` means nothing here",
                        "there are `-o reason=...`, `-o supersedes=AR-n`, `-o resubmit` and `-o break-glass=BG-n`,"
                                + " each at most once");
            }
        }
        return new PushOptions(
                said.getOrDefault("reason", ""),
                said.getOrDefault("supersedes", ""),
                said.containsKey("resubmit"),
                said.getOrDefault("break-glass", ""));
    }

    private static int count(String text) {
        if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > MOST) {
            throw new CommandFailure(ExitCode.USAGE, "too many push options", "say at most " + MOST);
        }
        return Integer.parseInt(text);
    }
}
