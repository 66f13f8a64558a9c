package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer.Answer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** An organization with one of everything that has an id, and one id of each kind by the word it begins with. */
final class FilledOrganization {

    private static final Pattern ID = Pattern.compile("\"([a-z]{2,6})_[0-9a-z]{26}\"");

    /** What is read of a test's own, not to be taken for one of the lists. */
    private static final List<String> NO_LISTS = List.of("/events", "/audit-entries.csv");

    private final TestOrganization organization;
    private final String admin;
    private final String ben;
    private String sam = "";
    private String token = "";
    private final Map<String, String> ids = new TreeMap<>();

    private FilledOrganization(TestOrganization organization) {
        this.organization = organization;
        this.admin = organization.admin();
        ids.put("per", organization.person("ben", "developer", "compliance_officer"));
        this.ben = organization.enrol(admin, one("per"));
    }

    static FilledOrganization of(TestOrganization organization) {
        FilledOrganization filled = new FilledOrganization(organization);
        filled.people();
        filled.places();
        filled.token = organization.token(filled.admin, Scopes.ALL.toArray(String[]::new));
        filled.rules();
        filled.decide();
        filled.emergency();
        filled.collect();
        return filled;
    }

    TestOrganization organization() {
        return organization;
    }

    /** A token of the administrator with every scope there is. */
    String token() {
        return token;
    }

    /** One id of each kind, by the word it begins with. */
    Map<String, String> ids() {
        return ids;
    }

    /** The session of the administrator, of ben, who may vote on many at once, or of sam, a security manager; or the token. */
    String secret(String who) {
        return switch (who) {
            case "admin" -> admin;
            case "ben" -> ben;
            case "sam" -> sam;
            case "token" -> token;
            default -> throw new IllegalArgumentException("nobody is called " + who);
        };
    }

    String one(String kind) {
        String id = ids.get(kind);
        if (id == null) {
            throw new IllegalArgumentException("there is no " + kind + " in " + ids);
        }
        return id;
    }

    private void people() {
        String role = "steward-" + organization.handle();
        made("/roles", Map.of("id", role, "name", "Steward"));
        sam = organization.signedIn("sam", "security_manager", role);
        organization.token(ben, "read");
        String handle = "only-" + organization.handle();
        organization.person(handle, "developer");
        String crew = "crew-" + organization.handle();
        ids.put("role", role);
        ids.put("handle", handle);
        ids.put("crew", crew);
        ids.put("admin", organization.adminId());
        ids.put("team", organization.team("payments", "@ben"));
        ids.put("other-team", organization.team(crew, "@admin"));
        ids.put(
                "acc",
                made("/accounts", Map.of("handle", "bot", "name", "Bot", "kind", "agent", "ownerId", "@ben"))
                        .path("id")
                        .asString());
        // Its name is never found, so that nobody is really called.
        made(
                "/notification-destinations",
                Map.of("means", "webhook", "name", "SOC", "address", "https://soc.invalid/hook"));
    }

    private void places() {
        made("/clusters", Map.of("name", "eu-1"));
        made("/projects", Map.of("name", "payments"));
        made(
                "/environments",
                Map.of("projectId", "payments", "name", "production", "tier", "production", "clusterId", "eu-1"));
        made("/releases", Map.of("projectId", "payments", "name", "v1", "sourceReference", "0".repeat(40)));
        made("/clusters/eu-1/tokens", Map.of());
        give("@bot", "ask-on-behalf");
        give("@admin", "breakglass-open");
        give("@ben", "breakglass-open");
        give("@admin", "ask-on-behalf");
        give("@admin", "redeem-for-others");
    }

    private void give(String principal, String permission) {
        made(
                "/permission-grants",
                Map.of(
                        "principalId",
                        principal,
                        "permission",
                        permission,
                        "actions",
                        List.of("release.deploy"),
                        "resources",
                        List.of("payments/production")));
    }

    private void rules() {
        String template = made(
                        "/templates",
                        Map.of(
                                "name",
                                "Two eyes",
                                "scope",
                                List.of("environment"),
                                "approvers",
                                Map.of("orgRoles", List.of("developer")),
                                "quorum",
                                Map.of("minApprovals", 1)))
                .path("id")
                .asString();
        made(
                "/bindings",
                Map.of(
                        "templateId",
                        template,
                        "level",
                        "environment",
                        "targetId",
                        "payments/production",
                        "actions",
                        List.of("release.deploy")));
    }

    /** Requests that wait, one with a grant and something to be done after it, one that is being executed, one denied. */
    private void decide() {
        approve("executed");
        String execution = UUID.randomUUID().toString();
        Map<String, Object> redemption = new HashMap<>(ask("executed"));
        redemption.keySet().retainAll(List.of("action", "resource", "reason"));
        redemption.put("payloadDigest", one("executed-digest"));
        redemption.put("executionId", execution);
        Answer redeemed = organization.post("/redemptions", admin, redemption);
        assertThat(redeemed.body().path("decision").asString())
                .as(redeemed.text())
                .isEqualTo("permit");
        ids.put("execution", execution);
        ids.put("unread", redeemed.body().path("grant").path("id").asString());
        String grant = approve("granted").path("grant").path("id").asString();
        ids.put("grt", grant);
        // A grant's document is made when it is first read (RATIONALE.md), and only then.
        assertThat(organization.get("/grants/" + grant + "/document", admin).status())
                .isEqualTo(200);
        vote("denied", Map.of("vote", "deny", "note", "no"));
        hold("req");
        hold("second");
        hold("third");
    }

    /** Opens a request of this name, under which its id and its digest are found. */
    private void hold(String name) {
        JsonNode held = made("/asks", ask(name));
        ids.put(name, held.path("request").path("id").asString());
        ids.put(name + "-digest", held.path("payloadDigest").asString());
    }

    /** Asks for a release of payments/production, each text for another payload. */
    static Map<String, Object> ask(String text) {
        Map<String, Object> ask = new LinkedHashMap<>();
        ask.put("action", "release.deploy");
        ask.put("resource", Map.of("type", "environment", "id", "payments/production", "release", "v1"));
        ask.put("reason", "because");
        ask.put("payload", Map.of("mediaType", "text/plain", "text", text));
        return ask;
    }

    private JsonNode approve(String name) {
        String due = LocalDate.now(ZoneOffset.UTC).plusDays(9).toString();
        return vote(
                name,
                Map.of(
                        "vote",
                        "approve",
                        "followUps",
                        List.of(Map.of("text", "look again", "owner", "@ben", "dueOn", due))));
    }

    private JsonNode vote(String name, Map<String, Object> vote) {
        hold(name);
        Map<String, Object> form = new HashMap<>(vote);
        form.put("payloadDigest", one(name + "-digest"));
        form.putIfAbsent("followUps", List.of());
        Answer voted = organization.post("/requests/" + one(name) + "/votes", ben, form);
        assertThat(voted.status()).as(voted.text()).isEqualTo(200);
        return voted.body();
    }

    /** A session that is over and let something pass, and one that lasts; the destination is told of both. */
    private void emergency() {
        String over = open();
        Map<String, Object> ask = ask("in a hurry");
        ask.put("breakGlassSession", over);
        made("/asks", ask);
        assertThat(organization
                        .post("/breakglass-sessions/" + over + "/revocation", admin, Map.of("note", "over"))
                        .status())
                .isEqualTo(200);
        ids.put("session-over", over);
        ids.put("session", open());
    }

    private String open() {
        return made(
                        "/breakglass-sessions",
                        Map.of(
                                "reason",
                                "a test",
                                "incident",
                                "INC-1",
                                "scope",
                                Map.of(
                                        "actions",
                                        List.of("release.deploy"),
                                        "resources",
                                        List.of(Map.of("type", "environment", "id", "payments/production")))))
                .path("id")
                .asString();
    }

    /** Reads every list, and one by one what shows more than its list. */
    private void collect() {
        await("/notification-deliveries");
        OurRoutes.of(organization.server()).keySet().stream()
                .filter(route -> route.startsWith("GET /api/v1/") && !route.contains("{"))
                .map(route -> route.substring("GET /api/v1".length()))
                .filter(list -> !NO_LISTS.contains(list))
                .forEach(this::read);
        read("/requests/" + one("granted"));
        read("/breakglass-sessions/" + one("session-over"));
    }

    private void await(String list) {
        for (int i = 0; i < 500; i++) {
            if (!organization.get(list, admin).body().path("items").isEmpty()) {
                return;
            }
            pause();
        }
        throw new AssertionError("nothing came to " + list);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void read(String path) {
        Answer answer = organization.get(path, admin);
        Matcher id = ID.matcher(answer.text());
        while (id.find()) {
            if (!id.group(1).equals("call")) {
                ids.putIfAbsent(id.group(1), id.group().replace("\"", ""));
            }
        }
    }

    private JsonNode made(String path, Object body) {
        Answer answer = organization.post(path, admin, body);
        assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(201);
        return answer.body();
    }
}
