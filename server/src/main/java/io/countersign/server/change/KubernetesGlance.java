package io.countersign.server.change;

import io.countersign.server.change.DiffContent.KubernetesObject;
import io.countersign.server.change.GitPatch.Block;
import io.countersign.server.change.GitPatch.FilePatch;
import io.countersign.server.change.GitPatch.Row;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognizes from the lines of a patch that a file is the manifest of one Kubernetes object. */
final class KubernetesGlance {

    private static final Pattern TOP = Pattern.compile("(apiVersion|kind|metadata):\\s*([^\\s#]*)\\s*(?:#.*)?");
    private static final Pattern INNER =
            Pattern.compile("\\s+(name|namespace):\\s*[\"']?([^\\s\"'#]+)[\"']?\\s*(?:#.*)?");

    private String apiVersion = "";
    private String kind = "";
    private String namespace = "";
    private String name = "";
    private boolean inMetadata;
    private int indent = -1;
    private boolean several;

    private KubernetesGlance() {}

    static @Nullable KubernetesObject at(FilePatch file) {
        if (!file.path().matches("(?is).*\\.(ya?ml|json)(\\.\\w+)?")) {
            return null;
        }
        return look(file, ChangeLine.REMOVED)
                .or(() -> look(file, ChangeLine.ADDED))
                .map(found -> new KubernetesObject(
                        Sheet.glimpse(found.apiVersion),
                        Sheet.glimpse(found.kind),
                        found.namespace.isEmpty() ? null : Sheet.glimpse(found.namespace),
                        found.name.isEmpty() ? null : Sheet.glimpse(found.name)))
                .orElse(null);
    }

    /** Looks at one side: all lines but those of the other. */
    private static Optional<KubernetesGlance> look(FilePatch file, String otherSide) {
        KubernetesGlance glance = new KubernetesGlance();
        for (Block block : file.blocks()) {
            glance.inMetadata = false;
            for (Row row : block.rows()) {
                if (!row.kind().equals(otherSide) && !row.kind().equals(ChangeLine.NOTE)) {
                    glance.line(row.text());
                }
            }
        }
        boolean one = !glance.several && !glance.apiVersion.isEmpty() && !glance.kind.isEmpty();
        return one ? Optional.of(glance) : Optional.empty();
    }

    private void line(String line) {
        Matcher top = TOP.matcher(line);
        if (top.matches()) {
            inMetadata = top.group(1).equals("metadata");
            indent = -1;
            several |= top.group(1).equals("kind") && !kind.isEmpty();
            if (top.group(1).equals("apiVersion")) {
                apiVersion = plain(top.group(2));
            } else if (top.group(1).equals("kind")) {
                kind = plain(top.group(2));
            }
            return;
        }
        int depth = line.length() - line.stripLeading().length();
        if (depth == 0 && !line.isBlank()) {
            inMetadata = false;
            several |= line.equals("---") && !kind.isEmpty();
        }
        Matcher inner = INNER.matcher(line);
        if (inMetadata && (indent < 0 || depth == indent) && !line.isBlank()) {
            indent = depth;
            if (inner.matches()) {
                if (inner.group(1).equals("name")) {
                    name = inner.group(2);
                } else {
                    namespace = inner.group(2);
                }
            }
        }
    }

    private static String plain(String value) {
        return value.replace("\"", "").replace("'", "");
    }
}
