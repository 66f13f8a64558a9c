package io.countersign.core.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.approval.Approval;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * One fault sown into one real source file of core: compiled in memory and loaded beside the sound classes, so that a checker
 * walks the very class with just this fault in it.
 *
 * @param file the source file, as {@code approval/Approval}
 * @param sound the text as it is; it must stand there exactly once, whatever the space between its words
 * @param faulty what stands there instead
 */
public record SownFault(String file, String sound, String faulty) {

    private static final String PREFIX = "io.countersign.core.";
    private static final Path SOURCES = Path.of("src/main/java/io/countersign/core");

    /** This class as it is with the fault in everything it uses. */
    public Class<?> in(Class<?> checker) throws ClassNotFoundException {
        return new Loader(compiled()).loadClass(checker.getName());
    }

    private Map<String, byte[]> compiled() {
        String source = read();
        Matcher place = words(sound).matcher(source);
        assertThat(place.results().count())
                .as("how often `%s` stands in %s", sound, file)
                .isEqualTo(1);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (Memory memory = new Memory(compiler.getStandardFileManager(null, null, null))) {
            boolean compiles = compiler.getTask(
                            said,
                            memory,
                            null,
                            List.of("-proc:none", "-nowarn", "-classpath", classPath()),
                            null,
                            List.of(new Source(
                                    file.substring(file.indexOf('/') + 1),
                                    place.reset().replaceFirst(Matcher.quoteReplacement(faulty)))))
                    .call();
            assertThat(compiles).as(said.toString()).isTrue();
            return memory.classes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** The words of the text, whatever space the formatter has put between them. */
    private static Pattern words(String text) {
        return Pattern.compile(
                Stream.of(text.strip().split("\\s+")).map(Pattern::quote).collect(Collectors.joining("\\s+")));
    }

    private String read() {
        try {
            return Files.readString(SOURCES.resolve(file + ".java"));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static String classPath() {
        return location(Approval.class) + java.io.File.pathSeparator + location(Nullable.class);
    }

    private static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** A source file that exists in memory alone. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps what the compiler writes. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new HashMap<>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, _ -> new ByteArrayOutputStream());
                }
            };
        }
    }

    /** Loads all of core anew, tests included, with the faulty classes in the place of the sound ones. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> faulty;

        Loader(Map<String, byte[]> faulty) {
            super(SownFault.class.getClassLoader());
            this.faulty = faulty;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PREFIX)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            byte[] bytes = faulty.containsKey(name) ? faulty.get(name) : sound(name);
            return defineClass(name, bytes, 0, bytes.length);
        }

        private byte[] sound(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                return in.readAllBytes();
            } catch (IOException problem) {
                throw new ClassNotFoundException(name, problem);
            }
        }
    }
}
