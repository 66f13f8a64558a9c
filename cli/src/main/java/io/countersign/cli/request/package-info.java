/** Asking and deciding: asks, requests, votes, grants and outcomes, as commands. */
@NullMarked
package io.countersign.cli.request;

import org.jspecify.annotations.NullMarked;
