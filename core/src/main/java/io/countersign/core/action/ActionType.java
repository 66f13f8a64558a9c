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
        boolean switchable) {

    public ActionType {
        inboxTypes = Set.copyOf(inboxTypes);
    }
}
