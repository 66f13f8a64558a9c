/** Proofs of what payload documents promise. */
@NullMarked
package io.countersign.cli.payload;

import org.jspecify.annotations.NullMarked;
