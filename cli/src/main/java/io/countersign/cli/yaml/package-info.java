/** YAML that is read strictly, with the line and column of everything in it. */
@NullMarked
package io.countersign.cli.yaml;

import org.jspecify.annotations.NullMarked;
