package io.countersign.server.change;

import io.countersign.server.change.DiffContent.KubernetesObject;
import io.countersign.server.change.JsonPart.Form;
import io.countersign.server.change.JsonPart.Scalar;
import io.countersign.server.change.KubernetesContent.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Renders manifests of Kubernetes, in YAML or JSON. */
final class KubernetesRendering {

    private static final String COVERED = "(covered)";

    private final Sheet sheet;
    private final SummaryLines summary;

    KubernetesRendering(Sheet sheet, SummaryLines summary) {
        this.sheet = sheet;
        this.summary = summary;
    }

    /**
     * Renders YAML; nothing where it is no YAML, or not every document in it is an object.
     *
     * @param text the true one, by which the objects are found
     * @param shown the covered one, line by line the same
     */
    Optional<ChangeContent> yaml(String text, String shown) {
        List<String> trueLines = TextDifference.lines(text);
        List<String> lines = TextDifference.lines(shown);
        if (lines.size() != trueLines.size()) {
            return Optional.empty();
        }
        List<YamlObject> objects = YamlObjects.in(text);
        if (objects.isEmpty()) {
            return Optional.empty();
        }
        List<Manifest> manifests = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            YamlObject object = objects.get(i);
            int to = i + 1 < objects.size() ? objects.get(i + 1).fromLine() : lines.size();
            boolean covered = !lines.subList(object.fromLine(), to).equals(trueLines.subList(object.fromLine(), to));
            manifest(object, covered, lines, to, manifests);
        }
        return Optional.of(new KubernetesContent("kubernetes", manifests));
    }

    private void manifest(YamlObject object, boolean covered, List<String> lines, int to, List<Manifest> into) {
        String whole = String.join("\n", lines.subList(object.fromLine(), to));
        KubernetesObject known = name(
                object.apiVersion(),
                object.kind(),
                seen(object.namespace(), covered, whole),
                seen(object.name(), covered, whole));
        boolean here = sheet.row(known.kind(), known.name(), known.namespace());
        List<ChangeLine> shown = new ArrayList<>();
        for (int at = object.fromLine(); at < to; at++) {
            sheet.line(ChangeLine.CONTEXT, null, at + 1, lines.get(at), shown);
        }
        if (here || !shown.isEmpty()) {
            into.add(new Manifest(known, shown));
        }
    }

    /** A name is taken from the true text, and told only where the covered one tells it too. */
    private static String seen(String name, boolean covered, String shown) {
        return covered && !shown.contains(name) ? COVERED : name;
    }

    private KubernetesObject name(String apiVersion, String kind, String namespace, String name) {
        KubernetesObject object = new KubernetesObject(
                Sheet.glimpse(apiVersion),
                Sheet.glimpse(kind),
                namespace.isEmpty() ? null : Sheet.glimpse(namespace),
                name.isEmpty() ? null : Sheet.glimpse(name));
        summary.add(kind + (name.isEmpty() ? "" : " " + name), null, "applied");
        return object;
    }

    /** Renders JSON; nothing where it is no object, and no list of objects. */
    Optional<ChangeContent> json(JsonPart root) {
        boolean many = root.text("kind").endsWith("List") && root.at("items") instanceof JsonPart.Elements;
        List<JsonPart> objects = many ? root.list("items") : List.of(root);
        if (!isObject(root) || !objects.stream().allMatch(KubernetesRendering::isObject)) {
            return Optional.empty();
        }
        List<Manifest> manifests = new ArrayList<>();
        for (JsonPart object : objects) {
            KubernetesObject known = name(
                    object.text("apiVersion"),
                    object.text("kind"),
                    object.text("metadata", "namespace"),
                    object.text("metadata", "name"));
            boolean here = sheet.row(known.kind(), known.name(), known.namespace());
            List<ChangeLine> lines = new ArrayList<>();
            int number = 1;
            for (String line : JsonRendering.lines(object)) {
                sheet.line(ChangeLine.CONTEXT, null, number++, line, lines);
            }
            if (here || !lines.isEmpty()) {
                manifests.add(new Manifest(known, lines));
            }
        }
        if (many) {
            for (JsonPart.Member member : root.members()) {
                if (!member.name().text().equals("items")) {
                    sheet.fold(Folds.of(
                            "`" + sheet.word(member.name().text()) + "` of the list",
                            member.value().bytes()));
                }
            }
        }
        return Optional.of(new KubernetesContent("kubernetes", manifests));
    }

    private static boolean isObject(JsonPart part) {
        return part instanceof JsonPart.Members members
                && members.isWithoutTwins()
                && isText(part.at("apiVersion"))
                && isText(part.at("kind"));
    }

    private static boolean isText(@Nullable JsonPart part) {
        return part instanceof Scalar scalar && scalar.form() == Form.TEXT;
    }
}
