/** Programs that measure: the rules alone, the doors over HTTP, a full cycle, a start. */
@NullMarked
package io.countersign.bench;

import org.jspecify.annotations.NullMarked;
