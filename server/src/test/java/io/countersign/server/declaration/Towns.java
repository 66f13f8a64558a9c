package io.countersign.server.declaration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Generated documents, each of a whole organization with the administrator {@code admin} in it. */
final class Towns {

    private static final List<String> WORDS = List.of("plain", "größe 🦉", "a: b # c", "it's", "\"no\"");

    private final SplittableRandom chance;

    private Towns(long seed) {
        chance = new SplittableRandom(seed);
    }

    static Map<String, Object> of(long seed) {
        return new Towns(seed).document();
    }

    private Map<String, Object> document() {
        List<String> people = new ArrayList<>(List.of("admin"));
        List<Object> persons = new ArrayList<>(List.of(thing("handle", "admin", "name", "Ada Admin")));
        for (int i = 0; i < 3 + chance.nextInt(8); i++) {
            people.add("p" + i);
            Map<String, Object> person = thing("handle", "p" + i, "name", word() + " " + i);
            maybe(person, "email", "p" + i + "@acme.example");
            maybe(person, "active", chance.nextBoolean());
            persons.add(person);
        }
        List<String> teams = new ArrayList<>();
        List<Object> groups = new ArrayList<>();
        for (int i = 0; i < 1 + chance.nextInt(4); i++) {
            Map<String, Object> team = thing("handle", "t" + i, "name", word());
            if (i > 0) {
                maybe(team, "parent", "t" + chance.nextInt(i));
            }
            maybe(team, "countsAsDistinct", false);
            team.put("members", some(people));
            teams.add("t" + i);
            groups.add(team);
        }
        return thing(
                "countersign",
                "v1",
                "people",
                persons,
                "teams",
                groups,
                "roles",
                List.of(
                        thing("id", "admin", "holders", List.of("admin", people.get(1))),
                        thing("id", "developer", "holders", people),
                        thing("id", "tech-lead", "name", word(), "description", word(), "holders", some(people))),
                "accounts",
                List.of(
                        thing("handle", "ci", "name", word(), "kind", "service", "owner", "admin"),
                        thing(
                                "handle",
                                "bot",
                                "name",
                                word(),
                                "kind",
                                "agent",
                                "owner",
                                "t0",
                                "accountable",
                                "admin",
                                "active",
                                chance.nextBoolean()),
                        thing("handle", "sub", "name", word(), "kind", "agent", "owner", "ci")),
                "clusters",
                List.of(thing("name", "eu-1", "description", word()), thing("name", "US_2")),
                "projects",
                List.of(
                        thing(
                                "name",
                                "Shop",
                                "environments",
                                List.of(
                                        thing("name", "production", "tier", "production", "cluster", "eu-1"),
                                        thing("name", "staging", "tier", "staging"))),
                        thing("name", "payments", "description", word())),
                "templates",
                List.of(template("Two " + word(), teams), template("Other", teams)),
                "bindings",
                bindings());
    }

    private Map<String, Object> template(String name, List<String> teams) {
        Map<String, Object> conditions = new LinkedHashMap<>();
        maybe(conditions, "weekdays", List.of("monday", "sunday"));
        maybe(conditions, "timezone", "Europe/Berlin");
        maybe(conditions, "requireReason", true);
        maybe(
                conditions,
                "schedules",
                List.of(thing("weekdays", List.of("friday")), thing("startHour", 0, "endHour", 0)));
        maybe(conditions, "environments", List.of("production"));
        Map<String, Object> template = thing(
                "name",
                name,
                "scope",
                List.of("organization", "project", "environment", "cluster"),
                "approvers",
                thing("users", List.of("admin"), "teams", some(teams), "orgRoles", List.of("tech-lead")),
                "quorum",
                thing("minApprovals", 1),
                "conditions",
                conditions);
        maybe(template, "description", word() + "\n\n" + word());
        maybe(template, "requesterCanApprove", true);
        maybe(template, "expiresAfter", "PT24H");
        maybe(template, "voteReasonRequired", "always");
        maybe(template, "escalation", thing("approvers", thing("orgRoles", List.of("admin")), "after", "PT2H"));
        return template;
    }

    private List<Object> bindings() {
        List<Object> bindings = new ArrayList<>();
        for (String to : List.of("organization", "project:shop", "cluster:eu-1", "Shop/production", "*/staging")) {
            // Only deployments, so that nobody must approve what the tests themselves change.
            List<String> actions =
                    chance.nextBoolean() ? List.of("release.deploy", "manifest.apply") : List.of("release.deploy");
            Map<String, Object> binding = thing("template", "Other", "to", to, "actions", actions);
            if (chance.nextInt(4) > 0) {
                bindings.add(binding);
            }
        }
        return bindings;
    }

    private void maybe(Map<String, Object> tree, String field, Object value) {
        if (chance.nextBoolean()) {
            tree.put(field, value);
        }
    }

    private List<String> some(List<String> all) {
        return all.stream().filter(one -> chance.nextBoolean()).toList();
    }

    private String word() {
        return WORDS.get(chance.nextInt(WORDS.size()));
    }

    static Map<String, Object> thing(Object... namesAndValues) {
        Map<String, Object> thing = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            thing.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return thing;
    }
}
