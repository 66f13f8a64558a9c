/** Compiled rules as trees of nodes over numbered slots, and the evaluation that runs them within limits. */
@NullMarked
package io.countersign.rego.plan;

import org.jspecify.annotations.NullMarked;
