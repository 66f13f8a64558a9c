package io.countersign.server.directory;

import io.countersign.core.declaration.Declared;
import io.countersign.server.platform.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Adds many things at once: one statement for all of a kind. */
@Repository
class AdditionStore {

    /** A new thing and its id. */
    record New<T extends Declared>(String id, T thing) {}

    /** That somebody is put into a team or is given a role. */
    record Given(String groupId, String holderId) {}

    private final JdbcClient sql;

    AdditionStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Gives each handle to its first holder; 409 {@code handle-taken} when somebody has one of them. */
    void takeHandles(DirectoryChange change, Collection<? extends New<?>> things, String kind) {
        int taken = with(change, """
                        INSERT INTO handle (org_id, handle, holder_id, holder_kind)
                        SELECT :org, t.handle, t.id, :kind
                          FROM unnest(:handles::text[], :ids::text[]) AS t (handle, id)
                        ON CONFLICT DO NOTHING
                        """)
                .param("kind", kind)
                .param("handles", column(things, one -> one.thing().name()))
                .param("ids", column(things, New::id))
                .update();
        if (taken != things.size()) {
            throw Problem.of(409, "handle-taken", "one of these handles belongs to somebody else already")
                    .remedy("look at the difference again")
                    .raise();
        }
    }

    void insertPeople(DirectoryChange change, List<New<Declared.Person>> people) {
        with(change, """
                        INSERT INTO person (org_id, person_id, handle, name, email, active, created_by, created_at,
                            activated_by, activated_at)
                        SELECT :org, t.id, t.handle, t.name, t.email, t.active, :by, :at, :by, :at
                          FROM unnest(:ids::text[], :handles::text[], :names::text[], :emails::text[],
                                      :active::boolean[]) AS t (id, handle, name, email, active)
                        """)
                .param("ids", column(people, New::id))
                .param("handles", column(people, one -> one.thing().handle()))
                .param("names", column(people, one -> one.thing().fullName()))
                .param("emails", column(people, one -> one.thing().email()))
                .param("active", column(people, one -> truth(one.thing().active())))
                .update();
    }

    /** Adds teams; the one above is named by id, among the new ones or those that are there. */
    void insertTeams(DirectoryChange change, List<New<Declared.Team>> teams, Map<String, String> parents) {
        with(change, """
                        INSERT INTO team (org_id, team_id, handle, name, parent_id, parent_set_by, parent_set_at,
                            counts_as_distinct, created_by, created_at)
                        SELECT :org, t.id, t.handle, t.name, t.parent, :by, :at, t.counts, :by, :at
                          FROM unnest(:ids::text[], :handles::text[], :names::text[], :parents::text[],
                                      :counts::boolean[]) AS t (id, handle, name, parent, counts)
                        """)
                .param("ids", column(teams, New::id))
                .param("handles", column(teams, one -> one.thing().handle()))
                .param("names", column(teams, one -> one.thing().fullName()))
                .param("parents", column(teams, one -> parents.get(one.id())))
                .param("counts", column(teams, one -> truth(one.thing().countsAsDistinct())))
                .update();
    }

    /** Puts people into teams. */
    void join(DirectoryChange change, List<Given> given) {
        give(change, given, "team_member (org_id, team_id, person_id, granted_by, granted_at)");
    }

    /** Gives roles. */
    void give(DirectoryChange change, List<Given> given) {
        give(change, given, "role_holder (org_id, role_id, holder_id, granted_by, granted_at)");
    }

    private void give(DirectoryChange change, List<Given> given, String into) {
        with(change, "INSERT INTO " + into + """
                         SELECT :org, t.group_id, t.holder, :by, :at
                           FROM unnest(:groups::text[], :holders::text[]) AS t (group_id, holder)
                        ON CONFLICT DO NOTHING
                        """)
                .param("groups", column(given, Given::groupId))
                .param("holders", column(given, Given::holderId))
                .update();
    }

    private StatementSpec with(DirectoryChange change, String statement) {
        return sql.sql(statement)
                .param("org", change.orgId())
                .param("by", change.by())
                .param("at", ColumnStore.time(change.now()));
    }

    private static String truth(@Nullable Boolean value) {
        return Boolean.toString(!Boolean.FALSE.equals(value));
    }

    private static <T> @Nullable String[] column(Collection<T> rows, Function<? super T, @Nullable String> value) {
        @Nullable String[] column = new String[rows.size()];
        int i = 0;
        for (T row : rows) {
            column[i++] = value.apply(row);
        }
        return column;
    }
}
