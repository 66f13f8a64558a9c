/** Who is told of emergencies, at a terminal: destinations, tests, what arrived and what did not. */
@NullMarked
package io.countersign.cli.notify;

import org.jspecify.annotations.NullMarked;
