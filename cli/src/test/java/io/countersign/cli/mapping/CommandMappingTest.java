package io.countersign.cli.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the mappings that come with the program make of commands. */
class CommandMappingTest {

    @TempDir
    private Path home;

    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void kubeconfig() throws IOException {
        home = home.toRealPath();
        Files.createDirectories(home.resolve(".kube"));
        Files.writeString(home.resolve(".kube/config"), """
                apiVersion: v1
                current-context: prod-eu
                contexts:
                  - name: prod-us
                    context: { cluster: us }
                  - name: prod-eu
                    context: { cluster: eu, namespace: web }
                """);
        Files.writeString(home.resolve("app.yaml"), "kind: ConfigMap\n");
        Files.createDirectories(home.resolve("overlay"));
        Files.writeString(home.resolve("overlay/kustomization.yaml"), "resources: []\n");
        environment.put("HOME", home.toString());
    }

    private Surroundings surroundings() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        return new Surroundings(
                environment,
                home,
                home,
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                false,
                Surroundings.Terminals.NONE,
                null,
                InstantSource.system(),
                ZoneOffset.UTC);
    }

    private MappedCommand read(String line) {
        return read(line, false, false);
    }

    private MappedCommand read(String line, boolean planned, boolean elsewhere) {
        Surroundings surroundings = surroundings();
        CommandMaps maps = CommandMaps.of(null, home, home.resolve(".config"));
        return new CommandMapping(maps, surroundings, Map.of(), planned, elsewhere)
                .read(List.of(line.strip().split("\\s+", -1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kubectl rollout restart deploy/api               | cluster.restart",
                "kubectl rollout undo deploy/api --to-revision=3  | cluster.rollback",
                "kubectl scale --replicas 3 deploy/api            | cluster.scale",
                "kubectl apply -f app.yaml --server-side          | manifest.apply",
                "kubectl apply --dry-run=server -f app.yaml       | manifest.apply",
                "kubectl delete pod api-1 --now                   | resource.delete",
                "kubectl exec -it api-1 -- sh -c id               | command.execute",
                "kubectl get pods                                 | command.execute",
                "kubectl rollout status deploy/api                | command.execute",
                "kubectl drain node-1 --ignore-daemonsets         | command.execute",
                "kubectl --context prod-us -n a get pods -o yaml  | command.execute",
                "helm rollback api 4 --wait                       | cluster.rollback",
                "helm upgrade api overlay --set a=b               | manifest.apply",
                "helm uninstall api                               | resource.delete",
                "argocd app sync payments --prune                 | cluster.sync",
                "argocd app rollback payments 12                  | cluster.rollback",
                "argocd app delete payments                       | command.execute",
                "./anything --at all                              | command.execute",
            })
    void knowsWhatACommandIs(String line, String action) {
        assertThat(read(line).action()).isEqualTo(action);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubectl -n shop --context prod-us delete pod api",
                "kubectl --namespace=shop delete --context=prod-us pod api",
                "kubectl delete pod api --context prod-us -n=shop",
                "kubectl delete pod api -nshop --context=prod-us",
                "kubectl --v 3 delete pod -n shop api --wait=false --context prod-us",
            })
    void readsAFlagWhereverAndHoweverItIsWritten(String line) {
        MappedCommand command = read(line);
        assertThat(command.action()).isEqualTo("resource.delete");
        assertThat(command.cluster()).isEqualTo("prod-us");
        assertThat(command.attributes()).containsEntry("namespace", "shop").containsEntry("object", "pod api");
        assertThat(command.words()).containsExactly(line.split(" ", -1));
    }

    @Test
    void pinsWhatOnlyTheKubeconfigSays() {
        MappedCommand command = read("kubectl rollout restart deploy/api");
        assertThat(command.cluster()).isEqualTo("prod-eu");
        assertThat(command.attributes()).containsEntry("namespace", "web");
        assertThat(command.words())
                .containsExactly("kubectl", "--context=prod-eu", "--namespace=web", "rollout", "restart", "deploy/api");
        assertThat(command.variables()).containsOnlyKeys("HOME");
    }

    @Test
    void namesEveryFileThatIsRead() {
        assertThat(read("kubectl apply -f app.yaml -k overlay").files()).containsExactly("app.yaml", "overlay");
        MappedCommand attached = read("kubectl apply -Rfapp.yaml");
        assertThat(attached.files()).containsExactly("app.yaml");
        assertThat(attached.words()).containsSequence("apply", "-Rf", "app.yaml");
        assertThat(read("helm upgrade api overlay -f app.yaml --values=app.yaml")
                        .files())
                .containsExactly("app.yaml", "overlay");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kubectl apply -f -                                  | standard input",
                "kubectl apply -f https://example.org/app.yaml       | fetch it first",
                "kubectl apply -f app.yaml,other.yaml                | with a flag of its own",
                "kubectl apply -f missing.yaml                       | it is not here",
                "kubectl apply -k /etc                               | a folder is copied only from beneath",
                "kubectl delete pod api --kubeconfig other           | is not let through",
                "kubectl -s https://elsewhere delete pod api         | is not let through",
                "kubectl delete pod api --as=system:admin            | is not let through",
                "kubectl delete --raw /api/v1/pods                   | is not let through",
                "kubectl delete pod api --strange                    | `--strange` is not known",
                "kubectl --strange x delete pod api                  | `--strange` is not known",
                "kubectl --all delete scale                          | `--all` is not known",
                "kubectl drain node-1 --strange --context prod-us    | --strange=true",
                "kubectl drain node-1 -xyz                           | a word of its own",
                "kubectl scale deploy/api --replicas                 | has no value",
                "kubectl delete pod a --context a --context b        | give it once",
                "helm upgrade api bitnami/nginx                      | it is not here",
                "helm upgrade api overlay --set-file a=app.yaml      | is not let through",
                "argocd app sync -l team=a                           | is not let through",
                "terraform apply                                     | --terraform",
                "terraform apply plan.out -var=a=b                   | is not known",
                "terraform -chdir=x apply                            | is not let through",
            })
    void refusesWhatCannotBeReadForCertain(String line, String says) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        refused -> assertThat(refused.getMessage() + " " + refused.remedy())
                                .contains(says));
    }

    @Test
    void refusesAFolderWhereItsCopyWouldNotBeFound() {
        assertThatThrownBy(() -> read("kubectl apply -k overlay", false, true))
                .hasMessageContaining("a folder is copied");
    }

    @Test
    void saysEveryNamespaceWhereAllAreMeant() {
        MappedCommand command = read("kubectl delete pods --all -A");
        assertThat(command.attributes())
                .containsEntry("namespace", "every namespace")
                .containsEntry("all", "yes");
        assertThat(command.words()).doesNotContain("--namespace=web");
    }

    @Test
    void leavesTheClusterToThePersonWhereNothingSaysIt() {
        assertThat(read("argocd app sync payments").cluster()).isNull();
        environment.put("COUNTERSIGN_CLUSTER", "prod-us");
        assertThat(read("argocd app sync payments").cluster()).isEqualTo("prod-us");
    }

    @Test
    void givesSecretsByNameAloneAndOnlyWhereTheyAreSet() {
        assertThat(read("argocd app sync payments").secrets()).isEmpty();
        environment.put("ARGOCD_AUTH_TOKEN", "s3cret");
        MappedCommand command = read("argocd app sync payments");
        assertThat(command.secrets()).containsExactly("ARGOCD_AUTH_TOKEN");
        assertThat(command.variables()).doesNotContainKey("ARGOCD_AUTH_TOKEN");
    }

    @Test
    void appliesASavedPlanOnly() {
        assertThat(read("terraform apply -input=false plan.out", true, true).action())
                .isEqualTo("manifest.apply");
    }

    @Test
    void takesTheUsersMapsBeforeItsOwn() throws IOException {
        Path folder = Files.createDirectories(home.resolve(".config/countersign/run.d"));
        Files.writeString(folder.resolve("argocd.yaml"), """
                programs: [argocd]
                cluster: [{ word: 1 }]
                clusters: { payments: prod-us }
                commands:
                  - words: app sync
                    action: cluster.sync
                """);
        assertThat(read("argocd app sync payments").cluster()).isEqualTo("prod-us");
        assertThatThrownBy(() -> read("argocd app sync payment")).hasMessageContaining("it knows `payments`");
        assertThat(read("kubectl scale deploy/api --replicas=1").action()).isEqualTo("cluster.scale");
        Files.copy(folder.resolve("argocd.yaml"), folder.resolve("other.yaml"));
        assertThatThrownBy(() -> read("kubectl scale deploy/api")).hasMessageContaining("mapped by");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "programs: [x]\\ncomands: []                                              | x.yaml:2:1: there is no field `comands`; did you mean `commands`?",
                "programs: [x]                                                            | x.yaml:1:1: `commands` is missing",
                "programs: [x]\\ncommands:\\n  - words: a\\n    action: restart           | x.yaml:4:13: `restart` is no action",
                "programs: [x]\\nprograms: [y]                                            | x.yaml:2:1: `programs` is there already, in line 1",
                "programs: &a [x]\\ncommands: *a                                          | used again by an alias",
                "programs: [x]\\nflags: {values: [--contxt]}\\ncluster: [{flag: --context}] | x.yaml:3:18: `--context` is no flag that is known here; did you mean `--contxt`?",
                "programs: [x]\\nflags: {values: [context]}                                | x.yaml:2:18: `context` is no flag",
                "programs: [x]\\ncluster: [{is: a, word: 1}]                              | x.yaml:2:11: these fields do not go together",
                "programs: [x]\\ncommands:\\n  - {words: a, action: a.b}\\n  - {words: a, action: a.c} | x.yaml:4:5: `a` is said already, in line 3",
                "programs: [x                                                             | this is no YAML",
                "''                                                                       | the file is empty",
            })
    void tellsWhereAMapIsWrong(String text, String says) {
        assertThatThrownBy(() -> MapReader.read("x.yaml", text.replace("\\n", "\n")))
                .hasMessageContaining(says);
    }
}
