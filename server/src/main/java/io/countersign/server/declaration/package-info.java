/** Policy as code: what files declare, compared with what there is, and applied as one change. */
@NullMarked
package io.countersign.server.declaration;

import org.jspecify.annotations.NullMarked;
