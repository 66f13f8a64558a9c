package io.countersign.core.policy;

/** One saved version of a template; versions count from 1 and are never edited. */
public record Template(String id, int version, TemplateSpec spec) {}
