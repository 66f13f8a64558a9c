/**
 * Countersign for Java programs: ask, wait, redeem, report the outcome, and check grants offline. Begin at
 * {@link io.countersign.client.CountersignClient}.
 */
@NullMarked
package io.countersign.client;

import org.jspecify.annotations.NullMarked;
