package io.countersign.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main command: the words after it choose what happens. */
@Command(
        name = "countersign",
        mixinStandardHelpOptions = true,
        versionProvider = Countersign.Version.class,
        description = "Ask to do something risky, have the right people approve it, do it once.")
public final class Countersign implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Countersign()).execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do, for example `countersign --help`");
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Countersign.class.getPackage().getImplementationVersion();
            return new String[] {"countersign " + (version == null ? "(not packaged)" : version)};
        }
    }
}
