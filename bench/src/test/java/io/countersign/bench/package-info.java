/** Tests of what is told of measured policies. */
@NullMarked
package io.countersign.bench;

import org.jspecify.annotations.NullMarked;
