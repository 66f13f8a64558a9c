/** Proofs of the door in front of a git repository, with real repositories and real pushes. */
@NullMarked
package io.countersign.cli.git;

import org.jspecify.annotations.NullMarked;
