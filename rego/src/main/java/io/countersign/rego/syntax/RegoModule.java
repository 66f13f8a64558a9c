package io.countersign.rego.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One source file.
 *
 * @param path the package, `data` first
 * @param v1 whether it is written in the language of OPA 1.0
 * @param metadata the metadata blocks of the package
 */
public record RegoModule(
        String file,
        Location loc,
        List<String> path,
        List<Import> imports,
        List<Rule> rules,
        boolean v1,
        List<Annotation> metadata,
        List<Comment> comments) {

    /** The same file with other rules. */
    public RegoModule withRules(List<Rule> others) {
        return new RegoModule(file, loc, path, imports, others, v1, metadata, comments);
    }

    /** `import path as alias`. */
    public record Import(
            Location loc, Term.Ref path, @Nullable String alias) {

        /** The name it is known by. */
        public String name() {
            if (alias != null) {
                return alias;
            }
            if (path.path().isEmpty()) {
                return path.head() instanceof Term.Var v ? v.name() : "";
            }
            Term last = path.path().get(path.path().size() - 1);
            return last instanceof Term.Scalar s && s.value() instanceof io.countersign.rego.value.RegoString text
                    ? text.value()
                    : "";
        }
    }

    /** A comment without its `#`. */
    public record Comment(Location loc, String text) {}
}
