/** The demo: an example organization, a guarded repository, and the main job walked through with real programs. */
@NullMarked
package io.countersign.cli.demo;

import org.jspecify.annotations.NullMarked;
