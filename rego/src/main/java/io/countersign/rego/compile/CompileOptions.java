package io.countersign.rego.compile;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How modules are compiled.
 *
 * @param strict whether unused and shadowed names are errors
 * @param keepPrint whether `print` stays; else it is erased
 * @param builtins the names of the functions that may be used; null allows all
 */
public record CompileOptions(
        boolean strict, boolean keepPrint, @Nullable Set<String> builtins) {

    /** Not strict, without print, all functions. */
    public static final CompileOptions DEFAULT = new CompileOptions(false, false, null);
}
