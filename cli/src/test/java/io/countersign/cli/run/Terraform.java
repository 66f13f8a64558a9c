package io.countersign.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A folder with a saved plan, made by the installed Terraform, or by a stand-in that knows the two verbs that matter where
 * none is installed.
 */
record Terraform(Path folder) {

    private static final String STAND_IN = """
            #!/bin/sh
            case "$1" in
              show) /usr/bin/grep -q "^stand-in plan" "$3" || exit 1
                    echo '{"format_version":"1.2","resource_changes":[]}' ;;
              apply) /usr/bin/grep -q "^stand-in plan" "$3" && echo 'Apply complete! Resources: 1 added, 0 changed, 0 destroyed.' ;;
            esac
            """;

    private static final String CONFIGURATION = """
            resource "terraform_data" "release" {
              input = "4.2.0"
            }
            """;

    /** Makes the plan and answers the program that applies it. */
    String installedOrStandIn() throws IOException, InterruptedException {
        for (Path candidate : List.of(Path.of("/usr/local/bin/terraform"), Path.of("/usr/bin/terraform"))) {
            if (Files.isExecutable(candidate)) {
                Files.writeString(folder.resolve("main.tf"), CONFIGURATION);
                terraform(candidate, "init", "-input=false");
                terraform(candidate, "plan", "-input=false", "-out=plan.out");
                return candidate.toString();
            }
        }
        Files.writeString(folder.resolve("plan.out"), "stand-in plan\n");
        Path standIn = Files.writeString(folder.resolve("terraform"), STAND_IN);
        return Files.setPosixFilePermissions(standIn, PosixFilePermissions.fromString("rwxr-xr-x"))
                .toString();
    }

    private void terraform(Path program, String... words) throws IOException, InterruptedException {
        List<String> whole = new java.util.ArrayList<>(List.of(program.toString()));
        whole.addAll(List.of(words));
        Process process = new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as(String.join(" ", words)).isZero();
    }
}
