package io.countersign.cli.demo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A saved Terraform plan that is applied once it is approved; told where Terraform is installed. */
final class TerraformStory {

    private static final int UNDECIDED = 3;

    private final Stage stage;
    private final Acme acme;
    private final Consumer<String> say;

    TerraformStory(Stage stage, Acme acme, Consumer<String> say) {
        this.stage = stage;
        this.acme = acme;
        this.say = say;
    }

    void tell() throws IOException {
        say.accept("");
        if (!installed()) {
            say.accept("NOT SHOWN: a gated terraform apply, because no terraform is on the PATH of this machine.");
            return;
        }
        Path work = stage.folder().resolve("terraform");
        Files.createDirectories(work);
        Files.writeString(work.resolve("main.tf"), """
                resource "terraform_data" "replicas" {
                  input = 3
                }

                output "replicas" {
                  value = terraform_data.replicas.output
                }
                """);
        Program terraform = new Program(work, Map.of("CHECKPOINT_DISABLE", "1"));
        terraform.must("terraform", "init", "-input=false", "-no-color");
        terraform.must("terraform", "plan", "-input=false", "-no-color", "-out=change.tfplan");
        say.accept("Terraform: ann asks to apply a saved plan to the cluster.");
        Program ann = new Program(
                work,
                Map.of(
                        "COUNTERSIGN_URL",
                        stage.server().toString(),
                        "COUNTERSIGN_TOKEN",
                        acme.secret("ann"),
                        "XDG_STATE_HOME",
                        stage.folder().resolve("state").toString()));
        Program.Ended held = ann.run(
                stage.launcher().toString(),
                "run",
                "--action",
                "manifest.apply",
                "--resource",
                "cluster:prod-eu",
                "--reason",
                "more replicas",
                "--terraform",
                "change.tfplan",
                "--chdir",
                ".",
                "--no-wait");
        expect(held.code() == UNDECIDED, "it is held", held.output());
        expect(!Files.exists(work.resolve("terraform.tfstate")), "nothing was applied", held.output());
        String number = number();
        acme.approve("carol", number);
        acme.approve("dave", number);
        Program.Ended applied = ann.run(stage.launcher().toString(), "run", "--resume", number);
        expect(applied.well(), "approved by two teams, exactly this plan is applied", applied.output());
        String state = Files.readString(work.resolve("terraform.tfstate"), StandardCharsets.UTF_8);
        expect(state.contains("terraform_data"), "the state has the resource", state);
        Program.Ended again = ann.run(stage.launcher().toString(), "run", "--resume", number);
        expect(!again.well(), "the same approval does not apply it twice", again.output());
    }

    /** The newest pending request of ann on the cluster. */
    private String number() {
        return Stage.pending(acme.as("ann"));
    }

    private void expect(boolean held, String what, String otherwise) {
        if (!held) {
            throw new DemoFailure("expected that " + what + "\n" + otherwise);
        }
        say.accept("   ok: " + what);
    }

    private static boolean installed() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve("terraform")));
    }
}
