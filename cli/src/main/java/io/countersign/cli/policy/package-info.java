/** Approval policies at the keyboard: templates, bindings, why they apply and when. */
@NullMarked
package io.countersign.cli.policy;

import org.jspecify.annotations.NullMarked;
