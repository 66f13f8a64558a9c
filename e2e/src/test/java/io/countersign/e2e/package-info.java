/** The product as people use it: a browser at the packaged server, its database and its demo organization. */
@NullMarked
package io.countersign.e2e;

import org.jspecify.annotations.NullMarked;
