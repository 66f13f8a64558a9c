/** The engine as others use it. */
@NullMarked
package io.countersign.rego;

import org.jspecify.annotations.NullMarked;
