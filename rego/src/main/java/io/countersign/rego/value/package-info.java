/** What Rego computes with: immutable values with Rego's equality, order and text. */
@NullMarked
package io.countersign.rego.value;

import org.jspecify.annotations.NullMarked;
