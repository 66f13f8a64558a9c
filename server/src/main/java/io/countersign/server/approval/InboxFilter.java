package io.countersign.server.approval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What narrows a list of requests; every given field must match.
 *
 * @param actions ids of the actions of the wanted inbox types, or none for all
 * @param risks risk words, of which any will do, or none for all
 * @param states state words such as {@code approved}, of which any will do, or none for all
 * @param requesterId who asked, or none
 * @param number the number that is looked for, or none
 * @param personId whose requests are looked for besides what holds the text, or none
 * @param text words of the number, title, people, release, action, resource or reason
 */
record InboxFilter(
        @Nullable List<String> actions,
        @Nullable String projectId,
        @Nullable String environmentId,
        @Nullable String clusterId,
        @Nullable List<String> risks,
        @Nullable List<String> states,
        @Nullable String requesterId,
        @Nullable Long number,
        @Nullable String personId,
        @Nullable String text) {

    /** Nothing is left out. */
    static InboxFilter everything() {
        return new InboxFilter(null, null, null, null, null, null, null, null, null, null);
    }
}
