package io.countersign.core.policy;

import org.jspecify.annotations.Nullable;

/** A team; its members are members of its parent too. */
public record Team(String id, @Nullable String parentId, boolean countsAsDistinct) {}
