/** Emergencies told to those who must know at once, by mail and by signed webhooks: what to whom, tried until it arrives. */
@NullMarked
package io.countersign.server.notify;

import org.jspecify.annotations.NullMarked;
