package io.countersign.server.directory;

/** A named state of a project's source; it never changes. */
public record Release(String id, String projectId, String name, String sourceReference) {}
