package io.countersign.server.breakglass;

import io.countersign.server.platform.Fault;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is wrong with the fields of a form; all of it is told at once, so that nobody mends one after the other. */
final class FormFaults {

    private final List<Fault> found = new ArrayList<>();

    /** The value of a field, or nothing where it is wrong, which is kept to be told. */
    <T> Optional<T> read(Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (ProblemException wrong) {
            if (wrong.problem().violations().isEmpty()) {
                throw wrong;
            }
            found.addAll(wrong.problem().violations());
            return Optional.empty();
        }
    }

    /** Ends the call with 400 when anything was wrong. */
    void check() {
        if (!found.isEmpty()) {
            Fault first = found.getFirst();
            throw Problem.of(400, first.code(), first.message()).faults(found).raise();
        }
    }
}
