package io.countersign.rego.compile;

import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.RegoError;
import java.util.List;

/** Finds operators and functions that get what they can never take. */
final class TypeChecker {

    TypeChecker(RuleNode root, List<RuleGroup> groups, List<RegoError> errors) {}

    void check() {}

    void check(Body query) {}
}
