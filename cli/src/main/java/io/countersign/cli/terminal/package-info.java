/** What a person sees: text made safe to look at, tables, colours, JSON, calendars and times. */
@NullMarked
package io.countersign.cli.terminal;

import org.jspecify.annotations.NullMarked;
