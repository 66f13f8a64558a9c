/** The keys of every organization that prove what Countersign says to those who were not there: grants and cluster tokens. */
@NullMarked
package io.countersign.server.signing;

import org.jspecify.annotations.NullMarked;
