/** The directory at the keyboard: people, teams, roles, accounts, projects, environments, clusters, releases. */
@NullMarked
package io.countersign.cli.directory;

import org.jspecify.annotations.NullMarked;
