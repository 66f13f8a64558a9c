/** Who is at the keyboard: signing in and out, first passwords, tokens. */
@NullMarked
package io.countersign.cli.access;

import org.jspecify.annotations.NullMarked;
