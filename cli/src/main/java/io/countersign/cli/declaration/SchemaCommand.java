package io.countersign.cli.declaration;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.client.wire.Json;
import io.countersign.core.declaration.SchemaWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the JSON Schema of declarations, by which editors help writing them. */
@Command(name = "schema", description = "Print the JSON Schema of declarations, for editors.")
public final class SchemaCommand implements Callable<Integer> {

    private final Invocation invocation;

    public SchemaCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation.screen().json(Json.pretty(Json.tree(SchemaWriter.schema())));
        return ExitCode.DONE;
    }
}
