/** Proofs of what policy as code promises at a terminal. */
@NullMarked
package io.countersign.cli.declaration;

import org.jspecify.annotations.NullMarked;
