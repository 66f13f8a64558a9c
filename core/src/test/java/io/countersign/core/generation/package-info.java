/** Generated examples: seeded, repeatable, and made small before anybody has to read them. */
@NullMarked
package io.countersign.core.generation;

import org.jspecify.annotations.NullMarked;
