package io.countersign.server.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.change.ChangeView.Brief;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DiffRenderingTest {

    private static final String PATCH = """
            diff --git a/k8s/api.yaml b/k8s/api.yaml
            index 1111111111111111111111111111111111111111..2222222222222222222222222222222222222222 100644
            --- a/k8s/api.yaml
            +++ b/k8s/api.yaml
            @@ -1,12 +1,12 @@
             apiVersion: apps/v1
             kind: Deployment
             metadata:
               name: api-platform
               namespace: api
             spec:
            -  replicas: 4
            +  replicas: 6
               template:
            -        image: acme/api-platform:2.30.4
            +        image: acme/api-platform:2.31.0
                       env:
                         - name: WEBHOOK_DEDUPE
            -              value: "off"
            +              value: "on"
            diff --git a/docs/old.md b/docs/old.md
            deleted file mode 100644
            index 3333333333333333333333333333333333333333..0000000000000000000000000000000000000000
            --- a/docs/old.md
            +++ /dev/null
            @@ -1 +0,0 @@
            -gone
            \\ No newline at end of file
            diff --git "a/\\303\\274ber.txt" "b/\\303\\274ber.txt"
            new file mode 100755
            index 0000000000000000000000000000000000000000..e69de29bb2d1d6434b8b29ae775ad8c2e48c5391
            """;

    private final ChangeView view = Rendered.of("text/x-diff", PATCH);
    private final DiffContent diff = (DiffContent) view.content();

    @Test
    void showsFilesWithTheirLinesAndNumbers() {
        assertThat(diff.files())
                .extracting(DiffContent.File::path)
                .containsExactly("k8s/api.yaml", "docs/old.md", "über.txt");
        assertThat(diff.files()).extracting(DiffContent.File::status).containsExactly("changed", "removed", "added");
        assertThat(diff)
                .extracting(DiffContent::added, DiffContent::changed, DiffContent::removed)
                .containsExactly(1, 1, 1);
        assertThat(diff)
                .extracting(DiffContent::linesAdded, DiffContent::linesRemoved)
                .containsExactly(3, 4);
        assertThat(diff.files().getLast().newMode()).isEqualTo("100755");
        List<ChangeLine> lines = diff.files().getFirst().hunks().getFirst().lines();
        assertThat(lines.get(6))
                .extracting(ChangeLine::kind, ChangeLine::oldLine, ChangeLine::newLine, ChangeLine::text)
                .containsExactly("removed", 7, null, "  replicas: 4");
        assertThat(lines.get(7))
                .extracting(ChangeLine::kind, ChangeLine::oldLine, ChangeLine::newLine, ChangeLine::text)
                .containsExactly("added", null, 7, "  replicas: 6");
        assertThat(Rendered.signed(diff.files().get(1).hunks().getFirst().lines()))
                .containsExactly("-gone", "!\\ No newline at end of file");
        assertThat(view.complete()).isTrue();
        assertThat(view.leftOut()).isNull();
        assertThat(view.hidden()).isZero();
    }

    @Test
    void marksTheWordsThatDiffer() {
        List<ChangeLine> lines = diff.files().getFirst().hunks().getFirst().lines();
        assertThat(Rendered.changed(lines.get(9))).containsExactly("2.30.4");
        assertThat(Rendered.changed(lines.get(10))).containsExactly("2.31.0");
        assertThat(Rendered.changed(lines.get(0))).isEmpty();
    }

    @Test
    void saysTheChangeInOneLine() {
        assertThat(view.summary())
                .containsExactly(
                        new Brief("replicas", "4", "6"),
                        new Brief("image", "2.30.4", "2.31.0"),
                        new Brief("WEBHOOK_DEDUPE", "off", "on"));
    }

    @Test
    void recognizesTheObjectOfAManifest() {
        assertThat(diff.files().getFirst().object())
                .isEqualTo(new DiffContent.KubernetesObject("apps/v1", "Deployment", "api", "api-platform"));
        assertThat(diff.files())
                .extracting(DiffContent.File::object)
                .filteredOn(Objects::nonNull)
                .hasSize(1);
    }

    @Test
    void showsThePushOfARef() {
        ChangeView push = Rendered.of(DiffRendering.PUSH_TYPE, """
                {"change":"rewrite","diff":["diff --git a/a.txt b/a.txt","--- a/a.txt","+++ b/a.txt","@@ -1 +1 @@",
                 "-a","+b",{"base64":"K/8="}],"kind":"countersign.git-push/v1","newCommit":"22","newId":"22",
                 "oldId":"11","ref":"refs/heads/main","repository":"shop"}""");
        DiffContent content = (DiffContent) push.content();
        assertThat(content.push())
                .isEqualTo(new DiffContent.Push("shop", "refs/heads/main", "rewrite", "11", "22", null));
        assertThat(content.files()).hasSize(1);
        assertThat(Rendered.text(content.files().getFirst().header())).contains("⟦0xFF⟧");
        assertThat(push.hidden()).isEqualTo(1);
    }

    @Test
    void showsADocumentThatSaysMoreThanAPushAsItIs() {
        ChangeView push = Rendered.of(DiffRendering.PUSH_TYPE, """
                {"change":"update","diff":[],"kind":"countersign.git-push/v1","newCommit":"22","newId":"22",
                 "oldId":"11","ref":"refs/heads/main","repository":"shop","also":"this"}""");
        assertThat(push.content()).isInstanceOf(ChangeContent.JsonText.class);
        assertThat(push.remarks())
                .containsExactly("this is not written as its media type promises; it is shown as it is");
        ChangeView twice = Rendered.of(DiffRendering.PUSH_TYPE, """
                {"change":"update","diff":[],"kind":"countersign.git-push/v1","newCommit":"22","newId":"22",
                 "oldId":"11","ref":"refs/heads/main","ref":"refs/heads/other","repository":"shop"}""");
        assertThat(Rendered.text(((ChangeContent.JsonText) twice.content()).lines()))
                .contains("main", "other");
    }

    @Test
    void namesABinaryFileAndItsPatch() {
        ChangeView view = Rendered.of("text/x-diff", """
                diff --git a/logo.png b/logo.png
                index 1111111111111111111111111111111111111111..2222222222222222222222222222222222222222 100644
                GIT binary patch
                literal 3
                KcmZQzU|;|M00aO5

                literal 0
                HcmV?d00001

                """);
        DiffContent.File file = ((DiffContent) view.content()).files().getFirst();
        assertThat(file.binary()).isTrue();
        assertThat(file.path()).isEqualTo("logo.png");
        assertThat(view.folded()).extracting(ChangeView.Folded::what).containsExactly("the binary patch of logo.png");
        assertThat(view.complete()).isTrue();
    }

    @Test
    void losesNoLineOfAMalformedPatch() {
        String patch = "diff --git a/x b/x\n@@ -1,2 +1,9 @@\n a\n-b\nnot of a patch\n@@ -x @@\n--- z\n+++ z\n+more\n";
        ChangeView view = Rendered.of("text/x-diff", patch);
        assertThat(view.toString()).contains("not of a patch", "@@ -x @@", "more");
        assertThat(view.complete()).isTrue();
    }
}
