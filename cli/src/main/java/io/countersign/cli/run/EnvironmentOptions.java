package io.countersign.cli.run;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that declare the variables a command will have; it has no others. */
final class EnvironmentOptions {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY).*");

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "a variable the command will have, with its value of now; approvers see it; may be repeated")
    private List<String> declared = List.of();

    @Option(
            names = "--secret-env",
            paramLabel = "NAME",
            description = "a variable whose value is taken when it runs; approvers see only its name; may be repeated")
    private List<String> secrets = List.of();

    Map<String, String> environment(Surroundings surroundings) {
        Map<String, String> environment = new TreeMap<>();
        for (String one : declared) {
            int equals = one.indexOf('=');
            String name = checked("--env", equals < 0 ? one : one.substring(0, equals));
            if (equals < 0 && SECRET.matcher(name).matches()) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--env " + name + " would show its value to every approver, and it looks like a secret",
                        "use --secret-env " + name + ", or --env " + name + "=VALUE if it is none");
            }
            String value = equals < 0 ? surroundings.environment().get(name) : one.substring(equals + 1);
            if (value == null) {
                throw new CommandFailure(ExitCode.USAGE, "--env: the variable " + name + " is not set", "");
            }
            environment.put(name, value);
        }
        return environment;
    }

    List<String> secrets() {
        return secrets.stream()
                .map(name -> checked("--secret-env", name))
                .sorted()
                .distinct()
                .toList();
    }

    private static String checked(String option, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new CommandFailure(ExitCode.USAGE, option + ": `" + name + "` is no name of a variable", "");
        }
        return name;
    }
}
