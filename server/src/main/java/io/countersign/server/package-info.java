/** The server's front door: it starts the rooms below and stops them again. */
@NullMarked
package io.countersign.server;

import org.jspecify.annotations.NullMarked;
