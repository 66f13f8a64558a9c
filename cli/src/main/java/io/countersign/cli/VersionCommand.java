package io.countersign.cli;

import io.countersign.cli.command.Invocation;
import io.countersign.client.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import tools.jackson.databind.JsonNode;

/** Says which version this is. */
@Command(name = "version", description = "Say which version this is.")
final class VersionCommand implements Callable<Integer> {

    private final Invocation invocation;

    VersionCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        JsonNode data = Json.object()
                .put("version", Build.version())
                .put("java", Runtime.version().toString());
        invocation.data(data, () -> invocation.screen().print("countersign " + Build.version()));
        return 0;
    }

    /** The version that the build wrote into the jar. */
    static final class Build implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"countersign " + version()};
        }

        static String version() {
            String version = Countersign.class.getPackage().getImplementationVersion();
            return version == null ? "(not packaged)" : version;
        }
    }
}
