/** The documents that payloads are made of, written in one way only, and how a person reads them. */
@NullMarked
package io.countersign.cli.payload;

import org.jspecify.annotations.NullMarked;
