package io.countersign.server.approval;

import io.countersign.core.approval.Circumstances;
import io.countersign.core.approval.Refusal;
import io.countersign.core.approval.RequestState;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.server.directory.DirectoryImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists requests for one reader: what he can approve, everything pending, everything decided; newest first. */
@Service
class Inbox {

    /** Which list. */
    enum View {
        MINE,
        PENDING,
        DECIDED,
        ALL
    }

    /** A request in a list, with whether this reader's approval would be taken now, and why not. */
    record Row(
            StoredRequest stored,
            RequestState state,
            boolean canApprove,
            @Nullable Refusal whyNot) {}

    /** One page of a list. */
    record Page(List<Row> rows, @Nullable Long next) {}

    private static final int ROUNDS = 200;

    private final InboxStore store;
    private final RequestStore requests;

    Inbox(InboxStore store, RequestStore requests) {
        this.store = store;
        this.requests = requests;
    }

    Page page(Rulebook rulebook, String readerId, View view, InboxFilter filter, @Nullable Long before, int limit) {
        Instant now = requests.now();
        List<Row> rows = new ArrayList<>();
        @Nullable Long cursor = before;
        for (int round = 0; round < ROUNDS; round++) {
            List<Long> numbers = numbers(rulebook, readerId, view, filter, cursor, limit + 1, now);
            Map<Long, StoredRequest> stored = load(rulebook, numbers);
            for (Long number : numbers) {
                StoredRequest request = stored.get(number);
                if (request == null) {
                    continue;
                }
                Row row = row(rulebook, readerId, request, now);
                if (view != View.MINE || row.canApprove()) {
                    if (rows.size() == limit) {
                        return new Page(rows, rows.getLast().stored().number());
                    }
                    rows.add(row);
                }
            }
            if (numbers.size() <= limit) {
                return new Page(rows, null);
            }
            cursor = numbers.getLast();
        }
        return new Page(rows, cursor);
    }

    Row row(Rulebook rulebook, String readerId, StoredRequest stored, Instant now) {
        RequestState state = stored.request().stateAt(now);
        Circumstances circumstances = rulebook.circumstances(stored.request(), "", now);
        Refusal whyNot = Approvals.rehearse(stored, readerId, circumstances).refusal();
        return new Row(stored, state, whyNot == null, whyNot);
    }

    private List<Long> numbers(
            Rulebook rulebook,
            String readerId,
            View view,
            InboxFilter filter,
            @Nullable Long before,
            int limit,
            Instant now) {
        String orgId = rulebook.directory().organizationId();
        long from = before == null ? Long.MAX_VALUE : before;
        return switch (view) {
            case MINE ->
                approverKeys(rulebook.directory(), readerId)
                        .map(keys -> store.mine(orgId, readerId, keys, rulebook.rulesEpoch(), filter, from, limit, now))
                        .orElse(List.of());
            case PENDING -> store.pending(orgId, filter, from, limit, now);
            case DECIDED -> store.decided(orgId, filter, from, limit, now);
            case ALL -> store.everything(orgId, filter, from, limit, now);
        };
    }

    private Map<Long, StoredRequest> load(Rulebook rulebook, List<Long> numbers) {
        Map<Long, StoredRequest> byNumber = new HashMap<>();
        requests.allByNumber(rulebook.directory().organizationId(), numbers)
                .forEach(stored -> byNumber.put(stored.number(), stored));
        return byNumber;
    }

    /** Under which names a person may be asked to approve; nothing for accounts, which never vote. */
    private static Optional<Set<String>> approverKeys(DirectoryImage directory, String principalId) {
        People people = directory.people();
        Optional<Person> person = people.person(principalId);
        return person.map(reader -> {
            Set<String> keys = new HashSet<>();
            keys.add("user:" + reader.id());
            people.teamsOf(reader).forEach(team -> keys.add("team:" + team));
            reader.orgRoles().forEach(role -> keys.add("role:" + role));
            return keys;
        });
    }
}
