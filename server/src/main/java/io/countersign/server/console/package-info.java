/** The web console as the server hands it out: one page and its assets; everything it shows comes from the public API. */
@NullMarked
package io.countersign.server.console;

import org.jspecify.annotations.NullMarked;
