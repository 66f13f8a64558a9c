/** The walls of the house: what may know what, checked on every build, and each wall proven by what it must catch. */
@NullMarked
package io.countersign.walls;

import org.jspecify.annotations.NullMarked;
