package io.countersign.server.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.change.CommandContent.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documents are those that the command line writes; tests of its own compare them. */
class CommandRenderingTest {

    private static final String TYPE = "application/vnd.countersign.command+json";

    private final ChangeView view = Rendered.of(TYPE, Rendered.resource("command.json"));
    private final CommandContent command = (CommandContent) view.content();

    @Test
    void showsTheCommandAsAListAndAsALine() {
        assertThat(command.line()).isEqualTo("./deploy.sh --values=values.yaml 'it'\\''s now' plan.out");
        assertThat(command.words())
                .containsExactly(
                        new Word("./deploy.sh", null),
                        new Word("--values=values.yaml", "/srv/values.yaml"),
                        new Word("it's now", null),
                        new Word("plan.out", "/srv/plan.out"));
        assertThat(view.summary()).containsExactly(new ChangeView.Brief("runs", null, command.line()));
    }

    @Test
    void showsWhatItIsMadeOf() {
        assertThat(command.program().path()).isEqualTo("/srv/deploy.sh");
        assertThat(Rendered.text(command.program().text())).contains("exec kubectl apply");
        assertThat(command.program().interpreters()).hasSize(1);
        assertThat(command.environment())
                .containsExactly(
                        new CommandContent.Variable("PATH", "/usr/bin:/bin"),
                        new CommandContent.Variable("REGION", "eu"));
        assertThat(command.secretVariables()).containsExactly("KUBE_TOKEN");
        assertThat(command.folder()).isEqualTo(new CommandContent.Folder("/srv", true));
        assertThat(command.files()).extracting(CommandContent.File::shown).containsExactly("text", "named");
        assertThat(Rendered.text(command.files().getFirst().text()))
                .isEqualTo("replicas: 6\n\ttab\nname: ⟦U+202E⟧gnp.exe");
        assertThat(command.notBound()).singleElement().asString().contains("shared libraries");
        assertThat(view.folded())
                .singleElement()
                .satisfies(part -> assertThat(part.what()).isEqualTo("the bytes of /srv/plan.out, in base64"));
        assertThat(view.complete()).isTrue();
        assertThat(view.hidden()).isEqualTo(1);
        assertThat(view.remarks()).isEmpty();
    }

    @Test
    void warnsWhenATextIsNotWhatItsHashIsOf() {
        String other = Rendered.string("command.json").replace("replicas: 6", "replicas: 7");
        assertThat(Rendered.of(TYPE, other).remarks())
                .singleElement()
                .asString()
                .contains("/srv/values.yaml", "another file");
    }

    @Test
    void showsAManifestThatSaysMoreAsItIs() {
        for (String more : List.of(
                "{\"stdin\":\"yes\",\"arguments\"", "{\"arguments\":[],\"arguments\"", "{\"folder\":7,\"arguments\"")) {
            ChangeView odd = Rendered.of(TYPE, Rendered.string("command.json").replaceFirst("\\{\"arguments\"", more));
            assertThat(odd.content()).isInstanceOf(ChangeContent.JsonText.class);
            assertThat(odd.remarks()).isNotEmpty();
        }
    }

    @Test
    void showsAManifestAsItIsWhereAWordIsNotWhatWouldBeTyped() {
        String word = "\"file\":0,\"prefix\":\"--values=\"";
        String manifest = Rendered.string("command.json");
        assertThat(manifest).contains(word);
        for (String other : List.of(
                "\"file\":0,\"prefix\":\"--kubeconfig=\"",
                "\"file\":2,\"prefix\":\"--values=\"",
                "\"file\":-1,\"prefix\":\"--values=\"",
                "\"file\":\"0\",\"prefix\":\"--values=\"",
                "\"file\":0.0,\"prefix\":\"--values=\"",
                "\"file\":0",
                "\"prefix\":\"--values=\"")) {
            ChangeView odd = Rendered.of(TYPE, manifest.replace(word, other));
            assertThat(odd.content()).as(other).isInstanceOf(ChangeContent.JsonText.class);
            assertThat(odd.remarks()).as(other).isNotEmpty();
        }
    }

    @Test
    void showsThePlanThatACommandApplies() {
        ChangeView view = Rendered.of(TYPE, Rendered.resource("terraform.json"));
        TerraformContent plan = (TerraformContent) view.content();
        assertThat(plan.planFile()).extracting(TerraformContent.PlanFile::path).isEqualTo("/srv/plan.out");
        assertThat(plan.command()).isNotNull();
        assertThat(plan.counts().replace()).isEqualTo(1);
        assertThat(view.toString()).doesNotContain("first-hidden-one");
    }

    @Test
    void showsThePushOfTheCommandLine() {
        ChangeView view = Rendered.of("application/vnd.countersign.git-push+json", Rendered.resource("push.json"));
        DiffContent diff = (DiffContent) view.content();
        assertThat(diff.files())
                .extracting(DiffContent.File::path)
                .containsExactly("deploy/api.yaml", "deploy/secret.yaml", "latin1.txt");
        assertThat(Rendered.signed(diff.files().getLast().hunks().getFirst().lines()))
                .containsExactly("+caf⟦0xE9⟧", "+⟦U+202E⟧admin");
        assertThat(Rendered.signed(diff.files().get(1).hunks().getFirst().lines()))
                .containsExactly(
                        " metadata:",
                        "   name: api",
                        " data:",
                        "-  username: ************",
                        "+  username: ************");
        assertThat(view.covered()).isEqualTo(2);
        assertThat(view.complete()).isTrue();
    }
}
