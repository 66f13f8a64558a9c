/** Who there is, what there is, and who may do what: organizations, people, teams, roles, accounts, places, credentials. */
@NullMarked
package io.countersign.server.directory;

import org.jspecify.annotations.NullMarked;
