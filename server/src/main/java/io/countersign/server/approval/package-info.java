/** Requests, votes and grants as they are kept and decided: one transaction for each change, one entry in the log. */
@NullMarked
package io.countersign.server.approval;

import org.jspecify.annotations.NullMarked;
