package io.countersign.server.directory;

import io.countersign.server.platform.ProblemException;
import org.jspecify.annotations.Nullable;

/** Says that an organization knows no such action. */
public final class UnknownAction {

    private UnknownAction() {}

    /** 400: a field names an action that does not exist. */
    public static ProblemException named(String field, @Nullable String action) {
        return ProblemException.badField(
                "unknown-action",
                field,
                "there is no action `" + action + "`",
                "choose one of those that `GET /api/v1/actions` lists");
    }
}
