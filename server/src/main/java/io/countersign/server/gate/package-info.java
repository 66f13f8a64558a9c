/** The doors of the decision point: check, ask, redeem, and the outcome of what was redeemed. */
@NullMarked
package io.countersign.server.gate;

import org.jspecify.annotations.NullMarked;
