package io.countersign.server.audit;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Everything the log has about one request, oldest first; an entry shows as soon as it has its place. */
@Component
public class RequestHistory {

    private static final int MOST = 1_000;

    /** One thing that happened; the members of {@code entry} depend on the type. */
    public record Happened(Instant at, String type, String actorId, String channel, JsonNode entry) {}

    private final AuditSearchStore store;

    RequestHistory(AuditSearchStore store) {
        this.store = store;
    }

    /** What happened to the request with this id, at most 1,000 entries. */
    public List<Happened> of(String organizationId, String requestId) {
        AuditQuery query = new AuditQuery(Set.of(), null, requestId, null, null, List.of(), null);
        return store.earliest(organizationId, query, null, store.length(organizationId), MOST).stream()
                .map(found -> new Happened(
                        found.time(),
                        found.type(),
                        found.actor().id(),
                        found.actor().channel(),
                        found.entry()))
                .toList();
    }
}
