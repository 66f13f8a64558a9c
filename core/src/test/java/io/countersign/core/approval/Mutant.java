package io.countersign.core.approval;

import io.countersign.core.generation.SownFault;
import org.jspecify.annotations.Nullable;

/**
 * One fault that the model checker must find.
 *
 * @param breaks the invariant that the fault breaks
 * @param what the fault in words
 * @param file the source file in {@code core.approval}
 */
record Mutant(Invariant breaks, String what, String file, String sound, String faulty) {

    /** What the model checker finds in the faulty class, or nothing. */
    @Nullable
    String hunted(long limit) throws ReflectiveOperationException {
        Class<?> checker = new SownFault("approval/" + file, sound, faulty).in(ModelChecker.class);
        return (String) checker.getMethod("hunt", String.class, long.class).invoke(null, breaks.name(), limit);
    }
}
