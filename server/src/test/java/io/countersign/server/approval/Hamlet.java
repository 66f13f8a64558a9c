package io.countersign.server.approval;

import io.countersign.core.action.PrincipalKind;
import io.countersign.server.gate.Asking;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Credential;
import io.countersign.server.platform.CredentialKind;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.TestServer;
import io.countersign.server.policy.TemplateForm;
import io.countersign.server.policy.TemplateForm.ApproversForm;
import io.countersign.server.policy.TemplateForm.ConditionsForm;
import io.countersign.server.policy.TemplateForm.EscalationForm;
import io.countersign.server.policy.TemplateForm.QuorumForm;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small organization drawn by chance: people in nested teams, an agent, places, rules of every kind, and what happens to
 * them later. It is written straight into the tables, the way the rooms would, because a thousand of them are wanted.
 */
final class Hamlet {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> ROLES = List.of("lead", "developer", "policy_manager");

    private final TestServer server;
    private final JdbcClient sql;
    private final SplittableRandom chance;
    private final String org;
    private final String adminSecret = Secrets.draw("cs_s_");
    private final String admin;
    private final List<String> people;
    private final List<String> teams;
    private final String agent = Ids.next("acc");
    private final String project = Ids.next("prj");
    private final String cluster = Ids.next("cls");
    private final Map<String, String> environments = new LinkedHashMap<>();
    private final Map<String, Integer> templates = new LinkedHashMap<>();
    private final List<String> bindings = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Instant present;

    Hamlet(TestServer server, SplittableRandom chance, int number) {
        this.server = server;
        this.chance = chance;
        this.sql = server.database().sql();
        this.present = now();
        String handle = "hamlet-" + number;
        this.org = server.post(
                        "/api/v1/organizations",
                        TestServer.ADMIN_TOKEN,
                        Map.of("handle", handle, "name", handle, "admin", Map.of("handle", "root", "name", "Root")))
                .body()
                .path("id")
                .asString();
        this.admin = sql.sql("SELECT person_id FROM person WHERE org_id = ?")
                .param(org)
                .query(String.class)
                .single();
        this.people = IntStream.rangeClosed(1, 3 + chance.nextInt(4))
                .mapToObj(_ -> Ids.next("per"))
                .toList();
        this.teams = IntStream.range(0, 4).mapToObj(_ -> Ids.next("team")).toList();
        server.database().transactions().executeWithoutResult(_ -> settle());
    }

    String org() {
        return org;
    }

    List<String> people() {
        return people;
    }

    /** What it is made of, for the report of a failure. */
    String story() {
        return String.join("\n  ", told);
    }

    private void settle() {
        write(
                "UPDATE organization SET created_at = ?, set_up_ended_at = ? WHERE org_id = ?",
                ago(Duration.ofDays(5)),
                oneIn(3) ? null : ago(Duration.ofHours(30)),
                org);
        write(
                "INSERT INTO role (org_id, role_id, name, built_in, created_by, created_at)"
                        + " VALUES (?, 'lead', 'lead', false, ?, ?)",
                org,
                admin,
                ago(Duration.ofDays(4)));
        session(admin, adminSecret);
        for (int i = 0; i < teams.size(); i++) {
            @Nullable String parent = i > 0 && oneIn(2) ? teams.get(chance.nextInt(i)) : null;
            write(
                    "INSERT INTO team (org_id, team_id, handle, name, parent_id, parent_set_by, parent_set_at,"
                            + " counts_as_distinct, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    org,
                    teams.get(i),
                    "team" + i,
                    "team" + i,
                    parent,
                    somebody(),
                    sometime(),
                    !oneIn(6),
                    admin,
                    sometime());
        }
        for (int i = 0; i < people.size(); i++) {
            person(people.get(i), "p" + i);
        }
        write(
                "INSERT INTO account (org_id, account_id, handle, name, kind, owner_id, accountable_id, created_by,"
                        + " created_at) VALUES (?, ?, 'bot', 'bot', 'agent', ?, ?, ?, ?)",
                org,
                agent,
                oneIn(3) ? oneOf(teams) : oneOf(people),
                oneOf(people),
                admin,
                sometime());
        write(
                "INSERT INTO cluster (org_id, cluster_id, name, created_by, created_at) VALUES (?, ?, 'eu', ?, ?)",
                org,
                cluster,
                admin,
                sometime());
        write(
                "INSERT INTO project (org_id, project_id, name, created_by, created_at) VALUES (?, ?, 'web', ?, ?)",
                org,
                project,
                admin,
                sometime());
        for (String name : List.of("production", "staging")) {
            String id = Ids.next("env");
            environments.put(name, id);
            write(
                    "INSERT INTO environment (org_id, environment_id, project_id, name, tier, cluster_id, created_by,"
                            + " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    org,
                    id,
                    project,
                    name,
                    name,
                    oneIn(2) ? cluster : null,
                    admin,
                    sometime());
        }
        raise(true);
        int rules = 1 + chance.nextInt(3);
        for (int i = 0; i < rules; i++) {
            bind(template());
        }
        raise(false);
    }

    private void person(String id, String handle) {
        write(
                "INSERT INTO person (org_id, person_id, handle, name, created_by, created_at, activated_by, activated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                org,
                id,
                handle,
                handle,
                admin,
                sometime(),
                somebody(),
                sometime());
        give(id, oneIn(10) ? "viewer" : "developer", somebody());
        if (oneIn(3)) {
            give(id, oneOf(ROLES), somebody());
        }
        for (String team : teams) {
            if (oneIn(3)) {
                join(id, team, somebody());
            }
        }
        boolean confirmed = oneIn(2);
        write(
                "INSERT INTO password (org_id, person_id, hash, set_at, maker_id, link_made_at, confirmed_by,"
                        + " confirmed_at) VALUES (?, ?, 'none', ?, ?, ?, ?, ?)",
                org,
                id,
                sometime(),
                oneIn(4) ? oneOf(people) : admin,
                sometime(),
                confirmed ? admin : null,
                confirmed ? sometime() : null);
        session(id, Secrets.draw("cs_s_"));
    }

    private void session(String person, String secret) {
        write(
                "INSERT INTO sign_in_session (org_id, session_id, secret_hash, person_id, transport, signed_in_at,"
                        + " last_seen_at, expires_at) VALUES (?, ?, ?, ?, 'bearer', ?, ?, ?)",
                org,
                "ses_" + person,
                Secrets.hash(secret),
                person,
                ago(Duration.ZERO),
                ago(Duration.ZERO),
                ago(Duration.ofDays(-3)));
    }

    private void give(String person, String role, String by) {
        write(
                "INSERT INTO role_holder (org_id, role_id, holder_id, granted_by, granted_at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                org,
                role,
                person,
                by,
                sometime());
    }

    private void join(String person, String team, String by) {
        write(
                "INSERT INTO team_member (org_id, team_id, person_id, granted_by, granted_at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                org,
                team,
                person,
                by,
                sometime());
    }

    private String template() {
        String id = Ids.next("tpl");
        write(
                "INSERT INTO template (org_id, id, name, current_version, created_by, created_at) VALUES (?, ?, ?, 1, ?, ?)",
                org,
                id,
                id,
                admin,
                sometime());
        version(id, 1, somebody());
        return id;
    }

    private void version(String template, int version, String author) {
        TemplateForm form = rules(template);
        templates.put(template, version);
        told.add(template + " v" + version + " by " + author + ": " + form);
        write(
                "UPDATE template_version SET superseded_by = ?, superseded_at = countersign_now()"
                        + " WHERE org_id = ? AND template_id = ? AND version = ?",
                author,
                org,
                template,
                version - 1);
        write(
                "INSERT INTO template_version (org_id, template_id, version, spec, warnings, author, saved_at)"
                        + " VALUES (?, ?, ?, ?::jsonb, '[]', ?, countersign_now())",
                org,
                template,
                version,
                JSON.writeValueAsString(form),
                author);
        write("UPDATE template SET current_version = ? WHERE org_id = ? AND id = ?", version, org, template);
    }

    private TemplateForm rules(String name) {
        List<String> users = some(people, 5);
        ApproversForm approvers = new ApproversForm(users, some(teams, 2), some(ROLES, 3));
        QuorumForm quorum = new QuorumForm(
                1 + chance.nextInt(3),
                oneIn(3) ? 1 + chance.nextInt(2) : null,
                some(people, 12),
                some(teams, 8),
                some(List.of("lead"), 6));
        boolean nobody = users.isEmpty()
                && approvers.teams() != null
                && approvers.teams().isEmpty()
                && approvers.orgRoles() != null
                && approvers.orgRoles().isEmpty();
        return new TemplateForm(
                name,
                "",
                List.of("organization", "project", "cluster", "environment"),
                nobody ? new ApproversForm(List.of(oneOf(people)), List.of(), List.of()) : approvers,
                quorum,
                oneIn(2) ? timed() : null,
                oneIn(4),
                "never",
                oneIn(6) ? "PT1H" : "P2D",
                "PT1H",
                oneIn(4)
                        ? new EscalationForm(new ApproversForm(some(people, 3), List.of(), List.of("lead")), "PT30M")
                        : null);
    }

    /** Some hours of the day, in the organization's zone or in one of its own. */
    private ConditionsForm timed() {
        int start = chance.nextInt(24);
        return new ConditionsForm(
                oneIn(4) ? List.of(oneIn(2) ? "production" : "live") : null,
                null,
                null,
                start,
                (start + 1 + chance.nextInt(12)) % 24,
                oneIn(2) ? null : oneOf(List.of("Europe/Berlin", "Asia/Kolkata", "America/New_York")),
                false,
                null);
    }

    private void bind(String template) {
        String id = Ids.next("bnd");
        String level = oneOf(List.of("organization", "project", "cluster", "environment", "environment"));
        boolean byName = level.equals("environment") && oneIn(2);
        @Nullable
        String target = switch (level) {
            case "organization" -> null;
            case "project" -> project;
            case "cluster" -> cluster;
            default -> byName ? null : production();
        };
        @Nullable String name = byName ? oneOf(List.of("production", "live")) : null;
        bindings.add(id);
        told.add(id + " binds " + template + " to " + level + " " + (name == null ? target : name));
        write(
                "INSERT INTO binding (org_id, id, template_id, level, target_id, environment_name, actions, created_by,"
                        + " created_at) VALUES (?, ?, ?, ?, ?, ?, '{release.deploy}', ?, countersign_now())",
                org,
                id,
                template,
                level,
                target,
                name,
                somebody());
    }

    /** Somebody, or the agent, asks; the number of the request, if there is one now. */
    Optional<String> ask(String payload) {
        boolean robot = oneIn(3);
        String subject = robot ? agent : oneOf(people);
        Caller caller = robot ? token(subject) : caller(subject);
        List<String> authors = some(people, 6);
        boolean onCluster = oneIn(5);
        told.add(subject + " asks with authors " + authors + (onCluster ? " on the cluster" : ""));
        Asking door = Asking.at(server);
        return onCluster
                ? door.ask(caller, "cluster.restart", "cluster", "eu", payload, authors, null)
                : door.ask(caller, "release.deploy", "environment", production(), payload, authors, null);
    }

    /** Somebody who has just signed in. */
    Caller caller(String person) {
        write(
                "UPDATE sign_in_session SET signed_in_at = countersign_now(), last_seen_at = countersign_now(),"
                        + " expires_at = countersign_now() + interval '8 hours' WHERE org_id = ? AND person_id = ?",
                org,
                person);
        return new Caller(
                org,
                person,
                PrincipalKind.PERSON,
                new Credential("ses_" + person, CredentialKind.SESSION, Set.of(), person, now(), null));
    }

    private Caller token(String account) {
        String id = Ids.next("tok");
        String maker = oneOf(people);
        write(
                "INSERT INTO api_token (org_id, token_id, secret_hash, principal_id, maker_id, name, scopes, made_at,"
                        + " expires_at) VALUES (?, ?, ?, ?, ?, 'ask', '{ask}', ?, ?)",
                org,
                id,
                id,
                account,
                maker,
                ago(Duration.ZERO),
                ago(Duration.ofDays(-9)));
        return new Caller(
                org,
                account,
                PrincipalKind.AGENT,
                new Credential(id, CredentialKind.TOKEN, Set.of("ask"), maker, present, null));
    }

    /** Something happens to people, rules or places. */
    void happen() {
        int what = chance.nextInt(15);
        String person = oneOf(people);
        String team = oneOf(teams);
        switch (what) {
            case 0 -> tell("joins " + team, person, () -> join(person, team, somebody()));
            case 1 ->
                tell(
                        "leaves " + team,
                        person,
                        () -> write(
                                "DELETE FROM team_member WHERE org_id = ? AND team_id = ? AND person_id = ?",
                                org,
                                team,
                                person));
            case 2 -> tell("is lead", person, () -> give(person, "lead", somebody()));
            case 3 ->
                tell(
                        "is no lead",
                        person,
                        () -> write(
                                "DELETE FROM role_holder WHERE org_id = ? AND role_id = 'lead' AND holder_id = ?",
                                org,
                                person));
            case 4 ->
                tell(
                        "is dissolved",
                        team,
                        () -> write(
                                "UPDATE team SET deleted_at = countersign_now() WHERE org_id = ? AND team_id = ?",
                                org,
                                team));
            case 5, 6 -> policy("a rule is bound", () -> bind(template()));
            case 7 -> {
                String template = oneOf(List.copyOf(templates.keySet()));
                int version = templates.getOrDefault(template, 0) + 1;
                policy("a rule is rewritten", () -> version(template, version, somebody()));
            }
            case 8 ->
                policy(
                        "a rule is unbound",
                        () -> write(
                                "UPDATE binding SET ended_at = countersign_now(), ended_by = ? WHERE org_id = ? AND id = ?"
                                        + " AND ended_at IS NULL",
                                somebody(),
                                org,
                                oneOf(bindings)));
            case 9, 10 -> change("environments/" + production(), Map.of("name", oneIn(2) ? "live" : "production"));
            case 11, 12 -> change("environments/" + production(), Map.of("clusterId", cluster));
            default ->
                change("organization", Map.of("zone", oneOf(List.of("Asia/Tokyo", "UTC", "America/Los_Angeles"))));
        }
    }

    private void change(String path, Map<String, Object> patch) {
        caller(admin);
        String tag = server.get("/api/v1/" + path, adminSecret)
                .headers()
                .firstValue("ETag")
                .orElse("\"0\"");
        int status = server.call("PATCH", "/api/v1/" + path, adminSecret, patch, "If-Match", tag)
                .status();
        told.add(path + " becomes " + patch);
        if (status != 200) {
            throw new IllegalStateException(path + " " + patch + " is answered " + status);
        }
    }

    private void tell(String what, String whom, Runnable act) {
        told.add(whom + " " + what);
        act.run();
        raise(true);
    }

    private void policy(String what, Runnable act) {
        told.add(what);
        act.run();
        raise(false);
    }

    private void raise(boolean directory) {
        write(
                "UPDATE organization_epoch SET epoch = epoch + 1, directory_epoch = CASE WHEN ? THEN epoch + 1"
                        + " ELSE directory_epoch END WHERE org_id = ?",
                directory,
                org);
        if (!directory) {
            write(
                    "INSERT INTO policy_epoch (org_id, epoch) SELECT org_id, epoch FROM organization_epoch"
                            + " WHERE org_id = ? ON CONFLICT (org_id) DO UPDATE SET epoch = excluded.epoch",
                    org);
        }
    }

    /** The clock moves on by up to some hours. */
    void timePasses() {
        int minutes = 1 + chance.nextInt(300);
        told.add(minutes + " minutes pass");
        write("UPDATE installation SET clock_offset = clock_offset + ? * interval '1 minute'", minutes);
        present = now();
    }

    private String production() {
        return Objects.requireNonNull(environments.get("production"));
    }

    private void write(String statement, @Nullable Object... values) {
        sql.sql(statement).params(Arrays.asList(values)).update();
    }

    boolean oneIn(int times) {
        return chance.nextInt(times) == 0;
    }

    <T> T oneOf(List<T> all) {
        return all.get(chance.nextInt(all.size()));
    }

    private <T> List<T> some(List<T> all, int oneIn) {
        return all.stream().filter(_ -> oneIn(oneIn)).toList();
    }

    private String somebody() {
        return oneIn(2) ? oneOf(people) : admin;
    }

    private Instant now() {
        return sql.sql("SELECT countersign_now()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private OffsetDateTime sometime() {
        return ago(Duration.ofHours(chance.nextInt(60)));
    }

    private OffsetDateTime ago(Duration length) {
        return present.minus(length).atOffset(ZoneOffset.UTC);
    }
}
