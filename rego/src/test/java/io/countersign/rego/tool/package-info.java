/** The tools, and the cases they run. */
@NullMarked
package io.countersign.rego.tool;

import org.jspecify.annotations.NullMarked;
