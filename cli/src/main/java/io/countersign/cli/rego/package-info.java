/** The tools for policies in Rego: evaluate, check, test, format, measure. */
@NullMarked
package io.countersign.cli.rego;

import org.jspecify.annotations.NullMarked;
