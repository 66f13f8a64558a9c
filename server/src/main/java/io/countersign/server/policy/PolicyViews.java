package io.countersign.server.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.Finding;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.policy.PolicyStore.BindingRow;
import io.countersign.server.policy.PolicyStore.TemplateRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes in which rules are shown. */
final class PolicyViews {

    private PolicyViews() {}

    /**
     * A template in one of its versions.
     *
     * @param names what people call the people, teams, roles and environments whose ids it holds, and its author
     * @param chances whether and by whom it could be met now; of live templates in their current version only
     * @param calendar when it applies; none when the time does not matter
     * @param boundTo some of its bindings
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TemplateView(
            String id,
            int version,
            @JsonUnwrapped TemplateForm template,
            List<Finding> warnings,
            String author,
            Instant savedAt,
            @Nullable Instant archivedAt,
            int bindings,
            @Nullable Map<String, String> names,
            @Nullable Chances chances,
            @Nullable PolicyCalendar calendar,
            @Nullable List<BoundPlace> boundTo) {

        static TemplateView of(TemplateRow row) {
            return of(row, null, null, null, null);
        }

        static TemplateView of(
                TemplateRow row,
                @Nullable Map<String, String> names,
                @Nullable Chances chances,
                @Nullable PolicyCalendar calendar,
                @Nullable List<BoundPlace> boundTo) {
            return new TemplateView(
                    row.id(),
                    row.version(),
                    row.form(),
                    row.warnings(),
                    row.author(),
                    row.savedAt(),
                    row.archivedAt(),
                    row.bindings(),
                    names,
                    chances,
                    calendar,
                    boundTo);
        }
    }

    /** Where a template is bound, in short. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BoundPlace(
            String bindingId,
            String level,
            @Nullable String targetId,
            @Nullable String targetName,
            @Nullable String environmentName,
            List<String> actions) {

        static BoundPlace of(Binding binding, DirectoryImage image) {
            return new BoundPlace(
                    binding.id(),
                    wordOf(binding),
                    binding.targetId(),
                    nameOf(binding.targetId(), image),
                    binding.environmentName(),
                    binding.actions().stream().sorted().toList());
        }
    }

    /**
     * A binding.
     *
     * @param targetName what people call what it is bound to
     * @param createdByName what people call who bound it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BindingView(
            String id,
            String templateId,
            String level,
            @Nullable String targetId,
            @Nullable String targetName,
            @Nullable String environmentName,
            List<String> actions,
            String createdBy,
            @Nullable String createdByName,
            Instant createdAt,
            @Nullable List<Finding> warnings) {

        static BindingView of(BindingRow row, DirectoryImage image, @Nullable List<Finding> warnings) {
            Binding binding = row.binding();
            return new BindingView(
                    binding.id(),
                    binding.templateId(),
                    wordOf(binding),
                    binding.targetId(),
                    nameOf(binding.targetId(), image),
                    binding.environmentName(),
                    binding.actions().stream().sorted().toList(),
                    row.createdBy(),
                    nameOf(row.createdBy(), image),
                    row.createdAt(),
                    warnings);
        }
    }

    private static String wordOf(Binding binding) {
        return binding.level().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String nameOf(@Nullable String id, DirectoryImage image) {
        return id == null ? null : image.nameOf(id).orElse(null);
    }
}
