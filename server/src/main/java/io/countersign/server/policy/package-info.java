/** Templates and bindings as they are kept, changed and looked up: the administration point. */
@NullMarked
package io.countersign.server.policy;

import org.jspecify.annotations.NullMarked;
