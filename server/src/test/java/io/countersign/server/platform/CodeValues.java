package io.countersign.server.platform;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** What an expression in the sources can be: the words that are written, wherever they come from. */
final class CodeValues {

    private static final int LONGEST_WAY = 6;
    private static final int LONGEST_ENDS = 20;

    /** What is written here, or the parameter with this index, between what is put before and behind it. */
    record Value(@Nullable Object constant, int parameter, String before, String behind) {

        static Value of(Object constant) {
            return new Value(constant, -1, "", "");
        }

        static Value parameter(int index) {
            return new Value(null, index, "", "");
        }

        Value between(String start, String end) {
            return new Value(constant, parameter, start + before, behind + end);
        }

        /** The text, where it is one. */
        String text() {
            return before + constant + behind;
        }

        boolean isShort() {
            return before.length() + behind.length() <= LONGEST_ENDS;
        }
    }

    private final SourceCalls sources;

    CodeValues(SourceCalls sources) {
        this.sources = sources;
    }

    /** What an expression can be, as far as it is written down. */
    Set<Value> of(ExpressionTree expression, Element owner, int way) {
        if (way > LONGEST_WAY) {
            return Set.of();
        }
        return switch (expression) {
            case LiteralTree literal -> literal.getValue() == null ? Set.of() : Set.of(Value.of(literal.getValue()));
            case ParenthesizedTree inner -> of(inner.getExpression(), owner, way);
            case ConditionalExpressionTree either ->
                union(Stream.of(either.getTrueExpression(), either.getFalseExpression()), owner, way);
            case SwitchExpressionTree cases -> union(yields(cases).stream(), owner, way);
            case BinaryTree sum when sum.getKind() == Tree.Kind.PLUS -> sum(sum, owner, way);
            case MethodInvocationTree call -> answered(call, owner, way);
            case IdentifierTree name -> named(sources.element(name), owner, way);
            case MemberSelectTree name -> named(sources.element(name), owner, way);
            default -> Set.of();
        };
    }

    private Set<Value> union(Stream<ExpressionTree> expressions, Element owner, int way) {
        return expressions.flatMap(one -> of(one, owner, way + 1).stream()).collect(Collectors.toSet());
    }

    private static List<ExpressionTree> yields(SwitchExpressionTree cases) {
        List<ExpressionTree> found = new ArrayList<>();
        new TreeScanner<@Nullable Object, @Nullable Object>() {
            @Override
            public @Nullable Object visitCase(CaseTree tree, @Nullable Object none) {
                if (tree.getBody() instanceof ExpressionTree value) {
                    found.add(value);
                }
                return super.visitCase(tree, none);
            }

            @Override
            public @Nullable Object visitYield(YieldTree tree, @Nullable Object none) {
                found.add(tree.getValue());
                return super.visitYield(tree, none);
            }
        }.scan(cases.getCases(), null);
        return found;
    }

    private Set<Value> sum(BinaryTree sum, Element owner, int way) {
        Set<Value> ends = of(sum.getRightOperand(), owner, way + 1);
        return of(sum.getLeftOperand(), owner, way + 1).stream()
                .flatMap(start -> ends.stream()
                        .filter(end -> start.constant() != null || end.constant() != null)
                        .map(end ->
                                end.constant() == null ? end.between(start.text(), "") : start.between("", end.text())))
                .collect(Collectors.toSet());
    }

    private Set<Value> answered(MethodInvocationTree call, Element owner, int way) {
        Element target = sources.element(call.getMethodSelect());
        SourceCalls.Body body = target == null ? null : sources.bodies().get(target);
        if (target == null || body == null) {
            return Set.of();
        }
        Set<Value> found = new HashSet<>();
        for (Value value : union(body.returned.stream(), target, way)) {
            if (value.constant() != null) {
                found.add(value);
            } else if (value.parameter() < call.getArguments().size()) {
                of(call.getArguments().get(value.parameter()), owner, way + 1).stream()
                        .map(one -> one.between(value.before(), value.behind()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private Set<Value> named(@Nullable Element element, Element owner, int way) {
        if (!(element instanceof VariableElement variable)) {
            return Set.of();
        }
        if (variable.getConstantValue() != null) {
            return Set.of(Value.of(variable.getConstantValue()));
        }
        if (owner instanceof ExecutableElement method && method.getParameters().contains(variable)) {
            return Set.of(Value.parameter(method.getParameters().indexOf(variable)));
        }
        if (variable.getKind() == ElementKind.FIELD
                && SourceCalls.enclosing(variable).getKind() == ElementKind.ENUM) {
            return ofEnum(variable, way);
        }
        return sources.declaration(variable) instanceof VariableTree declared && declared.getInitializer() != null
                ? of(declared.getInitializer(), owner, way + 1)
                : Set.of();
    }

    /** The values of a field of an enum, from what its constants are made with. */
    private Set<Value> ofEnum(VariableElement field, int way) {
        Set<Value> found = new HashSet<>();
        Element type = SourceCalls.enclosing(field);
        for (Element constant : type.getEnclosedElements()) {
            if (constant.getKind() == ElementKind.ENUM_CONSTANT
                    && sources.declaration(constant) instanceof VariableTree declared
                    && declared.getInitializer() instanceof NewClassTree made
                    && sources.element(made) instanceof ExecutableElement constructor
                    && sources.declaration(constructor) instanceof MethodTree written) {
                new TreeScanner<@Nullable Object, @Nullable Object>() {
                    @Override
                    public @Nullable Object visitAssignment(AssignmentTree tree, @Nullable Object none) {
                        if (field.equals(sources.element(tree.getVariable()))) {
                            of(tree.getExpression(), constructor, way + 1).stream()
                                    .filter(value -> value.parameter() >= 0)
                                    .map(value -> made.getArguments().get(value.parameter()))
                                    .forEach(argument -> found.addAll(of(argument, constant, way + 1)));
                        }
                        return null;
                    }
                }.scan(written.getBody(), null);
            }
        }
        return found;
    }
}
