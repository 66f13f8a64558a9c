/** From trees as written to trees that can run: names resolved, bodies ordered, rules checked, errors collected. */
@NullMarked
package io.countersign.rego.compile;

import org.jspecify.annotations.NullMarked;
