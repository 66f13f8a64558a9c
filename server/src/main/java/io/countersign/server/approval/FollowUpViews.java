package io.countersign.server.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.server.approval.RequestViews.Who;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The shapes in which follow-ups come and are shown. */
final class FollowUpViews {

    private FollowUpViews() {}

    /**
     * Something to be done afterwards, as an approver asks for it.
     *
     * @param text what is to be done, 1 to 1,000 characters
     * @param owner who does it: an active person, by {@code @handle} or id
     * @param dueOn by which day, from today on
     */
    record FollowUpForm(String text, String owner, LocalDate dueOn) {}

    /**
     * The same as it stands.
     *
     * @param state {@code open}, {@code overdue} or {@code done}, by the organization's calendar; {@code void} where the vote
     *     it came with was taken back or struck before it was done
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FollowUpView(
            String id,
            String request,
            String text,
            Who owner,
            LocalDate dueOn,
            String state,
            Who madeBy,
            Instant madeAt,
            @Nullable Instant doneAt,
            @Nullable Who doneBy,
            @Nullable String note) {}
}
