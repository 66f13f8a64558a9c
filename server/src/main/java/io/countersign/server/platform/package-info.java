/** The ground the rooms stand on: settings, the database and its clock, who calls, and how errors are told. */
@NullMarked
package io.countersign.server.platform;

import org.jspecify.annotations.NullMarked;
