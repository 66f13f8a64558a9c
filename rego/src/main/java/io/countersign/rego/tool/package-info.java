/** What a policy author's tools are made of: conformance runs, tests, formatting, bundles, measuring. */
@NullMarked
package io.countersign.rego.tool;

import org.jspecify.annotations.NullMarked;
