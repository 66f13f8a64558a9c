/** What it takes: templates, bindings and conditions, and the requirements they make of one ask. */
@NullMarked
package io.countersign.core.policy;

import org.jspecify.annotations.NullMarked;
