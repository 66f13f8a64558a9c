package io.countersign.core.action;

import java.util.Set;

/**
 * One kind of protected action.
 *
 * @param id dotted lower-case id, for example {@code release.deploy}
 * @param group where it is listed: project, cluster, security or own
 * @param level the kind of resource it is performed on
 * @param deploying whether a frozen environment denies it
 * @param switchable whether only a binding that names it gates it
 * @param onOrganization whether it is also performed on the organization itself
 * @param emergency whether it is an emergency workflow's: asked for with a reason, never without a rule, and loudly
 */
public record ActionType(
        String id,
        String title,
        String description,
        String group,
        Set<InboxType> inboxTypes,
        Risk risk,
        ResourceLevel level,
        boolean deploying,
        boolean switchable,
        boolean onOrganization,
        boolean emergency) {

    public ActionType {
        inboxTypes = Set.copyOf(inboxTypes);
    }

    /** A type that is performed on resources of one level only. */
    public ActionType(
            String id,
            String title,
            String description,
            String group,
            Set<InboxType> inboxTypes,
            Risk risk,
            ResourceLevel level,
            boolean deploying,
            boolean switchable) {
        this(id, title, description, group, inboxTypes, risk, level, deploying, switchable, false, false);
    }

    /** A type that an organization adds. */
    public static ActionType own(
            String id,
            String title,
            String description,
            Risk risk,
            ResourceLevel level,
            boolean deploying,
            boolean emergency) {
        return new ActionType(
                id, title, description, "own", Set.of(InboxType.OWN), risk, level, deploying, false, false, emergency);
    }

    /** Whether it is performed on resources of this level. */
    public boolean isPerformedOn(ResourceLevel other) {
        return other == level || (onOrganization && other == ResourceLevel.ORGANIZATION);
    }
}
