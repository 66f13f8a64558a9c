package io.countersign.core.breakglass;

/**
 * What its owner is at one moment.
 *
 * @param active whether the account is enabled
 * @param mayOpen whether the permission to open sessions reaches all of the scope
 */
public record OwnerNow(boolean active, boolean mayOpen) {}
