/**
 * Running a command exactly as it was approved: a private snapshot of what it is, the manifest that approvers see, and the
 * execution of that snapshot.
 */
@NullMarked
package io.countersign.cli.run;

import org.jspecify.annotations.NullMarked;
