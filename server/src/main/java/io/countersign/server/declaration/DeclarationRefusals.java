package io.countersign.server.declaration;

import io.countersign.core.declaration.DeclarationFault;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.util.List;

/** Why a declaration is not applied, in words that lead to the place in it. */
final class DeclarationRefusals {

    private static final int TOLD = 100;

    private DeclarationRefusals() {}

    /** The documents themselves are wrong, or name what is not there. */
    static ProblemException invalid(List<DeclarationFault> faults) {
        return problem(400, "invalid-declaration", "the declaration cannot be read", faults)
                .remedy("mend the places named in violations")
                .raise();
    }

    /** What they say may not be, as the organization is. */
    static ProblemException refused(List<DeclarationFault> faults) {
        return problem(409, "declaration-refused", "the organization cannot become what is declared", faults)
                .remedy("mend the places named in violations")
                .raise();
    }

    static ProblemException changed(String now) {
        return Problem.of(409, "difference-changed", "the organization has changed since the difference was shown")
                .remedy("look at the difference again, and apply that one")
                .with("digest", now)
                .raise();
    }

    private static Problem problem(int status, String code, String what, List<DeclarationFault> faults) {
        String more = faults.size() > 1 ? "; " + (faults.size() - 1) + " more" : "";
        return Problem.of(status, code, what + ": " + faults.getFirst().sentence() + more)
                .faults(faults.stream()
                        .limit(TOLD)
                        .map(DeclarationRefusals::fault)
                        .toList());
    }

    private static Fault fault(DeclarationFault fault) {
        String elsewhere = fault.elsewhere();
        return Fault.of(
                fault.code(),
                field(fault.pointer()),
                elsewhere == null
                        ? fault.sentence()
                        : fault.sentence() + "; the other one is `" + field(elsewhere) + "`");
    }

    /** A pointer into the documents as the path of a field in the body: {@code documents[0].people[3].name}. */
    static String field(String pointer) {
        StringBuilder field = new StringBuilder("documents");
        for (String segment : pointer.substring(1).split("/", -1)) {
            if (!segment.isEmpty() && segment.chars().allMatch(Character::isDigit)) {
                field.append('[').append(segment).append(']');
            } else {
                field.append('.').append(segment.replace("~1", "/").replace("~0", "~"));
            }
        }
        return field.toString();
    }
}
