/** Policy as code at a terminal: files are validated where they are, compared with the server, applied and exported. */
@NullMarked
package io.countersign.cli.declaration;

import org.jspecify.annotations.NullMarked;
