package io.countersign.server.directory;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies that are taken as they are, and refer to everything they can refer to: {@code <kind>} stands for something of an
 * organization's, {@code $kind} for something that belongs to the call itself, {@code $day}
 * for one that is still to come.
 */
final class ReferringBodies {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern REFERENCE = Pattern.compile("<([a-z-]+)>");
    private static final Pattern OWN = Pattern.compile("\\$([a-z-]+)");

    /** Each with its route, who calls it, and where it goes when that is not to what the route's places stand for. */
    private static final String ALL = """
            POST /api/v1/checks | token
            {"action": "release.deploy", "resource": {"type": "environment", "id": "<env>", "release": "<rel>"},
             "subject": "<admin>", "authors": ["<per>"], "payload": {"text": "checked"}}

            POST /api/v1/asks | token
            {"action": "release.deploy", "resource": {"type": "environment", "id": "<env>", "release": "<rel>"},
             "reason": "because", "subject": "<admin>", "authors": ["<per>"], "payload": {"text": "asked"}}

            POST /api/v1/asks | admin
            {"action": "release.deploy", "resource": {"type": "environment", "id": "<env>", "release": "<rel>"},
             "reason": "because", "supersedes": "<third>", "payload": {"text": "another third"}}

            POST /api/v1/asks | admin
            {"action": "release.deploy", "resource": {"type": "environment", "id": "<env>", "release": "<rel>"},
             "reason": "because", "breakGlassSession": "<session>", "payload": {"text": "in a hurry again"}}

            POST /api/v1/redemptions | token
            {"action": "release.deploy", "resource": {"type": "environment", "id": "<env>", "release": "<rel>"},
             "subject": "<admin>", "payloadDigest": "$granted-digest", "grantId": "<grt>", "executionId": "$session"}

            POST /access/v1/evaluation | token
            {"subject": {"type": "user", "id": "<admin>"}, "action": {"name": "release.deploy"},
             "resource": {"type": "environment", "id": "<env>", "properties": {"release": "<rel>"}}}

            POST /access/v1/evaluations | token
            {"subject": {"type": "user", "id": "<admin>"}, "action": {"name": "release.deploy"},
             "evaluations": [{"resource": {"type": "environment", "id": "<env>", "properties": {"release": "<rel>"}}}]}

            POST /api/v1/explanations | admin
            {"action": "release.deploy", "resource": {"type": "environment", "id": "<env>", "release": "<rel>"},
             "subject": "<per>"}

            POST /api/v1/requests/{request}/resubmission | admin | /api/v1/requests/$denied/resubmission
            {"breakGlassSession": "<session>"}

            POST /api/v1/requests/votes | ben
            {"vote": "approve", "items": [{"request": "<req>", "payloadDigest": "$req-digest"}]}

            POST /api/v1/requests/{request}/votes | ben | /api/v1/requests/$second/votes
            {"vote": "approve", "payloadDigest": "$second-digest",
             "followUps": [{"text": "look", "owner": "<per>", "dueOn": "$day"}]}

            POST /api/v1/requests/{request}/follow-ups | ben | /api/v1/requests/$granted/follow-ups
            {"followUps": [{"text": "look", "owner": "<per>", "dueOn": "$day"}]}

            POST /api/v1/clusters/{cluster}/tokens | admin
            {"groups": ["@<crew>"]}

            POST /api/v1/templates | admin
            {"name": "Made", %1$s}

            PUT /api/v1/templates/{template} | admin
            {"name": "Edited", %1$s}

            POST /api/v1/previews | admin
            {"template": {"name": "Shown", %1$s}}

            POST /api/v1/replays | admin
            {"templateId": "<tpl>", "template": {"name": "Tried", %1$s}, "days": 1,
             "bindings": [{"level": "environment", "targetId": "<env>"}], "removedBindings": ["<bnd>"]}

            POST /api/v1/bindings | admin
            {"templateId": "<tpl>", "level": "environment", "targetId": "<env>", "actions": ["rollback.execute"]}

            POST /api/v1/breakglass-sessions | ben
            {"reason": "a test", "incident": "INC-2", "closureOwner": "<admin>", "scope":
             {"actions": ["release.deploy"], "resources": [{"type": "environment", "id": "<env>"}]}}

            POST /api/v1/breakglass-sessions/preview | ben
            {"scope": {"actions": ["release.deploy"], "resources": [{"type": "environment", "id": "<env>"}]}}

            POST /api/v1/breakglass-sessions/{session}/closure | admin | /api/v1/breakglass-sessions/$session-over/closure
            {"reasonUsed": "a certificate was changed", "preventiveAction": "pin the issuer", "preventiveOwner": "<per>",
             "preventiveDue": "2099-01-31", "evidence": ["https://incidents.example/1"]}

            POST /api/v1/breakglass-sessions/{session}/review | sam | /api/v1/breakglass-sessions/$session-over/review
            {"summary": "needed", "verdicts": [{"actionId": "<bga>", "verdict": "justified", "note": "looked at it"}]}

            POST /api/v1/permission-grants | admin
            {"principalId": "<per>", "permission": "redeem-for-others", "actions": ["release.deploy"],
             "resources": ["<env>"]}

            POST /api/v1/environments | admin
            {"projectId": "<prj>", "name": "another", "tier": "staging", "clusterId": "<cls>"}

            PATCH /api/v1/environments/{environment} | admin
            {"clusterId": "<cls>"}

            POST /api/v1/releases | admin
            {"projectId": "<prj>", "name": "v9", "sourceReference": "commit:0000000000000000000000000000000000000000"}

            POST /api/v1/people | admin
            {"handle": "another", "name": "Another", "roles": ["<role>"], "teams": ["<team>"]}

            POST /api/v1/teams | admin
            {"handle": "another-team", "name": "Another", "parentId": "<team>"}

            PATCH /api/v1/teams/{id} | admin
            {"parentId": "<other-team>"}

            POST /api/v1/accounts | admin
            {"handle": "another-bot", "name": "Another", "kind": "agent", "ownerId": "<team>", "accountableId": "<per>",
             "roles": ["<role>"]}

            PATCH /api/v1/accounts/{id} | admin
            {"ownerId": "<team>", "accountableId": "<per>"}

            POST /api/v1/declarations/differences | admin
            {"documents": [%2$s]}

            POST /api/v1/declarations | admin
            {"documents": [%2$s]}
            """.formatted("""
                    "scope": ["environment"],
                     "approvers": {"users": ["<per>"], "teams": ["<team>"], "orgRoles": ["<role>"]},
                     "quorum": {"minApprovals": 1, "requiredUserIds": ["<per>"], "requiredTeamIds": ["<team>"],
                      "requiredOrgRoles": ["<role>"]},
                     "escalation": {"after": "PT1H",
                      "approvers": {"users": ["<per>"], "teams": ["<team>"], "orgRoles": ["<role>"]}}\
                    """, """
                    {"countersign": "v1",
                     "teams": [{"handle": "declared", "name": "Declared", "parent": "<crew>", "members": ["<handle>"]}],
                     "roles": [{"id": "declared", "name": "Declared", "holders": ["<handle>"]}],
                     "accounts": [{"handle": "declared-bot", "name": "Declared", "kind": "agent", "owner": "<crew>",
                      "accountable": "<handle>"}]}\
                    """);

    /** A call with a body that refers. */
    record Referring(String route, String who, String path, String body) {

        /** The path, with what an organization has in its places. */
        String path(Map<String, String> ids) {
            return filled(OWN, PathPlaces.fill(path, segment -> PathPlaces.own(segment, ids)), ids);
        }

        int references() {
            return (int) REFERENCE.matcher(body).results().count();
        }

        /** What the reference at this position is to. */
        String kind(int position) {
            return REFERENCE.matcher(body).results().toList().get(position).group(1);
        }

        /** The body with all of one's own in it. */
        String own(Map<String, String> ids) {
            return filled(REFERENCE, filled(OWN, body, ids), ids);
        }

        /** The same with what is somebody else's at one position. */
        String with(int position, String other, Map<String, String> ids) {
            int[] next = {0};
            String replaced = REFERENCE
                    .matcher(body)
                    .replaceAll(found -> Matcher.quoteReplacement(next[0]++ == position ? other : found.group()));
            return filled(REFERENCE, filled(OWN, replaced, ids), ids);
        }

        /** The fields that hold references, such as {@code quorum.requiredUserIds}. */
        Set<String> fields() {
            Set<String> fields = new LinkedHashSet<>();
            collect("", JSON.readTree(body), fields);
            return fields;
        }

        private static void collect(String path, JsonNode node, Set<String> fields) {
            if (node.isString() && node.asString().contains("<")) {
                fields.add(path);
            }
            if (node.isArray()) {
                node.forEach(item -> collect(path, item, fields));
            }
            node.propertyStream()
                    .forEach(member -> collect(
                            path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                            member.getValue(),
                            fields));
        }

        private static String filled(Pattern pattern, String text, Map<String, String> ids) {
            return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(of(found.group(1), ids)));
        }

        private static String of(String kind, Map<String, String> ids) {
            if (kind.equals("day")) {
                return LocalDate.now(ZoneOffset.UTC).plusDays(30).toString();
            }
            String id = ids.get(kind);
            if (id == null) {
                throw new IllegalArgumentException("there is no " + kind + " in " + ids);
            }
            return id;
        }
    }

    private ReferringBodies() {}

    static List<Referring> all() {
        List<Referring> all = new ArrayList<>();
        for (String one : ALL.split("\n\n", -1)) {
            String[] parts = one.split("\n", 2);
            String[] head =
                    Stream.of(parts[0].split("\\|", -1)).map(String::strip).toArray(String[]::new);
            String path = head.length > 2 ? head[2] : head[0].substring(head[0].indexOf(' ') + 1);
            all.add(new Referring(head[0], head[1], path, parts[1]));
        }
        return all;
    }
}
