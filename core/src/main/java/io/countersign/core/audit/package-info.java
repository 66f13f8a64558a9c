/** What is written down: the entries of the audit log, one record for each kind of thing that can happen. */
@NullMarked
package io.countersign.core.audit;

import org.jspecify.annotations.NullMarked;
