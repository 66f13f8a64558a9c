/** How people agree: requests and votes, the tally against a quorum, separation of duties, and the single-use grant. */
@NullMarked
package io.countersign.core.approval;

import org.jspecify.annotations.NullMarked;
