/** What an organization is declared to be in files: the format, its reading and writing, and how two states differ. */
@NullMarked
package io.countersign.core.declaration;

import org.jspecify.annotations.NullMarked;
