package io.countersign.rego.syntax;

import io.countersign.rego.syntax.RegoModule.Comment;
import io.countersign.rego.syntax.RegoModule.Import;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.value.RegoString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts imports that stand right beneath each other in order; blank lines and comments keep groups apart. */
final class ImportOrder {

    private static final Comparator<Import> BY_PATH = Comparator.comparing(
                    ImportOrder::names, ImportOrder::compareNames)
            .thenComparing(one -> one.alias() == null ? "" : one.alias());

    private ImportOrder() {}

    /** The same imports; each stands at the place of the one it replaces. */
    static List<Import> of(List<Import> imports, List<Comment> comments) {
        List<Import> ordered = new ArrayList<>();
        List<Import> group = new ArrayList<>();
        for (Import one : imports) {
            if (!group.isEmpty() && one.loc().row() != group.getLast().loc().row() + 1) {
                ordered.addAll(sorted(group, comments));
                group.clear();
            }
            group.add(one);
        }
        ordered.addAll(sorted(group, comments));
        return ordered;
    }

    /** All imports of a module in order, for comparing what modules mean. */
    static RegoModule inOrder(RegoModule module) {
        List<Import> imports = module.imports().stream().sorted(BY_PATH).toList();
        return new RegoModule(
                module.file(),
                module.loc(),
                module.path(),
                imports,
                module.rules(),
                module.v1(),
                module.metadata(),
                module.comments());
    }

    private static List<Import> sorted(List<Import> group, List<Comment> comments) {
        boolean commented = !group.isEmpty()
                && comments.stream()
                        .anyMatch(comment -> comment.loc().row()
                                        >= group.getFirst().loc().row()
                                && comment.loc().row() <= group.getLast().loc().row());
        if (commented) {
            return List.copyOf(group);
        }
        List<Import> sorted = group.stream().sorted(BY_PATH).toList();
        List<Import> placed = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            placed.add(new Import(
                    group.get(i).loc(), sorted.get(i).path(), sorted.get(i).alias()));
        }
        return placed;
    }

    private static List<String> names(Import one) {
        List<String> names = new ArrayList<>();
        names.add(one.path().head() instanceof Term.Var v ? v.name() : "");
        one.path()
                .path()
                .forEach(part -> names.add(
                        part instanceof Scalar s && s.value() instanceof RegoString text ? text.value() : ""));
        return names;
    }

    private static int compareNames(List<String> a, List<String> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = RegoString.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}
