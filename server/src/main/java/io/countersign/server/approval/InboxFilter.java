package io.countersign.server.approval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What narrows a list of requests; every given field must match.
 *
 * @param actions ids of the actions of the wanted inbox type, or none for all
 * @param state a state word such as {@code approved}, or none
 * @param text words of the number, action, resource or reason
 */
record InboxFilter(
        @Nullable List<String> actions,
        @Nullable String projectId,
        @Nullable String environmentId,
        @Nullable String risk,
        @Nullable String state,
        @Nullable String requesterId,
        @Nullable String text) {}
