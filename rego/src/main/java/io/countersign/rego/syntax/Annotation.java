package io.countersign.rego.syntax;

import io.countersign.rego.value.RegoObject;

/**
 * A metadata block.
 *
 * @param scope `rule`, `document`, `package` or `subpackages`
 * @param content all its fields, scope included
 */
public record Annotation(Location loc, String scope, RegoObject content) {}
