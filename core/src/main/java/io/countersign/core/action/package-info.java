/** What is asked: who wants to perform which action on which resource, with exactly which payload. */
@NullMarked
package io.countersign.core.action;

import org.jspecify.annotations.NullMarked;
