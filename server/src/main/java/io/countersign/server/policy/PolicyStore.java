package io.countersign.server.policy;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.Finding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps templates, their versions and bindings. */
@Repository
class PolicyStore {

    /** A template's row together with one of its versions. */
    record TemplateRow(
            String id,
            int version,
            int currentVersion,
            TemplateForm form,
            List<Finding> warnings,
            String author,
            Instant savedAt,
            @Nullable Instant archivedAt,
            @Nullable String supersededBy,
            @Nullable Instant supersededAt,
            int bindings) {}

    /** A binding's row. */
    record BindingRow(
            Binding binding,
            String createdBy,
            Instant createdAt,
            @Nullable String endedBy,
            @Nullable Instant endedAt) {}

    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};

    private static final String TEMPLATE = """
            SELECT t.id, v.version, t.current_version, v.spec, v.warnings, v.author, v.saved_at, t.archived_at,
                   v.superseded_by, v.superseded_at,
                   (SELECT count(*) FROM binding b
                     WHERE b.org_id = t.org_id AND b.template_id = t.id AND b.ended_at IS NULL) AS bindings
              FROM template t
              JOIN template_version v ON v.org_id = t.org_id AND v.template_id = t.id
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    PolicyStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Instant now() {
        return jdbc.sql("SELECT countersign_now()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** The epoch at which the rules last changed, 0 when they never did. */
    long changedAt(String orgId) {
        return jdbc.sql("SELECT epoch FROM policy_epoch WHERE org_id = :org")
                .param("org", orgId)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    void changed(String orgId, long epoch) {
        jdbc.sql("""
                        INSERT INTO policy_epoch (org_id, epoch) VALUES (:org, :epoch)
                        ON CONFLICT (org_id) DO UPDATE SET epoch = excluded.epoch
                        """).param("org", orgId).param("epoch", epoch).update();
    }

    /** Answers whether the name was free. */
    boolean insertTemplate(String orgId, String id, String name, String author, Instant now) {
        return jdbc.sql("""
                        INSERT INTO template (org_id, id, name, current_version, created_by, created_at)
                        VALUES (:org, :id, :name, 1, :author, :now)
                        ON CONFLICT (org_id, lower(name)) WHERE archived_at IS NULL DO NOTHING
                        """)
                        .param("org", orgId)
                        .param("id", id)
                        .param("name", name)
                        .param("author", author)
                        .param("now", utc(now))
                        .update()
                == 1;
    }

    void insertVersion(
            String orgId,
            String id,
            int version,
            TemplateForm form,
            List<Finding> warnings,
            String author,
            Instant now) {
        jdbc.sql("""
                        INSERT INTO template_version (org_id, template_id, version, spec, warnings, author, saved_at)
                        VALUES (:org, :id, :version, :spec::jsonb, :warnings::jsonb, :author, :now)
                        """)
                .param("org", orgId)
                .param("id", id)
                .param("version", version)
                .param("spec", json.writeValueAsString(form))
                .param("warnings", json.writeValueAsString(warnings))
                .param("author", author)
                .param("now", utc(now))
                .update();
    }

    /** Makes a version the former one; answers whether it was the current one and the new name is free. */
    boolean supersede(String orgId, String id, int version, String name, String author, Instant now) {
        jdbc.sql("""
                        UPDATE template_version SET superseded_by = :author, superseded_at = :now
                         WHERE org_id = :org AND template_id = :id AND version = :version
                        """)
                .param("author", author)
                .param("now", utc(now))
                .param("org", orgId)
                .param("id", id)
                .param("version", version)
                .update();
        return jdbc.sql("""
                        UPDATE template SET current_version = :version + 1, name = :name
                         WHERE org_id = :org AND id = :id AND current_version = :version AND archived_at IS NULL
                           AND NOT EXISTS (SELECT 1 FROM template other
                                            WHERE other.org_id = :org AND other.id <> :id AND other.archived_at IS NULL
                                              AND lower(other.name) = lower(:name))
                        """)
                        .param("version", version)
                        .param("name", name)
                        .param("org", orgId)
                        .param("id", id)
                        .update()
                == 1;
    }

    void archive(String orgId, String id, String by, Instant now) {
        jdbc.sql("UPDATE template SET archived_at = :now, archived_by = :by WHERE org_id = :org AND id = :id")
                .param("now", utc(now))
                .param("by", by)
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    List<String> endBindingsOf(String orgId, String templateId, String by, Instant now) {
        return jdbc.sql("""
                        UPDATE binding SET ended_at = :now, ended_by = :by
                         WHERE org_id = :org AND template_id = :template AND ended_at IS NULL RETURNING id
                        """)
                .param("now", utc(now))
                .param("by", by)
                .param("org", orgId)
                .param("template", templateId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    Optional<TemplateRow> template(String orgId, String id) {
        return jdbc.sql(TEMPLATE + " WHERE t.org_id = :org AND t.id = :id AND v.version = t.current_version")
                .param("org", orgId)
                .param("id", id)
                .query(this::template)
                .optional();
    }

    Optional<String> liveIdOfName(String orgId, String name) {
        return jdbc.sql(
                        "SELECT id FROM template WHERE org_id = :org AND lower(name) = lower(:name) AND archived_at IS NULL")
                .param("org", orgId)
                .param("name", name)
                .query(String.class)
                .optional();
    }

    /** Those of one kind whose name or description holds this text; all for an empty text. */
    List<TemplateRow> templates(String orgId, boolean archived, String text, String after, int limit) {
        return jdbc.sql(TEMPLATE + """
                         WHERE t.org_id = :org AND v.version = t.current_version
                           AND (t.archived_at IS NOT NULL) = :archived
                           AND (:text = '' OR position(lower(:text) IN lower(t.name || E'\\n' || (v.spec->>'description'))) > 0)
                           AND (t.name || E'\\n' || t.id) > :after
                         ORDER BY t.name || E'\\n' || t.id LIMIT :limit
                        """)
                .param("org", orgId)
                .param("archived", archived)
                .param("text", text)
                .param("after", after)
                .param("limit", limit)
                .query(this::template)
                .list();
    }

    /** The live templates, each in its current version. */
    List<TemplateRow> live(String orgId) {
        return jdbc.sql(TEMPLATE + """
                         WHERE t.org_id = :org AND v.version = t.current_version AND t.archived_at IS NULL
                         ORDER BY t.id
                        """)
                .param("org", orgId)
                .query(this::template)
                .list();
    }

    /** The versions of a template before this one, the newest first. */
    List<TemplateRow> versions(String orgId, String id, int before, int most) {
        return jdbc.sql(TEMPLATE + """
                         WHERE t.org_id = :org AND t.id = :id AND v.version < :before
                         ORDER BY v.version DESC LIMIT :most
                        """)
                .param("org", orgId)
                .param("id", id)
                .param("before", before)
                .param("most", most)
                .query(this::template)
                .list();
    }

    Optional<TemplateRow> version(String orgId, String id, int version) {
        return jdbc.sql(TEMPLATE + " WHERE t.org_id = :org AND t.id = :id AND v.version = :version")
                .param("org", orgId)
                .param("id", id)
                .param("version", version)
                .query(this::template)
                .optional();
    }

    /** Every version an image needs: the current ones of bound templates, and whatever was rewritten since. */
    List<TemplateRow> versionsForImage(String orgId, Instant since) {
        return jdbc.sql(TEMPLATE + """
                         WHERE t.org_id = :org
                           AND (v.version >= t.current_version - 1 OR v.superseded_at >= :since OR v.saved_at >= :since)
                           AND (t.archived_at IS NULL OR t.archived_at >= :since)
                         ORDER BY t.id, v.version
                        """)
                .param("org", orgId)
                .param("since", utc(since))
                .query(this::template)
                .list();
    }

    /** The live templates that are bound to nothing: names by id. */
    Map<String, String> unbound(String orgId) {
        Map<String, String> names = new HashMap<>();
        jdbc.sql("""
                        SELECT id, name FROM template t
                         WHERE org_id = :org AND archived_at IS NULL
                           AND NOT EXISTS (SELECT 1 FROM binding b WHERE b.org_id = t.org_id AND b.template_id = t.id
                                              AND b.ended_at IS NULL)
                        """).param("org", orgId).query(row -> {
            names.put(row.getString(1), row.getString(2));
        });
        return names;
    }

    void insertBinding(String orgId, Binding binding, String by, Instant now) {
        jdbc.sql("""
                        INSERT INTO binding (org_id, id, template_id, level, target_id, environment_name, actions,
                                             created_by, created_at)
                        VALUES (:org, :id, :template, :level, :target, :environment, :actions, :by, :now)
                        """)
                .param("org", orgId)
                .param("id", binding.id())
                .param("template", binding.templateId())
                .param("level", binding.level().name().toLowerCase(Locale.ROOT))
                .param("target", binding.targetId())
                .param("environment", binding.environmentName())
                .param("actions", binding.actions().toArray(String[]::new))
                .param("by", by)
                .param("now", utc(now))
                .update();
    }

    boolean endBinding(String orgId, String id, String by, Instant now) {
        return jdbc.sql("""
                        UPDATE binding SET ended_at = :now, ended_by = :by
                         WHERE org_id = :org AND id = :id AND ended_at IS NULL
                        """)
                        .param("now", utc(now))
                        .param("by", by)
                        .param("org", orgId)
                        .param("id", id)
                        .update()
                == 1;
    }

    Optional<BindingRow> binding(String orgId, String id) {
        return jdbc.sql("SELECT * FROM binding WHERE org_id = :org AND id = :id")
                .param("org", orgId)
                .param("id", id)
                .query(PolicyStore::binding)
                .optional();
    }

    /** The live bindings and those that ended since, oldest first. */
    List<BindingRow> bindingsSince(String orgId, Instant since) {
        return jdbc.sql("""
                        SELECT * FROM binding
                         WHERE org_id = :org AND (ended_at IS NULL OR ended_at >= :since) ORDER BY created_at, id
                        """)
                .param("org", orgId)
                .param("since", utc(since))
                .query(PolicyStore::binding)
                .list();
    }

    List<BindingRow> bindings(String orgId, @Nullable String templateId, String after, int limit) {
        return jdbc.sql("""
                        SELECT * FROM binding
                         WHERE org_id = :org AND ended_at IS NULL
                           AND (CAST(:template AS text) IS NULL OR template_id = :template)
                           AND id > :after
                         ORDER BY id LIMIT :limit
                        """)
                .param("org", orgId)
                .param("template", templateId)
                .param("after", after)
                .param("limit", limit)
                .query(PolicyStore::binding)
                .list();
    }

    private TemplateRow template(ResultSet row, int index) throws SQLException {
        return new TemplateRow(
                row.getString("id"),
                row.getInt("version"),
                row.getInt("current_version"),
                json.readValue(row.getString("spec"), TemplateForm.class),
                json.readValue(row.getString("warnings"), FINDINGS),
                row.getString("author"),
                instant(row, "saved_at"),
                instantOrNull(row, "archived_at"),
                row.getString("superseded_by"),
                instantOrNull(row, "superseded_at"),
                row.getInt("bindings"));
    }

    private static BindingRow binding(ResultSet row, int index) throws SQLException {
        Set<String> actions =
                new HashSet<>(Arrays.asList((String[]) row.getArray("actions").getArray()));
        return new BindingRow(
                new Binding(
                        row.getString("id"),
                        row.getString("template_id"),
                        ResourceLevel.valueOf(row.getString("level").toUpperCase(Locale.ROOT)),
                        row.getString("target_id"),
                        row.getString("environment_name"),
                        actions),
                row.getString("created_by"),
                instant(row, "created_at"),
                row.getString("ended_by"),
                instantOrNull(row, "ended_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
