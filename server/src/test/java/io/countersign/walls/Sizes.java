package io.countersign.walls;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.countersign.walls.Sources.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** How long files and methods are, in lines. */
record Sizes(Sources sources) {

    /** A method and the lines between the braces of its body, the closing one included. */
    record Method(String fullName, long lines) {}

    /** The names of the files in a module that are longer than so many lines. */
    List<String> filesAbove(long lines, String module, boolean inIt) {
        return sources.files().stream()
                .filter(file -> file.room().startsWith(module) == inIt)
                .filter(file -> file.text().lines().count() > lines)
                .map(Source::name)
                .toList();
    }

    /** All methods and constructors that have a body. */
    List<Method> methods() {
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        null,
                        null,
                        null,
                        sources.files().stream().map(InMemory::new).toList());
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<Method> methods = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                String file = unit.getSourceFile().getName();
                LineMap lines = unit.getLineMap();
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void nothing) {
                        if (method.getBody() != null) {
                            long from = lines.getLineNumber(positions.getStartPosition(unit, method.getBody()));
                            long to = lines.getLineNumber(positions.getEndPosition(unit, method.getBody()));
                            methods.add(new Method(file + "." + method.getName(), to - from));
                        }
                        return super.visitMethod(method, null);
                    }
                }.scan(unit, null);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return methods;
    }

    private static final class InMemory extends SimpleJavaFileObject {

        private final Source source;

        InMemory(Source source) {
            super(URI.create("source:///" + source.name()), JavaFileObject.Kind.SOURCE);
            this.source = source;
        }

        @Override
        public String getName() {
            return source.name();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source.text();
        }
    }
}
