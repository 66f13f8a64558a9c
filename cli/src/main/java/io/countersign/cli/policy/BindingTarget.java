package io.countersign.cli.policy;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import io.countersign.client.wire.ServerRefusal;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What templates are bound to, as people write it. */
final class BindingTarget {

    private static final String ANY_PROJECT = "*/";

    private final ServerClient server;
    private final Map<String, String> names = new HashMap<>();

    BindingTarget(ServerClient server) {
        this.server = server;
    }

    /** Reads {@code organization}, {@code project:x}, {@code cluster:x}, {@code x/production} or {@code *}{@code /production}. */
    static ObjectNode body(String target) {
        if (target.equals("organization")) {
            return Json.object().put("level", "organization");
        }
        if (target.startsWith(ANY_PROJECT)) {
            return Json.object()
                    .put("level", "environment")
                    .put("environmentName", target.substring(ANY_PROJECT.length()));
        }
        int colon = target.indexOf(':');
        String kind = colon < 0 ? "" : target.substring(0, colon);
        if (kind.equals("project") || kind.equals("cluster") || kind.equals("environment")) {
            return Json.object().put("level", kind).put("targetId", target.substring(colon + 1));
        }
        if (target.contains("/")) {
            return Json.object().put("level", "environment").put("targetId", target);
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "--to: `" + target + "` could be a project or a cluster",
                "write its kind in front, for example project:" + target);
    }

    /** What it is bound to, as people would write it. */
    String words(JsonNode binding) {
        String environmentName = Json.text(binding, "environmentName");
        if (!environmentName.isEmpty()) {
            return ANY_PROJECT + environmentName;
        }
        String id = Json.text(binding, "targetId");
        return switch (Json.text(binding, "level")) {
            case "environment" -> named("environments", id, "path");
            case "project" -> named("projects", id, "name");
            case "cluster" -> named("clusters", id, "name");
            default -> id;
        };
    }

    String policy(JsonNode binding) {
        return named("templates", Json.text(binding, "templateId"), "name");
    }

    private String named(String kind, String id, String field) {
        return names.computeIfAbsent(kind + " " + id, unknown -> {
            try {
                return Json.text(server.get(Call.path(kind, id)), field);
            } catch (ServerRefusal gone) {
                return id;
            }
        });
    }
}
