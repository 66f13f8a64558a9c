package io.countersign.cli.request;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.client.wire.Json;
import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.ResourceLevel;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The options that say which action on which resource. */
public final class ResourceOptions {

    @Option(
            names = {"-a", "--action"},
            paramLabel = "ACTION",
            description = "what is to be done, for example release.deploy")
    private @Nullable String action;

    @Option(
            names = {"-R", "--resource"},
            paramLabel = "RESOURCE",
            description = {
                "what it is done to: project/environment, or with its kind in front:",
                "environment:payments/production, cluster:eu-1, project:payments, organization"
            })
    private @Nullable String resource;

    @Option(names = "--release", paramLabel = "RELEASE", description = "the release that is deployed")
    private @Nullable String release;

    @Option(names = "--from", paramLabel = "REF", description = "what runs before, for example a commit id")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "REF", description = "what is to run")
    private @Nullable String to;

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "something below the resource, for example namespace=web")
    private Map<String, String> attributes = new TreeMap<>();

    /** The action's id. */
    public String action() {
        return demand(action, "--action");
    }

    /** Whether neither action nor resource were named. */
    boolean empty() {
        return action == null && resource == null;
    }

    /** The resource as the server reads it. */
    public ObjectNode resource() {
        ObjectNode json = resource(demand(resource, "--resource"), action());
        put(json, "release", release);
        put(json, "from", from);
        put(json, "to", to);
        if (!attributes.isEmpty()) {
            ObjectNode inside = json.putObject("attributes");
            new TreeMap<>(attributes).forEach(inside::put);
        }
        return json;
    }

    /** Whether an action was named. */
    public boolean namesAction() {
        return action != null;
    }

    /**
     * The resource of an action that was not typed but found. What was typed fills what was not found, and must not say
     * otherwise where it was.
     *
     * @param cluster the one that was found, or none
     * @param found attributes that were found
     */
    public ObjectNode resource(String foundAction, @Nullable String cluster, Map<String, String> found) {
        @Nullable
        ObjectNode here =
                cluster == null ? null : Json.object().put("type", "cluster").put("id", cluster);
        if (here == null && resource == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "this is " + foundAction + ", and nothing says on which cluster",
                    "name it with -R cluster:NAME, or let a mapping say it");
        }
        ObjectNode json = resource == null && here != null
                ? here.deepCopy()
                : resource(demand(resource, "--resource"), foundAction);
        if (here != null && !here.equals(json)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--resource: the command is for cluster:" + cluster + ", not for " + resource,
                    "leave -R out, or change the command");
        }
        put(json, "release", release);
        put(json, "from", from);
        put(json, "to", to);
        Map<String, String> both = new TreeMap<>(attributes);
        found.forEach((name, value) -> {
            String typed = both.put(name, value);
            if (typed != null && !typed.equals(value)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--attribute: " + name + " is `" + value + "` as the command says, not `" + typed + "`",
                        "leave it out, or change the command");
            }
        });
        if (!both.isEmpty()) {
            ObjectNode inside = json.putObject("attributes");
            both.forEach(inside::put);
        }
        return json;
    }

    /** Reads {@code payments/production} or {@code cluster:eu-1}; without a kind, the action says which it is. */
    public static ObjectNode resource(String text, String action) {
        if (text.equals("organization")) {
            return Json.object().put("type", "organization");
        }
        int colon = text.indexOf(':');
        if (colon > 0) {
            String kind = text.substring(0, colon).toLowerCase(Locale.ROOT);
            for (ResourceLevel level : ResourceLevel.values()) {
                if (word(level).equals(kind)) {
                    return Json.object().put("type", kind).put("id", text.substring(colon + 1));
                }
            }
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--resource: `" + kind + "` is no kind of resource",
                    "there are environment, cluster, project and organization");
        }
        return Json.object().put("type", kind(text, action)).put("id", text);
    }

    private static String kind(String text, String action) {
        if (text.contains("/")) {
            return word(ResourceLevel.ENVIRONMENT);
        }
        return ActionCatalogue.standard()
                .find(action)
                .map(type -> word(type.level()))
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "--resource: `" + text + "` could be a project, an environment or a cluster",
                        "write its kind in front, for example cluster:" + text));
    }

    private static String word(ResourceLevel level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static String demand(@Nullable String value, String option) {
        if (value == null) {
            throw new CommandFailure(ExitCode.USAGE, "missing: " + option, "`--help` says how it is written");
        }
        return value;
    }

    private static void put(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
