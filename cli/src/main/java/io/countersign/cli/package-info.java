/** The command line: what a person or a pipeline types. */
@NullMarked
package io.countersign.cli;

import org.jspecify.annotations.NullMarked;
