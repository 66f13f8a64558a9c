/** Break-glass sessions as they are opened, used, ended, closed and reviewed. */
@NullMarked
package io.countersign.server.breakglass;

import org.jspecify.annotations.NullMarked;
