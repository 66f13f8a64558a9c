package io.countersign.server.directory;

/** A named role of an organization; six are built in, and it may add its own. */
public record Role(String id, String name, String description, boolean builtIn) {}
