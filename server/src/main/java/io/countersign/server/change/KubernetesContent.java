package io.countersign.server.change;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Manifests that are applied to a cluster, object by object; what is there already is not in the payload. */
public record KubernetesContent(
        @Schema(allowableValues = "kubernetes") String kind, List<Manifest> manifests) implements ChangeContent {

    /** One object, with the lines that describe it. */
    public record Manifest(DiffContent.KubernetesObject object, List<ChangeLine> lines) {}
}
