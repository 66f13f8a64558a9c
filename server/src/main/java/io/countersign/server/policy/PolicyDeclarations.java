package io.countersign.server.policy;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.declaration.Declared;
import io.countersign.core.declaration.DeclaredKind;
import io.countersign.core.declaration.Difference;
import io.countersign.core.declaration.Difference.Altered;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.Template;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.PresentDirectory;
import io.countersign.server.platform.Ids;
import io.countersign.server.policy.PolicyChanges.Read;
import io.countersign.server.policy.PolicyStore.BindingRow;
import io.countersign.server.policy.PolicyStore.TemplateRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The rules, read and changed as a whole: for policy as code. */
@Service
public class PolicyDeclarations {

    /**
     * The rules as files would declare them.
     *
     * @param gone ids that templates still name though nobody and nothing has them any more
     */
    public record PresentRules(List<Declared> things, Set<String> gone) {}

    private final PolicyStore store;
    private final PolicyChanges changes;
    private final Directory directory;

    PolicyDeclarations(PolicyStore store, PolicyChanges changes, Directory directory) {
        this.store = store;
        this.changes = changes;
        this.directory = directory;
    }

    /** What there is, as the present transaction sees it; bindings to what is no more are not among it. */
    public PresentRules present(String organizationId, PresentDirectory names) {
        List<Declared> things = new ArrayList<>();
        Map<String, String> templates = new HashMap<>();
        Set<String> gone = new HashSet<>();
        SpecNames handles = new SpecNames(names::nameOf, names::nameOf);
        for (TemplateRow row : store.live(organizationId)) {
            TemplateSpec spec = Policies.template(row).spec();
            named(spec).filter(id -> !names.has(id)).forEach(gone::add);
            things.add(new Declared.Policy(handles.in(spec)));
            templates.put(row.id(), spec.name());
        }
        for (BindingRow row : live(organizationId)) {
            bond(row.binding(), templates, names).ifPresent(things::add);
        }
        return new PresentRules(things, Set.copyOf(gone));
    }

    private List<BindingRow> live(String organizationId) {
        return store.bindingsSince(organizationId, store.now()).stream()
                .filter(row -> row.endedAt() == null)
                .toList();
    }

    private static Stream<String> named(TemplateSpec spec) {
        Stream<String> escalation = spec.escalation() == null
                ? Stream.of()
                : Stream.concat(
                        spec.escalation().approvers().users().stream(), spec.escalation().approvers().teams().stream());
        return Stream.of(
                        spec.approvers().users().stream(),
                        spec.approvers().teams().stream(),
                        spec.quorum().requiredUserIds().stream(),
                        spec.quorum().requiredTeamIds().stream(),
                        escalation)
                .flatMap(names -> names);
    }

    private static Optional<Declared.Bond> bond(
            Binding binding, Map<String, String> templates, PresentDirectory names) {
        String template = templates.get(binding.templateId());
        String target = binding.targetId();
        if (template == null || (target != null && !names.has(target))) {
            return Optional.empty();
        }
        return Optional.of(new Declared.Bond(
                template,
                binding.level(),
                target == null ? null : names.nameOf(target),
                binding.environmentName(),
                new TreeSet<>(binding.actions())));
    }

    /**
     * Does what a difference says about templates and bindings, with an entry for each; call it within
     * {@link io.countersign.server.directory.DirectoryDeclarations#change}, after people and places.
     *
     * @param before names as they were when the difference was made
     * @param after names as they are now
     */
    public void write(Actor actor, Difference difference, PresentDirectory before, PresentDirectory after) {
        if (difference.steps().stream().noneMatch(PolicyDeclarations::isRule)) {
            return;
        }
        Instant now = store.now();
        Map<String, TemplateRow> rows = store.live(actor.organizationId()).stream()
                .collect(Collectors.toMap(row -> row.form().name().toLowerCase(Locale.ROOT), row -> row));
        end(actor, difference, rows, before, now);
        DirectoryImage image = directory.at(actor.organizationId(), 0);
        Map<String, Template> templates = new HashMap<>();
        rows.forEach((name, row) -> templates.put(name, Policies.template(row)));
        save(actor, difference, rows, templates, after, image, now);
        for (Declared.Bond bond : difference.added(Declared.Bond.class)) {
            Template template =
                    Objects.requireNonNull(templates.get(bond.template().toLowerCase(Locale.ROOT)));
            changes.bind(actor, binding(bond, template.id(), after), template, image, now);
        }
    }

    private static boolean isRule(Difference.Step step) {
        return step.thing().kind() == DeclaredKind.TEMPLATE || step.thing().kind() == DeclaredKind.BINDING;
    }

    private void end(
            Actor actor, Difference difference, Map<String, TemplateRow> rows, PresentDirectory names, Instant now) {
        Set<String> ended = new HashSet<>();
        for (Declared.Policy policy : difference.removed(Declared.Policy.class)) {
            TemplateRow row = rows.remove(policy.key());
            if (row != null) {
                changes.archive(actor, row, now);
                ended.add(row.id());
            }
        }
        Set<String> removed = difference.removed(Declared.Bond.class).stream()
                .map(Declared.Bond::key)
                .collect(Collectors.toSet());
        if (removed.isEmpty()) {
            return;
        }
        Map<String, String> templates = new HashMap<>();
        rows.values().forEach(row -> templates.put(row.id(), row.form().name()));
        for (BindingRow row : live(actor.organizationId())) {
            boolean gone = bond(row.binding(), templates, names)
                    .filter(bond -> removed.contains(bond.key()))
                    .isPresent();
            if (gone && !ended.contains(row.binding().templateId())) {
                changes.unbind(actor, row.binding(), now);
            }
        }
    }

    private void save(
            Actor actor,
            Difference difference,
            Map<String, TemplateRow> rows,
            Map<String, Template> templates,
            PresentDirectory names,
            DirectoryImage image,
            Instant now) {
        SpecNames known = new SpecNames(
                handle -> names.id(DeclaredKind.PERSON, handle).orElse(handle),
                handle -> names.id(DeclaredKind.TEAM, handle).orElse(handle));
        for (Declared.Policy policy : difference.added(Declared.Policy.class)) {
            Read read = changes.checked(known.in(policy.spec()), List.of(), image, now);
            templates.put(policy.key(), new Template(changes.create(actor, read, now), 1, read.spec()));
        }
        for (Altered<Declared.Policy> policy : difference.altered(Declared.Policy.class)) {
            TemplateRow row = Objects.requireNonNull(rows.get(policy.after().key()));
            Read read = changes.checked(known.in(policy.after().spec()), List.of(), image, now);
            changes.save(actor, row, read, image, now);
            templates.put(policy.after().key(), new Template(row.id(), row.currentVersion() + 1, read.spec()));
        }
    }

    private static Binding binding(Declared.Bond bond, String templateId, PresentDirectory names) {
        String target = bond.target();
        return new Binding(
                Ids.next("bnd"),
                templateId,
                bond.level(),
                target == null ? null : targetId(bond.level(), target, names),
                bond.environmentName(),
                bond.actions());
    }

    private static @Nullable String targetId(ResourceLevel level, String name, PresentDirectory names) {
        return switch (level) {
            case ORGANIZATION -> null;
            case PROJECT -> names.id(DeclaredKind.PROJECT, name).orElseThrow();
            case CLUSTER -> names.id(DeclaredKind.CLUSTER, name).orElseThrow();
            case ENVIRONMENT -> names.id(DeclaredKind.ENVIRONMENT, name).orElseThrow();
        };
    }
}
