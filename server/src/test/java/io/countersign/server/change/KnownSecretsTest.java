package io.countersign.server.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is known to be a secret is covered, however it is written. */
class KnownSecretsTest {

    @Test
    void coversTheValuesOfASecretInYaml() {
        assertThat(shown("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: db
                data:
                  username: YWRtaW4=
                  "ca.crt": "TUlJQg=="
                  long: >-
                    YWJj
                    ZGVm
                stringData: {pin: "1234", other: abc}
                type: Opaque
                ---
                kind: ConfigMap
                data:
                  username: admin
                """)).isEqualTo("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: db
                data:
                  username: ********
                  "ca.crt": "********"
                  long: >-
                    ****
                    ****
                stringData: {**** "****", ****** ***}
                type: Opaque
                ---
                kind: ConfigMap
                data:
                  username: admin
                """);
    }

    @Test
    void coversWhatKubectlAppliedLast() {
        String covered = shown("""
                kind: Secret
                metadata:
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: |
                      {"kind":"Secret","data":{"a":"YWJj"}}
                  name: db
                """);
        assertThat(covered).doesNotContain("YWJj").endsWith("  name: db\n");
    }

    @Test
    void coversThemInJsonAndInListsAndInTextsWithinJson() {
        assertThat(
                        shown(
                                "{\"items\":[{\"kind\":\"Secret\",\"data\":{\"a\":\"YWJj\"}},{\"kind\":\"ConfigMap\",\"data\":{\"a\":\"YWJj\"}}]}"))
                .isEqualTo(
                        "{\"items\":[{\"kind\":\"Secret\",\"data\":{\"a\":\"****\"}},{\"kind\":\"ConfigMap\",\"data\":{\"a\":\"YWJj\"}}]}");
        assertThat(shown("{\"text\":\"kind: Secret\\ndata:\\n  \\\"a\\\": \\\"YWJj\\\"\\n\"}"))
                .isEqualTo("{\"text\":\"kind: Secret\\ndata:\\n  \\\"a\\\": \\\"****\\\"\\n\"}");
    }

    @Test
    void coversThemInPatches() {
        assertThat(shown("""
                diff --git a/x.yaml b/x.yaml
                --- a/x.yaml
                +++ b/x.yaml
                @@ -1,4 +1,4 @@
                 kind: Secret
                 data:
                -  a: YWJj
                +  a: ZGVm
                """)).contains("-  a: ****\n", "+  a: ****\n", " kind: Secret\n");
        assertThat(shown("""
                diff --git a/my-secret.yaml b/my-secret.yaml
                --- a/my-secret.yaml
                +++ b/my-secret.yaml
                @@ -10,2 +10,2 @@
                   one: YWJjZGVmZw==
                -  two: YWJjZGVmZw==
                """)).contains("  one: ************\n", "-  two: ************\n");
    }

    @Test
    void coversWhatATerraformPlanMarksAndEveryCopyOfIt() {
        String covered = shown("""
                {"format_version":"1.2","resource_changes":[{"change":{"before":{"a":{"b":"hidden-1"},"n":4711,"x":"seen"},
                 "before_sensitive":{"a":{"b":true},"n":true},"after":null,"after_sensitive":false}}],
                 "output_changes":{"o":{"before":null,"after":["hidden-2"],"after_sensitive":true}},
                 "planned_values":{"outputs":{"p":{"sensitive":true,"value":"hidden-3"}},"root_module":{"child_modules":[
                  {"resources":[{"values":{"list":[{"k":"hidden-4"}]},"sensitive_values":{"list":[{"k":true}]}}]}]}},
                 "configuration":{"root_module":{"variables":{"v":{"sensitive":true}}}},
                 "variables":{"v":{"value":"hidden-5"},"w":{"value":"seen"}},"copy":"hidden-1"}
                """);
        assertThat(covered).doesNotContain("hidden").doesNotContain("4711").contains("seen");
        assertThat(JsonMapper.shared().readTree(covered).at("/copy").asString()).isEqualTo("********");
    }

    private static String shown(String payload) {
        return new String(
                LikelySecrets.cover(payload.getBytes(StandardCharsets.UTF_8)).bytes(), StandardCharsets.UTF_8);
    }
}
