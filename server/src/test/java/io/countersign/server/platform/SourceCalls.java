package io.countersign.server.platform;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What each method of the product's sources calls and makes, as the compiler understands them. */
final class SourceCalls {

    /**
     * A call or the making of an object.
     *
     * @param target method, constructor, or a field whose initial value is used
     * @param arguments as written, none for a method reference
     * @param behind the types of which something must have been made before this place is ever reached
     */
    record Call(Element target, List<? extends ExpressionTree> arguments, Set<TypeElement> behind) {}

    /** What is written in one method, constructor, or initial value of a field; lambdas belong to where they stand. */
    static final class Body {
        final Element owner;
        final List<Call> calls = new ArrayList<>();
        final List<ExpressionTree> returned = new ArrayList<>();

        private Body(Element owner) {
            this.owner = owner;
        }
    }

    private final Map<Element, Body> bodies = new LinkedHashMap<>();
    private final Map<Tree, TreePath> paths = new HashMap<>();
    private final Map<ExecutableElement, Set<ExecutableElement>> overriders = new HashMap<>();
    private final List<TypeElement> classes = new ArrayList<>();
    private final Set<String> guarding;
    private final Trees trees;
    private final Types types;

    private SourceCalls(Set<String> guarding, JavacTask task) {
        this.guarding = guarding;
        this.trees = Trees.instance(task);
        this.types = task.getTypes();
    }

    /**
     * Reads all sources below these folders.
     *
     * @param guarding the sealed interfaces whose cases are reached only where one of that kind is made
     */
    static SourceCalls of(Set<String> guarding, Path... folders) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = new ArrayList<>();
            for (Path folder : folders) {
                try (Stream<Path> all = Files.walk(folder)) {
                    all.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
            List<String> options =
                    List.of("-proc:none", "-Xlint:none", "-cp", System.getProperty("java.class.path", ""));
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            task.analyze();
            SourceCalls calls = new SourceCalls(guarding, task);
            units.forEach(unit -> calls.new Reader().scan(unit, null));
            calls.linkOverriders();
            return calls;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The class that a member is in. */
    static Element enclosing(Element member) {
        return Objects.requireNonNull(member.getEnclosingElement());
    }

    Map<Element, Body> bodies() {
        return bodies;
    }

    List<TypeElement> classes() {
        return classes;
    }

    Set<ExecutableElement> overriders(ExecutableElement method) {
        return overriders.getOrDefault(method, Set.of());
    }

    boolean isA(TypeElement one, TypeElement other) {
        return types.isSubtype(types.erasure(one.asType()), types.erasure(other.asType()));
    }

    @Nullable
    Element element(Tree tree) {
        TreePath path = paths.get(tree);
        return path == null ? null : trees.getElement(path);
    }

    @Nullable
    Tree declaration(Element element) {
        return trees.getTree(element);
    }

    private void linkOverriders() {
        for (Element element : bodies.keySet()) {
            if (element instanceof ExecutableElement method && method.getKind() == ElementKind.METHOD) {
                supertypes((TypeElement) enclosing(method), new HashSet<>())
                        .forEach(type -> type.getEnclosedElements().stream()
                                .filter(other -> other.getKind() == ElementKind.METHOD)
                                .map(ExecutableElement.class::cast)
                                .filter(other -> isOverridden(other, method))
                                .forEach(other -> overriders
                                        .computeIfAbsent(other, _ -> new HashSet<>())
                                        .add(method)));
            }
        }
    }

    private static boolean isOverridden(ExecutableElement above, ExecutableElement below) {
        return above.getSimpleName().equals(below.getSimpleName())
                && above.getParameters().size() == below.getParameters().size();
    }

    private Set<TypeElement> supertypes(TypeElement type, Set<TypeElement> found) {
        for (TypeMirror above : types.directSupertypes(type.asType())) {
            if (above instanceof DeclaredType declared
                    && declared.asElement() instanceof TypeElement element
                    && found.add(element)) {
                supertypes(element, found);
            }
        }
        return found;
    }

    private final class Reader extends TreePathScanner<@Nullable Object, @Nullable Object> {

        private final Deque<Body> within = new ArrayDeque<>();
        private final Deque<TypeElement> behind = new ArrayDeque<>();
        private int lambdas;
        private int swallowed;

        @Override
        public @Nullable Object scan(@Nullable Tree tree, @Nullable Object none) {
            if (tree != null) {
                paths.put(
                        tree,
                        getCurrentPath() == null
                                ? new TreePath((CompilationUnitTree) tree)
                                : new TreePath(getCurrentPath(), tree));
            }
            return super.scan(tree, none);
        }

        @Override
        public @Nullable Object visitClass(ClassTree tree, @Nullable Object none) {
            if (trees.getElement(getCurrentPath()) instanceof TypeElement type) {
                classes.add(type);
            }
            return super.visitClass(tree, none);
        }

        @Override
        public @Nullable Object visitMethod(MethodTree tree, @Nullable Object none) {
            return within(trees.getElement(getCurrentPath()), () -> super.visitMethod(tree, none));
        }

        @Override
        public @Nullable Object visitVariable(VariableTree tree, @Nullable Object none) {
            Element element = trees.getElement(getCurrentPath());
            boolean field = element != null && element.getKind().isField();
            return field ? within(element, () -> super.visitVariable(tree, none)) : super.visitVariable(tree, none);
        }

        private @Nullable Object within(@Nullable Element element, Runnable reading) {
            if (element == null) {
                return null;
            }
            within.push(bodies.computeIfAbsent(element, Body::new));
            int before = lambdas;
            lambdas = 0;
            reading.run();
            lambdas = before;
            within.pop();
            return null;
        }

        @Override
        public @Nullable Object visitLambdaExpression(LambdaExpressionTree tree, @Nullable Object none) {
            lambdas++;
            super.visitLambdaExpression(tree, none);
            lambdas--;
            return null;
        }

        @Override
        public @Nullable Object visitReturn(ReturnTree tree, @Nullable Object none) {
            if (lambdas == 0 && tree.getExpression() != null && !within.isEmpty()) {
                within.getFirst().returned.add(tree.getExpression());
            }
            return super.visitReturn(tree, none);
        }

        @Override
        public @Nullable Object visitMethodInvocation(MethodInvocationTree tree, @Nullable Object none) {
            note(trees.getElement(new TreePath(getCurrentPath(), tree.getMethodSelect())), tree.getArguments());
            return super.visitMethodInvocation(tree, none);
        }

        @Override
        public @Nullable Object visitNewClass(NewClassTree tree, @Nullable Object none) {
            note(trees.getElement(getCurrentPath()), tree.getArguments());
            return super.visitNewClass(tree, none);
        }

        @Override
        public @Nullable Object visitMemberReference(MemberReferenceTree tree, @Nullable Object none) {
            note(trees.getElement(getCurrentPath()), List.of());
            return super.visitMemberReference(tree, none);
        }

        @Override
        public @Nullable Object visitIdentifier(IdentifierTree tree, @Nullable Object none) {
            noteField(trees.getElement(getCurrentPath()));
            return super.visitIdentifier(tree, none);
        }

        @Override
        public @Nullable Object visitMemberSelect(MemberSelectTree tree, @Nullable Object none) {
            noteField(trees.getElement(getCurrentPath()));
            return super.visitMemberSelect(tree, none);
        }

        private void noteField(@Nullable Element element) {
            if (element instanceof VariableElement field && field.getKind().isField()) {
                note(field, List.of());
            }
        }

        private void note(@Nullable Element target, List<? extends ExpressionTree> arguments) {
            if (target != null && !within.isEmpty() && swallowed == 0) {
                within.getFirst().calls.add(new Call(target, arguments, Set.copyOf(behind)));
            }
        }

        @Override
        public @Nullable Object visitCase(CaseTree tree, @Nullable Object none) {
            List<TypeElement> kinds = tree.getLabels().stream()
                    .filter(PatternCaseLabelTree.class::isInstance)
                    .map(label -> kind(((PatternCaseLabelTree) label).getPattern()))
                    .filter(Objects::nonNull)
                    .toList();
            kinds.forEach(behind::push);
            super.visitCase(tree, none);
            kinds.forEach(_ -> behind.pop());
            return null;
        }

        private @Nullable TypeElement kind(PatternTree pattern) {
            Tree type = switch (pattern) {
                case BindingPatternTree binding -> binding.getVariable().getType();
                case DeconstructionPatternTree parts -> parts.getDeconstructor();
                default -> null;
            };
            if (type == null) {
                return null;
            }
            TreePath path = trees.getPath(getCurrentPath().getCompilationUnit(), type);
            Element element = path == null ? null : trees.getElement(path);
            return element instanceof TypeElement kind
                            && kind.getInterfaces().stream().anyMatch(above -> guarding.contains(above.toString()))
                    ? kind
                    : null;
        }

        /** What is refused inside, and not handed on, ends no call. */
        @Override
        public @Nullable Object visitTry(TryTree tree, @Nullable Object none) {
            boolean kept = tree.getCatches().stream()
                    .anyMatch(
                            caught -> caught.getParameter().getType().toString().contains("ProblemException")
                                    && !throwsAgain(caught.getBlock()));
            scan(tree.getResources(), none);
            swallowed += kept ? 1 : 0;
            scan(tree.getBlock(), none);
            swallowed -= kept ? 1 : 0;
            scan(tree.getCatches(), none);
            scan(tree.getFinallyBlock(), none);
            return null;
        }

        private static boolean throwsAgain(Tree block) {
            boolean[] found = new boolean[1];
            new TreeScanner<@Nullable Object, @Nullable Object>() {
                @Override
                public @Nullable Object visitIf(IfTree tree, @Nullable Object none) {
                    return null; // handed on in a case that is told apart
                }

                @Override
                public @Nullable Object visitThrow(ThrowTree tree, @Nullable Object none) {
                    found[0] = true;
                    return null;
                }
            }.scan(block, null);
            return found[0];
        }
    }
}
