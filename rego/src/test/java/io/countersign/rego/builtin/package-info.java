/** The functions of the language. */
@NullMarked
package io.countersign.rego.builtin;

import org.jspecify.annotations.NullMarked;
