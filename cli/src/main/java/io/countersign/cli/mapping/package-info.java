/** Which action a command is, and on what: read from its words by files that say how. It looks; it runs nothing. */
@NullMarked
package io.countersign.cli.mapping;

import org.jspecify.annotations.NullMarked;
