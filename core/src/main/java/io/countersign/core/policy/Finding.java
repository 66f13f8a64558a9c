package io.countersign.core.policy;

/** Something said about a field of a policy: a machine-readable code, the field's path, and a sentence. */
public record Finding(String code, String field, String sentence) {}
