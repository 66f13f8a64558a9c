/** What is known about values before there are any. */
@NullMarked
package io.countersign.rego.type;

import org.jspecify.annotations.NullMarked;
