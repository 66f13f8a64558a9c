package io.countersign.cli.git;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** How to start this very program again: the same Java, the same options, the same jar. */
public final class ThisProgram {

    /** The main class, in the package above this one. */
    private static final String MAIN = ThisProgram.class.getPackageName().replaceFirst("\\.git$", "") + ".Countersign";

    private ThisProgram() {}

    /** The words before the command's own. */
    public static List<String> command() {
        List<String> words = new ArrayList<>();
        words.add(ProcessHandle.current().info().command().orElse(System.getProperty("java.home") + "/bin/java"));
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("-XX:") || option.startsWith("--enable-native-access")) {
                words.add(option);
            }
        }
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        return words;
    }
}
