package io.countersign.cli.policy;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a template is bound to, as people write it. */
final class BindingTarget {

    private static final String ANY_PROJECT = "*/";

    private BindingTarget() {}

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

    static String words(JsonNode binding) {
        String environmentName = Json.text(binding, "environmentName");
        if (!environmentName.isEmpty()) {
            return ANY_PROJECT + environmentName;
        }
        String name = Json.text(binding, "target", "name");
        return name.isEmpty() ? Json.text(binding, "targetId") : name;
    }

    static String policy(JsonNode binding) {
        String name = Json.text(binding, "template", "name");
        return name.isEmpty() ? Json.text(binding, "templateId") : name;
    }
}
