package io.countersign.server.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.countersign.core.policy.Finding;
import io.countersign.server.policy.PolicyStore.BindingRow;
import io.countersign.server.policy.PolicyStore.TemplateRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The shapes in which rules are shown. */
final class PolicyViews {

    private PolicyViews() {}

    /** A template in one of its versions. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TemplateView(
            String id,
            int version,
            @JsonUnwrapped TemplateForm template,
            List<Finding> warnings,
            String author,
            Instant savedAt,
            @Nullable Instant archivedAt,
            int bindings) {

        static TemplateView of(TemplateRow row) {
            return new TemplateView(
                    row.id(),
                    row.version(),
                    row.form(),
                    row.warnings(),
                    row.author(),
                    row.savedAt(),
                    row.archivedAt(),
                    row.bindings());
        }
    }

    /** A binding. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BindingView(
            String id,
            String templateId,
            String level,
            @Nullable String targetId,
            @Nullable String environmentName,
            List<String> actions,
            String createdBy,
            Instant createdAt,
            @Nullable List<Finding> warnings) {

        static BindingView of(BindingRow row, @Nullable List<Finding> warnings) {
            return new BindingView(
                    row.binding().id(),
                    row.binding().templateId(),
                    row.binding().level().name().toLowerCase(Locale.ROOT),
                    row.binding().targetId(),
                    row.binding().environmentName(),
                    row.binding().actions().stream().sorted().toList(),
                    row.createdBy(),
                    row.createdAt(),
                    warnings);
        }
    }
}
