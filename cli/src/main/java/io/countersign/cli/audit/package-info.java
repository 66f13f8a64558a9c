/** Looking back and at the clock: the audit log, and the time that a server goes by. */
@NullMarked
package io.countersign.cli.audit;

import org.jspecify.annotations.NullMarked;
