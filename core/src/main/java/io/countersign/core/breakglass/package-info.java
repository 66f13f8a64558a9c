/** Emergencies: sessions that let their owner pass requirements, loudly, narrowly and for a short time. */
@NullMarked
package io.countersign.core.breakglass;

import org.jspecify.annotations.NullMarked;
