/** Tests of what lies in this package of the command line. */
@NullMarked
package io.countersign.cli.run;

import org.jspecify.annotations.NullMarked;
