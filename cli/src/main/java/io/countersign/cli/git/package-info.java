/**
 * The door in front of a git repository: what a push is, asking before it goes through, and a small git server that knows
 * who pushes.
 */
@NullMarked
package io.countersign.cli.git;

import org.jspecify.annotations.NullMarked;
