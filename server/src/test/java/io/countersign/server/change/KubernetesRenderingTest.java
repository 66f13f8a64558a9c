package io.countersign.server.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.change.DiffContent.KubernetesObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesRenderingTest {

    @Test
    void groupsTheLinesOfYamlByObject() {
        ChangeView view = Rendered.of("application/yaml", """
                # the api
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  namespace: shop
                  labels: {name: other}
                  name: "api"
                spec:
                  metadata: {name: inner}
                ---
                # nothing
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: conf}}
                """);
        KubernetesContent content = (KubernetesContent) view.content();
        assertThat(content.manifests())
                .extracting(KubernetesContent.Manifest::object)
                .containsExactly(
                        new KubernetesObject("apps/v1", "Deployment", "shop", "api"),
                        new KubernetesObject("v1", "ConfigMap", null, "conf"));
        assertThat(content.manifests().getFirst().lines()).hasSize(11);
        assertThat(content.manifests().getLast().lines().getFirst().newLine()).isEqualTo(12);
        assertThat(view.complete()).isTrue();
        assertThat(view.summary())
                .extracting(ChangeView.Brief::label)
                .containsExactly("Deployment api", "ConfigMap conf");
    }

    @Test
    void groupsListsInJsonByObject() {
        ChangeView view = Rendered.of("application/json", """
                {"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},
                 "data":{"x":"YWJj"}}]}""");
        KubernetesContent content = (KubernetesContent) view.content();
        assertThat(content.manifests()).hasSize(1);
        assertThat(Rendered.text(content.manifests().getFirst().lines())).contains("\"x\": \"****\"");
        assertThat(view.folded()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: v1\nkind: A\nkind: B\n",
                "apiVersion: v1\nkind: A\n---\njust: a mapping\n",
                "apiVersion: v1\nkind: A\n  broken: [\n",
                "apiVersion: v1\n<<: *base\nkind: A\n",
                "apiVersion: v1\rkind: A\r",
                "- apiVersion: v1\n  kind: A\n",
            })
    void showsAsTextWhatIsNoListOfObjects(String text) {
        assertThat(Rendered.of("application/yaml", text).content()).isInstanceOf(ChangeContent.PlainText.class);
    }

    @Test
    void referencesThatMultiplyCostNothing() {
        StringBuilder bomb = new StringBuilder("apiVersion: v1\nkind: Bomb\na0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        ChangeView view = Rendered.of("application/yaml", bomb.toString());
        assertThat(((KubernetesContent) view.content()).manifests().getFirst().lines())
                .hasSize(62);
        String deep = "apiVersion: v1\nkind: Deep\na: " + "[".repeat(50_000) + "]".repeat(50_000) + "\n";
        assertThat(Rendered.of("application/yaml", deep).content()).isInstanceOf(ChangeContent.PlainText.class);
    }
}
