/** The way to the server: requests, retries, problems in words, and the stored sign-in. */
@NullMarked
package io.countersign.cli.wire;

import org.jspecify.annotations.NullMarked;
