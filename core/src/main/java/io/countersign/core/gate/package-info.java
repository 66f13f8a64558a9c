/** The gate's answer to one ask: permit, hold or deny. */
@NullMarked
package io.countersign.core.gate;

import org.jspecify.annotations.NullMarked;
