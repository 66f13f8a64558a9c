/** Rego as it is written: tokens, the tree, the parser, errors with places. */
@NullMarked
package io.countersign.rego.syntax;

import org.jspecify.annotations.NullMarked;
