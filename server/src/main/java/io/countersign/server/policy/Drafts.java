package io.countersign.server.policy;

import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BindingRules;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Finding;
import io.countersign.core.policy.Template;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.platform.Duplicates;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.policy.PolicyChanges.BindingForm;
import io.countersign.server.policy.PolicyStore.TemplateRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Changes of the rules that nobody has saved; they are read as saving would read them, and refused for the same. */
@Service
public class Drafts {

    private static final int MOST_BINDINGS = 100;
    private static final String UNSAVED = "unsaved";

    /** Where a template would be bound; a saved one is bound like this with its id. */
    public record DraftBinding(
            String level,
            @Nullable String targetId,
            @Nullable String environmentName,
            @Nullable List<String> actions) {}

    /**
     * A change of the rules as people write it.
     *
     * @param template the new content, or none when only bindings change
     * @param templateId the saved template that is changed or bound, by id or name; none for a new one
     * @param bindings where it would be bound further
     * @param removedBindings bindings that would end
     */
    public record DraftForm(
            @Nullable TemplateForm template,
            @Nullable String templateId,
            @Nullable List<DraftBinding> bindings,
            @Nullable List<String> removedBindings) {}

    /**
     * What it would put in place of what.
     *
     * @param name the template's name
     * @param saved whether there is such a template already
     * @param endedBindings ids of the bindings that end or whose template is another then
     * @param rules the rules that come
     * @param warnings what saving would warn of
     */
    public record Draft(
            String name, boolean saved, Set<String> endedBindings, List<BoundTemplate> rules, List<Finding> warnings) {
        public Draft {
            endedBindings = Set.copyOf(endedBindings);
            rules = List.copyOf(rules);
            warnings = List.copyOf(warnings);
        }
    }

    private final PolicyChanges changes;
    private final PolicyStore store;

    Drafts(PolicyChanges changes, PolicyStore store) {
        this.changes = changes;
        this.store = store;
    }

    /** Reads a draft against the rules and people of one moment; a problem names the field that is wrong. */
    public Draft read(DraftForm form, DirectoryImage image, PolicyImage policies, Instant now) {
        List<DraftBinding> bindings = form.bindings() == null ? List.of() : form.bindings();
        List<String> removed = form.removedBindings() == null ? List.of() : form.removedBindings();
        demandSomething(form, bindings, removed);
        Set<String> ended = removed(removed, policies);
        if (form.template() == null && form.templateId() == null) {
            return new Draft(nameOf(ended, policies), true, ended, List.of(), List.of());
        }
        Optional<TemplateRow> saved =
                Optional.ofNullable(form.templateId()).map(name -> live(image.organizationId(), name));
        List<Finding> warnings = new ArrayList<>();
        Template template = template(form.template(), saved, image, now, warnings);
        List<BoundTemplate> rules = new ArrayList<>();
        for (BoundTemplate rule : policies.inForce()) {
            boolean rewritten = form.template() != null && rule.template().id().equals(template.id());
            if (rewritten && ended.add(rule.binding().id())) {
                rules.add(new BoundTemplate(rule.binding(), template));
            }
        }
        rules.addAll(bound(bindings, template, image, warnings));
        if (rules.isEmpty() && ended.isEmpty()) {
            throw ProblemException.badField(
                    "missing",
                    "bindings",
                    "`" + template.spec().name() + "` is bound to nothing: say where to bind it");
        }
        return new Draft(template.spec().name(), saved.isPresent(), ended, rules, warnings);
    }

    private static void demandSomething(DraftForm form, List<DraftBinding> bindings, List<String> removed) {
        if (form.template() == null && bindings.isEmpty() && removed.isEmpty()) {
            throw ProblemException.badField(
                    "missing", "template", "nothing would change: give a template, bindings to add or bindings to end");
        }
        if (form.template() == null && form.templateId() == null && !bindings.isEmpty()) {
            throw ProblemException.badField("missing", "templateId", "say which template these bindings are of");
        }
        if (bindings.size() > MOST_BINDINGS || removed.size() > MOST_BINDINGS) {
            throw ProblemException.badField(
                    "too-many",
                    bindings.size() > MOST_BINDINGS ? "bindings" : "removedBindings",
                    "at most " + MOST_BINDINGS + " bindings can be tried at once");
        }
    }

    private static Set<String> removed(List<String> ids, PolicyImage policies) {
        Set<String> ended = new LinkedHashSet<>();
        for (String id : ids) {
            if (policies.inForce().stream()
                    .noneMatch(rule -> rule.binding().id().equals(id))) {
                throw ProblemException.badField(
                        "unknown-binding", "removedBindings", "there is no binding `" + id + "`");
            }
            ended.add(id);
        }
        Duplicates.demandNone("removedBindings", ids, ids);
        return ended;
    }

    private Template template(
            @Nullable TemplateForm form,
            Optional<TemplateRow> saved,
            DirectoryImage image,
            Instant now,
            List<Finding> warnings) {
        if (form == null) {
            return Policies.template(saved.orElseThrow());
        }
        PolicyChanges.Read read = changes.read(form, image, now);
        warnings.addAll(read.warnings());
        return saved.map(row -> new Template(row.id(), row.currentVersion() + 1, read.spec()))
                .orElseGet(() -> new Template(UNSAVED, 1, read.spec()));
    }

    private static List<BoundTemplate> bound(
            List<DraftBinding> bindings, Template template, DirectoryImage image, List<Finding> warnings) {
        List<BoundTemplate> rules = new ArrayList<>();
        for (int i = 0; i < bindings.size(); i++) {
            Binding binding = binding(bindings.get(i), "bindings[" + i + "]", template, image);
            rules.add(new BoundTemplate(binding, template));
            BindingRules.warnings(binding, template.spec(), image.environments()).stream()
                    .filter(warning -> warnings.stream().noneMatch(known -> known.equals(warning)))
                    .forEach(warnings::add);
        }
        return rules;
    }

    private static Binding binding(DraftBinding draft, String field, Template template, DirectoryImage image) {
        BindingForm form = new BindingForm(
                template.id(), draft.level(), draft.targetId(), draft.environmentName(), draft.actions());
        TemplateSpec spec = template.spec();
        try {
            return PolicyChanges.binding(form, template.id(), spec, image);
        } catch (ProblemException wrong) {
            throw wrong.problem()
                    .faults(wrong.problem().violations().stream()
                            .map(fault -> Fault.of(fault.code(), field + "." + fault.field(), fault.message()))
                            .toList())
                    .raise();
        }
    }

    private static String nameOf(Set<String> ended, PolicyImage policies) {
        return policies.inForce().stream()
                .filter(rule -> ended.contains(rule.binding().id()))
                .map(rule -> rule.template().spec().name())
                .findFirst()
                .orElse("");
    }

    private TemplateRow live(String orgId, String name) {
        return store.template(orgId, name)
                .or(() -> store.liveIdOfName(orgId, name).flatMap(id -> store.template(orgId, id)))
                .filter(row -> row.archivedAt() == null)
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-template", "templateId", "there is no template `" + name + "`"));
    }
}
