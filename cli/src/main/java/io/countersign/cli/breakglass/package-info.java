/** Break-glass sessions at a terminal: open, look at, end, close, review, report. */
@NullMarked
package io.countersign.cli.breakglass;

import org.jspecify.annotations.NullMarked;
