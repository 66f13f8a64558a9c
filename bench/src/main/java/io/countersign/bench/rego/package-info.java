/** Policies in Rego, measured by JMH beside what OPA takes for the same. */
@NullMarked
package io.countersign.bench.rego;

import org.jspecify.annotations.NullMarked;
