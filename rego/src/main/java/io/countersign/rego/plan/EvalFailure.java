package io.countersign.rego.plan;

import io.countersign.rego.syntax.Location;
import io.countersign.rego.syntax.RegoFailure;

/** The failures that end an evaluation. */
final class EvalFailure {

    private EvalFailure() {}

    static RegoFailure conflict(String message, Location place) {
        return new RegoFailure("eval_conflict_error", message, place);
    }

    static RegoFailure mergeFailed(Location place) {
        return new RegoFailure("eval_with_merge_error", "real and replacement data could not be merged", place);
    }
}
