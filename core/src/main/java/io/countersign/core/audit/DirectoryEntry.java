package io.countersign.core.audit;

import java.util.List;

/** What happened to people, teams, roles, accounts and the things that are gated. */
public sealed interface DirectoryEntry extends Entry {

    /** An organization was created. */
    record OrganizationCreated(String organizationId, String handle, String name) implements DirectoryEntry {}

    /** Settings of the organization changed; each given as {@code field: before -> after}. */
    record OrganizationChanged(List<String> changes) implements DirectoryEntry {}

    /** A person was added. */
    record PersonCreated(String personId, String handle, String name) implements DirectoryEntry {}

    /** Something about a person changed. */
    record PersonChanged(String personId, List<String> changes) implements DirectoryEntry {}
}
