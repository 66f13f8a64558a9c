/** The way to the server: single calls, retries, problems in words. For what the client has no method for. */
@NullMarked
package io.countersign.client.wire;

import org.jspecify.annotations.NullMarked;
