package io.countersign.cli.run;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.client.wire.Json;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A saved Terraform plan that is to be applied.
 *
 * @param plan the file as typed
 * @param chdir the folder of the configuration, where Terraform keeps its providers and state
 * @param program the executable's name or path
 */
record TerraformPlan(String plan, String chdir, String program) {

    private static final String PLAN_FORMAT = "format_version";

    /** The command that applies exactly this plan. */
    List<String> words() {
        return List.of(program, "apply", "-input=false", plan);
    }

    /** The snapshot with what its own copy of Terraform says about its own copy of the plan. */
    static CommandSnapshot explained(CommandSnapshot taken, Map<String, String> environment) {
        List<String> words = taken.words();
        List<String> show = List.of(words.getFirst(), "show", "-json", words.getLast());
        JsonNode json = show(show, environment, taken.workingFolder());
        if (!json.has(PLAN_FORMAT)) {
            throw notAPlan("it says nothing about a plan");
        }
        return new CommandSnapshot(taken.folder(), SnapshotTaker.withPlan(taken.manifest(), json));
    }

    private static JsonNode show(List<String> words, Map<String, String> environment, Path folder) {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectError(Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            byte[] said = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw notAPlan("`terraform show -json` ended with " + process.exitValue());
            }
            return Json.parse(said);
        } catch (IOException notStarted) {
            throw notAPlan(String.valueOf(notStarted.getMessage()));
        } catch (JacksonException noJson) {
            throw notAPlan("`terraform show -json` wrote no JSON");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw notAPlan("interrupted");
        }
    }

    private static CommandFailure notAPlan(String why) {
        return new CommandFailure(
                ExitCode.ERROR,
                "the plan cannot be shown: " + why,
                "make it with `terraform plan -out=FILE` in the folder that --chdir names");
    }
}
