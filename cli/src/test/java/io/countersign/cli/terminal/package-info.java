/** Tests of what lies in this package of the command line. */
@NullMarked
package io.countersign.cli.terminal;

import org.jspecify.annotations.NullMarked;
