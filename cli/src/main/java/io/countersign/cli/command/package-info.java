/** What every command shares: its surroundings, its common options, its exit codes and its ways of asking back. */
@NullMarked
package io.countersign.cli.command;

import org.jspecify.annotations.NullMarked;
