/** Tests of what commands are said to be. */
@NullMarked
package io.countersign.cli.mapping;

import org.jspecify.annotations.NullMarked;
