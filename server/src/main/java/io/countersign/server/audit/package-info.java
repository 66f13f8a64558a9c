/** The audit log: what is appended with each change, the order it gets, who follows it, and how it is searched. */
@NullMarked
package io.countersign.server.audit;

import org.jspecify.annotations.NullMarked;
