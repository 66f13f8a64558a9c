package io.countersign.server.approval;

import io.countersign.core.approval.Change;
import io.countersign.core.approval.Circumstances;
import io.countersign.core.approval.Refusal;
import io.countersign.core.approval.RequestState;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.server.approval.InboxOrder.Mark;
import io.countersign.server.approval.InboxStore.Part;
import io.countersign.server.directory.DirectoryImage;
import java.time.Duration;
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

/** Lists requests for one reader: his turn, what he waits for, everything pending, everything decided. */
@Service
class Inbox {

    /** Which list. */
    enum View {
        /** What this reader's approval would be taken for now: his turn. */
        MINE,
        /** What he asked for or voted on and others have to decide. */
        WAITING,
        PENDING,
        DECIDED,
        ALL
    }

    /** A request in a list, with what this reader's approval would come to now. */
    record Row(StoredRequest stored, RequestState state, Circumstances circumstances, Change rehearsal) {

        /** Whether it would be taken. */
        boolean canApprove() {
            return rehearsal.refusal() == null;
        }

        /** Why it would not be taken, or null. */
        @Nullable
        Refusal whyNot() {
            return rehearsal.refusal();
        }
    }

    /** Which list is read, how narrowed, in which order, from where, and how far. */
    record Wanted(View view, InboxFilter filter, InboxOrder order, Mark after, int limit) {}

    /** One page of a list; the mark leads on. */
    record Page(List<Row> rows, @Nullable Mark next) {}

    /** How many requests wait, each counted no further than to a limit, and whether there are more. */
    record Counts(int mine, boolean mineMore, int waiting, boolean waitingMore, long pending, long stale) {}

    /** So far pending requests are counted. */
    static final int MOST_COUNTED = 1_000;

    /** So far one's own are counted, for each of them is judged. */
    static final int MOST_JUDGED = 100;

    private static final int ROUNDS = 200;

    /** No deadline is later than twice 90 days from the first opening. */
    private static final Duration LONGEST_PENDING = Duration.ofDays(181);

    private final InboxStore store;
    private final RequestLookupStore requests;

    Inbox(InboxStore store, RequestLookupStore requests) {
        this.store = store;
        this.requests = requests;
    }

    Page page(Rulebook rulebook, String readerId, Wanted wanted) {
        return page(rulebook, readerId, wanted, requests.now(), ROUNDS);
    }

    private Page page(Rulebook rulebook, String readerId, Wanted wanted, Instant now, int rounds) {
        String orgId = rulebook.directory().organizationId();
        int limit = wanted.limit();
        List<Row> rows = new ArrayList<>();
        Mark from = wanted.after();
        @Nullable Mark last = null;
        for (int round = 0; round < rounds; round++) {
            List<Mark> marks = marks(
                    rulebook,
                    readerId,
                    wanted.view(),
                    new Part(orgId, wanted.filter(), wanted.order(), from, limit + 1, now));
            Map<Long, StoredRequest> stored = load(orgId, marks);
            for (Mark mark : marks) {
                StoredRequest request = stored.get(mark.number());
                if (request == null) {
                    continue;
                }
                Row row = row(rulebook, readerId, request, now);
                if (belongs(row, wanted.view())) {
                    if (rows.size() == limit) {
                        return new Page(rows, last);
                    }
                    rows.add(row);
                    last = mark;
                }
            }
            if (marks.size() <= limit) {
                return new Page(rows, null);
            }
            from = marks.getLast();
        }
        return new Page(rows, from);
    }

    private static boolean belongs(Row row, View view) {
        return switch (view) {
            case MINE -> row.canApprove();
            case WAITING -> !row.canApprove();
            case PENDING, DECIDED, ALL -> true;
        };
    }

    /** Counts what waits for this reader by the very judgement the lists get, and what is pending at all. */
    Counts counts(Rulebook rulebook, String readerId, InboxFilter filter) {
        Instant now = requests.now();
        String orgId = rulebook.directory().organizationId();
        InboxOrder order = InboxOrder.NEWEST;
        Page mine = page(rulebook, readerId, new Wanted(View.MINE, filter, order, order.start(), MOST_JUDGED), now, 2);
        Page waiting =
                page(rulebook, readerId, new Wanted(View.WAITING, filter, order, order.start(), MOST_JUDGED), now, 2);
        Part part = new Part(orgId, filter, order, order.start(), MOST_COUNTED + 1, now);
        Instant staleSince = now.minus(rulebook.directory().settings().staleAfter());
        return new Counts(
                mine.rows().size(),
                mine.next() != null,
                waiting.rows().size(),
                waiting.next() != null,
                store.countPending(part),
                store.countStale(part, staleSince));
    }

    Row row(Rulebook rulebook, String readerId, StoredRequest stored, Instant now) {
        RequestState state = stored.request().stateAt(now);
        Circumstances circumstances = state instanceof RequestState.End
                ? rulebook.afterwards(stored.request(), now)
                : rulebook.circumstances(stored.request(), "", now);
        return new Row(stored, state, circumstances, Approvals.rehearse(stored, readerId, circumstances));
    }

    private List<Mark> marks(Rulebook rulebook, String readerId, View view, Part part) {
        DirectoryImage directory = rulebook.directory();
        return switch (view) {
            case MINE ->
                approverKeys(directory, readerId)
                        .map(keys -> store.mine(part, readerId, keys, rulebook.rulesEpoch()))
                        .orElse(List.of());
            case WAITING ->
                store.waiting(
                        part,
                        readerId,
                        directory.answersFor(readerId),
                        part.now().minus(LONGEST_PENDING));
            case PENDING -> store.pending(part);
            case DECIDED -> store.decided(part);
            case ALL -> store.everything(part);
        };
    }

    private Map<Long, StoredRequest> load(String orgId, List<Mark> marks) {
        Map<Long, StoredRequest> byNumber = new HashMap<>();
        requests.allByNumber(orgId, marks.stream().map(Mark::number).toList())
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
