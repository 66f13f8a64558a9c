package io.countersign.server.directory;

import io.countersign.core.action.ActionType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;

/**
 * A kind of protected action as it is told, see {@link ActionType}.
 *
 * @param inboxTypes the filters of the inbox that find it
 */
public record ActionView(
        String id,
        String title,
        String description,
        String group,
        List<String> inboxTypes,

        @Schema(allowableValues = {"low", "medium", "high", "critical"})
        String risk,

        @Schema(allowableValues = {"organization", "project", "environment", "cluster"})
        String level,

        boolean deploying,
        boolean switchable,
        boolean onOrganization,
        boolean emergency) {

    /** The type in words, its lists in an order that never changes. */
    public static ActionView of(ActionType type) {
        return new ActionView(
                type.id(),
                type.title(),
                type.description(),
                type.group(),
                type.inboxTypes().stream().sorted().map(ActionView::word).toList(),
                word(type.risk()),
                word(type.level()),
                type.deploying(),
                type.switchable(),
                type.onOrganization(),
                type.emergency());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
