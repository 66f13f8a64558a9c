package io.countersign.rego.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bundles are taken when a key is given. */
class BundleSignaturesTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void aBundle() throws IOException {
        Files.createDirectories(folder.resolve("b/p"));
        Files.writeString(folder.resolve("b/p/a.rego"), "package p\n\nallow := true\n");
        Files.writeString(folder.resolve("b/data.json"), "{\"x\": [1, 2.50], \"a\": null}");
        Files.writeString(folder.resolve("b/.manifest"), "{\"roots\": [\"\"]}");
    }

    private int rego(String... words) {
        said.reset();
        PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
        return RegoTools.run(List.of(words), folder, print, print);
    }

    private int signed(String... more) {
        List<String> words = new ArrayList<>(List.of("sign", "b", "--signing-key", "secret", "--signing-alg", "HS256"));
        words.addAll(List.of(more));
        return rego(words.toArray(new String[0]));
    }

    private int checked(String... more) {
        List<String> words =
                new ArrayList<>(List.of("check", "b", "--verification-key", "secret", "--signing-alg", "HS256"));
        words.addAll(List.of(more));
        return rego(words.toArray(new String[0]));
    }

    @Test
    void takesWhatWasSignedWithTheKey() {
        assertThat(signed()).isZero();
        assertThat(checked()).as(said.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(rego("eval", "data.p.allow", "-b", "b", "--verification-key", "secret", "--signing-alg", "HS256"))
                .isZero();
    }

    @Test
    void refusesAnUnsignedBundleAndASingleFile() {
        assertThat(checked()).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("is not signed");
        assertThat(rego("check", "b/p/a.rego", "--verification-key", "secret", "--signing-alg", "HS256"))
                .isEqualTo(1);
    }

    @Test
    void refusesAnotherKeyAlgorithmOrScope() {
        signed();
        assertThat(rego("check", "b", "--verification-key", "other", "--signing-alg", "HS256"))
                .isEqualTo(1);
        assertThat(rego("check", "b", "--verification-key", "secret", "--signing-alg", "HS512"))
                .isEqualTo(1);
        assertThat(rego("check", "b", "--verification-key", "secret", "--signing-alg", "none"))
                .isEqualTo(2);
        assertThat(checked("--scope", "write")).isEqualTo(1);
        signed("--scope", "write");
        assertThat(checked("--scope", "write"))
                .as(said.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(checked()).isEqualTo(1);
    }

    @Test
    void refusesChangedAddedAndMissingFiles() throws IOException {
        signed();
        Files.writeString(folder.resolve("b/p/a.rego"), "package p\n\nallow := false\n");
        assertThat(checked()).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("p/a.rego is not as it was signed");
        signed();
        Files.writeString(folder.resolve("b/p/more.txt"), "more");
        assertThat(checked()).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("does not list p/more.txt");
        assertThat(checked("--exclude-files-verify", "p/more.txt"))
                .as(said.toString(StandardCharsets.UTF_8))
                .isZero();
        Files.delete(folder.resolve("b/p/more.txt"));
        Files.delete(folder.resolve("b/data.json"));
        assertThat(checked()).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("does not hold it");
    }

    @Test
    void digestsDocumentsByWhatTheySay() throws IOException {
        signed();
        Files.writeString(folder.resolve("b/data.json"), "{ \"a\":null,\n\"x\":[1,2.50]}");
        assertThat(checked()).as(said.toString(StandardCharsets.UTF_8)).isZero();
        Files.writeString(folder.resolve("b/data.json"), "{\"x\": [1, 2.5], \"a\": null}");
        assertThat(checked()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048, RS256", "RSA, 2048, PS384", "EC, 256, ES256", "EC, 384, ES384", "Ed25519, 255, EdDSA"})
    void signsWithAPrivateKeyAndVerifiesWithThePublicOne(String family, int size, String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
        if (!family.equals("Ed25519")) {
            generator.initialize(size);
        }
        KeyPair keys = generator.generateKeyPair();
        Files.writeString(
                folder.resolve("private.pem"),
                pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        Files.writeString(
                folder.resolve("public.pem"), pem("PUBLIC KEY", keys.getPublic().getEncoded()));
        assertThat(rego("sign", "b", "--signing-key", "private.pem", "--signing-alg", algorithm))
                .as(said.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(rego("check", "b", "--verification-key", "public.pem", "--signing-alg", algorithm))
                .as(said.toString(StandardCharsets.UTF_8))
                .isZero();
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }
}
