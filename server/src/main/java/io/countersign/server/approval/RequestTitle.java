package io.countersign.server.approval;

import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.server.directory.DirectoryImage;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request would do, as a sentence of what happens to what, for example {@code Deploy payments v2.31.0 to
 * production}; it is written down when the request is opened, in the names of that day.
 *
 * @param text the sentence
 * @param object the part of it that is acted on, for example {@code payments v2.31.0}
 * @param release the name of the release that the ask names, or none
 */
public record RequestTitle(
        String text, String object, @Nullable String release) {

    private static final int LONGEST_PART = 80;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final List<String> OBJECTS =
            List.of("object", "application", "app", "release", "deployment", "workload", "stack", "name");

    /** The title of an ask, in the names of this directory; {@code release} is the name of the release it names, or none. */
    static RequestTitle of(Ask ask, DirectoryImage directory, @Nullable String release) {
        Words words = new Words(ask.resource(), directory, release);
        String place = words.place();
        String below = words.below();
        return switch (ask.action().id()) {
            case "release.deploy" -> words.title("Deploy ", words.versioned(), words.to());
            case "promotion.execute" -> words.title("Promote ", words.versioned(), words.from() + words.to());
            case "rollback.execute" -> words.title("Roll back ", words.project(), words.toVersion() + words.in());
            case "project.delete" -> words.title("Delete project ", place, "");
            case "environment.freeze" -> words.title("Freeze ", place, "");
            case "environment.unfreeze" -> words.title("Unfreeze ", place, "");
            case "environment.policy.update" -> words.title("Change the policies of ", place, "");
            case "cluster.sync" -> words.title("Sync ", words.belowOrPlace(), " with Git" + words.onPlace());
            case "cluster.rollback" -> words.title("Roll back ", words.belowOrPlace(), words.onPlace());
            case "cluster.restart" -> words.title("Restart ", words.belowOr("workloads"), " on " + place);
            case "cluster.scale" -> words.title("Scale ", words.belowOr("workloads"), words.fromTo() + " on " + place);
            case "manifest.apply" -> words.title("Apply ", below.isEmpty() ? "manifests" : below, " to " + place);
            case "command.execute" -> words.title("Run a command on ", place, "");
            case "resource.delete" -> words.title("Delete ", words.belowOr("resources"), " from " + place);
            case "token.issue" ->
                ask.resource().level() == ResourceLevel.CLUSTER
                        ? words.title("Issue a cluster token for ", place, "")
                        : words.title("Issue ", "an API token", " for " + place);
            case "breakglass.initiate" -> words.title("Open ", "a break-glass session", "");
            case "policy.change" -> words.title("Change ", "approval policies", " or the settings they go by");
            case "control.change" -> words.title("Change ", "controls", "");
            case "role.change" -> words.title("Change ", "who holds which role", "");
            default -> words.title(plain(ask.action().title()) + " on ", words.belowOrPlace(), words.onPlace());
        };
    }

    /** One visible line of at most 80 characters: what comes from outside must not break out of its place. */
    private static String plain(String text) {
        String line = text.codePoints()
                .filter(point -> switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE,
                            Character.UNASSIGNED -> false;
                    default -> true;
                })
                .limit(LONGEST_PART + 1L)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return line.codePointCount(0, line.length()) > LONGEST_PART
                ? line.substring(0, line.offsetByCodePoints(0, LONGEST_PART)) + "…"
                : line;
    }

    /** The names of one resource. */
    private record Words(
            Resource resource,
            DirectoryImage directory,
            @Nullable String release) {

        RequestTitle title(String before, String object, String after) {
            return new RequestTitle(before + object + after, object, release == null ? null : plain(release));
        }

        String place() {
            return plain(directory.nameOf(resource.id()).orElse(resource.id()));
        }

        String project() {
            return directory
                    .place(resource)
                    .map(Place::projectId)
                    .flatMap(directory::nameOf)
                    .map(RequestTitle::plain)
                    .orElseGet(this::place);
        }

        String environment() {
            String place = place();
            String project = project();
            return place.startsWith(project + "/") ? place.substring(project.length() + 1) : place;
        }

        String version() {
            if (release != null) {
                return plain(release);
            }
            return resource.to() == null ? "" : reference(resource.to());
        }

        String versioned() {
            return Stream.of(project(), version())
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(" "));
        }

        String toVersion() {
            String version = version();
            return version.isEmpty() ? "" : " to " + version;
        }

        String to() {
            return " to " + environment();
        }

        String in() {
            return " in " + environment();
        }

        String from() {
            return resource.from() == null
                    ? ""
                    : " from " + reference(directory.nameOf(resource.from()).orElse(resource.from()));
        }

        String fromTo() {
            @Nullable String from = resource.from();
            @Nullable String to = resource.to();
            return from == null || to == null ? replicas() : " from " + reference(from) + " to " + reference(to);
        }

        private String replicas() {
            String replicas = resource.attributes().get("replicas");
            return replicas == null ? "" : " to " + plain(replicas);
        }

        /** The thing below the known level that the ask names, or empty. */
        String below() {
            Optional<String> object = OBJECTS.stream()
                    .map(name -> resource.attributes().get(name))
                    .filter(value -> value != null && !plain(value).isEmpty())
                    .findFirst();
            return object.map(RequestTitle::plain).orElse("");
        }

        String belowOr(String other) {
            return below().isEmpty() ? other : below();
        }

        String belowOrPlace() {
            return belowOr(place());
        }

        String onPlace() {
            return below().isEmpty() ? "" : " on " + place();
        }

        /** A reference such as a commit id, short enough to be read. */
        private static String reference(String reference) {
            return COMMIT.matcher(reference).matches() ? reference.substring(0, 12) : plain(reference);
        }
    }
}
