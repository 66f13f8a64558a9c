package io.countersign.server.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.server.directory.EnvironmentStore.EnvironmentRow;
import io.countersign.server.directory.ProjectStore.ProjectRow;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The shapes in which the things that are gated are shown. */
final class ThingViews {

    private ThingViews() {}

    /** A project or a cluster. */
    record ThingView(String id, String name, String description, long version) {

        static ThingView of(ProjectRow row) {
            return new ThingView(row.id(), row.name(), row.description(), row.version());
        }
    }

    /** An environment. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EnvironmentView(
            String id,
            String projectId,
            String name,
            String path,
            String tier,
            @Nullable String clusterId,
            boolean frozen,
            @Nullable Instant frozenAt,
            @Nullable String frozenBy,
            @Nullable String freezeReason,
            long version) {

        static EnvironmentView of(EnvironmentRow row, DirectoryImage image) {
            return new EnvironmentView(
                    row.id(),
                    row.projectId(),
                    row.name(),
                    image.nameOf(row.projectId()).orElse(row.projectId()) + "/" + row.name(),
                    row.tier().name().toLowerCase(Locale.ROOT),
                    row.clusterId(),
                    row.frozenAt() != null,
                    row.frozenAt(),
                    row.frozenBy(),
                    row.freezeReason(),
                    row.version());
        }
    }
}
