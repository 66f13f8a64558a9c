/** How sources are read and written. */
@NullMarked
package io.countersign.rego.syntax;

import org.jspecify.annotations.NullMarked;
