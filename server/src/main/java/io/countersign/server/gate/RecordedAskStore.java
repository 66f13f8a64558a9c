package io.countersign.server.gate;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.approval.Parties;
import io.countersign.server.platform.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Keeps every ask as it was judged, for those who want to try rules on what was really asked. */
@Repository
class RecordedAskStore {

    /**
     * One ask and what it came to.
     *
     * @param place the resource's parents as the directory had them
     * @param rules the rules that demanded approval
     */
    record RecordedAsk(
            String id, Ask ask, Parties parties, Place place, long epoch, List<String> rules, Fate fate, Instant at) {}

    /**
     * What was answered.
     *
     * @param decision permit, hold or deny
     * @param code the code of the refusal, or none
     * @param requestId the request that stands for it, or none
     * @param opened whether it was opened by this very ask
     */
    record Fate(
            String decision,
            @Nullable String code,
            @Nullable String requestId,
            boolean opened) {

        static Fate of(GateAnswer answer, boolean opened) {
            GateAnswer.RequestRef request = answer.request();
            return new Fate(answer.decision(), null, request == null ? null : request.id(), opened);
        }

        static Fate refused(Problem problem) {
            return new Fate("deny", problem.code(), null, false);
        }
    }

    private static final JsonMapper FIELDS = JsonMapper.builder()
            .changeDefaultVisibility(all -> all.withFieldVisibility(Visibility.ANY)
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE))
            .build();

    private final JdbcTemplate jdbc;

    RecordedAskStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void insert(RecordedAsk recorded) {
        Ask ask = recorded.ask();
        jdbc.update("""
                INSERT INTO recorded_ask (org_id, at, id, subject_id, subject_kind, caller_id, caller_kind, token_maker,
                    owners, accountable, authors, action, resource, place, digest, reason, epoch, decision, code, rules,
                    request_id, opened)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?)
                """, statement -> {
            statement.setString(1, ask.organizationId());
            statement.setObject(2, recorded.at().atOffset(ZoneOffset.UTC));
            statement.setString(3, recorded.id());
            statement.setString(4, ask.subject().id());
            statement.setString(5, ask.subject().kind().name());
            statement.setString(6, ask.caller().id());
            statement.setString(7, ask.caller().kind().name());
            statement.setString(8, ask.tokenMaker());
            statement.setArray(
                    9,
                    statement
                            .getConnection()
                            .createArrayOf("text", sorted(recorded.parties().owners())));
            statement.setString(10, recorded.parties().accountable());
            statement.setArray(11, statement.getConnection().createArrayOf("text", sorted(ask.authors())));
            statement.setString(12, ask.action().id());
            statement.setString(13, FIELDS.writeValueAsString(ask.resource()));
            statement.setString(14, FIELDS.writeValueAsString(recorded.place()));
            statement.setString(15, ask.digest().value());
            statement.setString(16, ask.reason());
            statement.setLong(17, recorded.epoch());
            statement.setString(18, recorded.fate().decision());
            statement.setString(19, recorded.fate().code());
            statement.setArray(20, statement.getConnection().createArrayOf("text", sorted(recorded.rules())));
            statement.setString(21, recorded.fate().requestId());
            statement.setBoolean(22, recorded.fate().opened());
        });
    }

    /** Forgets some of what is older than this by the server's clock; answers how many rows. */
    int forget(Duration older, int most) {
        return jdbc.update("""
                DELETE FROM recorded_ask WHERE (org_id, at, id) IN (
                    SELECT old.org_id, old.at, old.id FROM organization o JOIN LATERAL (
                        SELECT org_id, at, id FROM recorded_ask
                         WHERE org_id = o.org_id AND at < countersign_now() - make_interval(secs => ?)
                         ORDER BY at LIMIT ?) AS old ON true
                     LIMIT ?)
                """, (double) older.toSeconds(), most, most);
    }

    private static Object[] sorted(Collection<String> texts) {
        return texts.stream().sorted().toArray(String[]::new);
    }
}
