/** The command line as it is typed, against a counterpart that answers as the server does. */
@NullMarked
package io.countersign.cli;

import org.jspecify.annotations.NullMarked;
