/** Tests of values and of how they are read. */
@NullMarked
package io.countersign.rego.value;

import org.jspecify.annotations.NullMarked;
