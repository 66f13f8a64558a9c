/** A Rego engine: compile policies from source, then ask them for decisions, from any number of threads. */
@NullMarked
package io.countersign.rego;

import org.jspecify.annotations.NullMarked;
