package io.countersign.rego.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.rego.syntax.ParserOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies as they lie in folders and archives, and the tools that read them. */
class PolicyFilesTest {

    @TempDir
    private Path folder;

    private static void entry(OutputStream out, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        byte[] header = new byte[512];
        byte[] title = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(title, 0, header, 0, title.length);
        byte[] size = String.format("%011o", bytes.length).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(size, 0, header, 124, size.length);
        header[156] = '0';
        out.write(header);
        out.write(Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512));
    }

    private Path archive(String manifest) throws IOException {
        Path file = folder.resolve("bundle.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            entry(out, "/.manifest", manifest);
            entry(out, "/a/policy.rego", "package a\n\nallow if data.a.limits.most > 1\n");
            entry(out, "/a/data.json", "{\"limits\":{\"most\":2}}");
        }
        return file;
    }

    private String run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        RegoTools.run(List.of(words), folder, print, print);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void readsAnArchiveWhoseManifestHoldsIt() throws IOException {
        PolicyFiles files = PolicyFiles.read(List.of(archive("{\"roots\":[\"a\"]}")), ParserOptions.V1);
        assertThat(files.modules()).hasSize(1);
        assertThat(files.data().toJson()).isEqualTo("{\"a\":{\"limits\":{\"most\":2}}}");
        assertThat(run("eval", "data.a.allow", "-b", "bundle.tar.gz")).contains("\"value\": true");
    }

    @Test
    void refusesAnArchiveThatFillsMoreThanItsRoots() throws IOException {
        Path archive = archive("{\"roots\":[\"b\"]}");
        assertThatThrownBy(() -> PolicyFiles.read(List.of(archive), ParserOptions.V1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("do not hold");
    }

    @Test
    void testsFailWhereARuleIsNotTrue() throws IOException {
        Files.writeString(folder.resolve("a_test.rego"), """
                package a_test

                test_good if 1 < 2

                test_bad if 2 < 1
                """);
        assertThat(run("test", ".")).contains("data.a_test.test_bad: FAIL").contains("PASS: 1/2, FAIL: 1");
    }

    @Test
    void checkSaysWhatIsWrongAndWhere() throws IOException {
        Files.writeString(folder.resolve("a.rego"), "package a\n\np if nowhere(1)\n");
        assertThat(run("check", "a.rego")).contains("a.rego:3: rego_type_error: undefined function nowhere");
    }
}
