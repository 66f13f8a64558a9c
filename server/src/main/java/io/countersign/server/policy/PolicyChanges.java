package io.countersign.server.policy;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.approval.Outlook;
import io.countersign.core.approval.Prospect;
import io.countersign.core.audit.PolicyEntry;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BindingRules;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Finding;
import io.countersign.core.policy.Template;
import io.countersign.core.policy.TemplateRules;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Epochs;
import io.countersign.server.directory.UnknownAction;
import io.countersign.server.platform.Duplicates;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.policy.PolicyStore.BindingRow;
import io.countersign.server.policy.PolicyStore.TemplateRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Saves, binds and archives templates; what could never be met, or means nothing, is refused with the reason. */
@Service
class PolicyChanges {

    /** Where a template is to be bound. */
    record BindingForm(
            String templateId,
            String level,
            @Nullable String targetId,
            @Nullable String environmentName,
            @Nullable List<String> actions) {}

    /** A template as read from a form, with what is worth a second look. */
    record Read(TemplateSpec spec, List<Finding> warnings) {}

    private static final int MAX_ENVIRONMENT_NAME = 120;

    private final TransactionTemplate transactions;
    private final Epochs epochs;
    private final Directory directory;
    private final PolicyStore store;
    private final AuditLog log;

    PolicyChanges(
            TransactionTemplate transactions, Epochs epochs, Directory directory, PolicyStore store, AuditLog log) {
        this.transactions = transactions;
        this.epochs = epochs;
        this.directory = directory;
        this.store = store;
        this.log = log;
    }

    TemplateRow create(Actor actor, TemplateForm form) {
        return change(actor, (image, now) -> row(actor, create(actor, read(form, image, now), now)));
    }

    /** Saves a new template as a part of a change that is under way; answers its id. */
    String create(Actor actor, Read read, Instant now) {
        String id = Ids.next("tpl");
        TemplateForm saved = TemplateForm.of(read.spec());
        if (!store.insertTemplate(actor.organizationId(), id, saved.name(), actor.principalId(), now)) {
            throw nameTaken(saved.name());
        }
        store.insertVersion(actor.organizationId(), id, 1, saved, read.warnings(), actor.principalId(), now);
        log.append(
                actor,
                new PolicyEntry.TemplateCreated(
                        id, saved.name(), 1, PolicyContents.of(read.spec()), codes(read.warnings())),
                null);
        return id;
    }

    TemplateRow update(Actor actor, String id, int expectedVersion, TemplateForm form) {
        return change(actor, (image, now) -> {
            TemplateRow present = live(actor, id);
            if (present.currentVersion() != expectedVersion) {
                throw Problem.of(
                                412,
                                "version-changed",
                                "version " + present.currentVersion() + " is in force, not " + expectedVersion)
                        .remedy("read it again and make your change to what is there now")
                        .raise();
            }
            save(actor, present, read(form, image, now), image, now);
            return row(actor, id);
        });
    }

    /** Saves a new version of a template as a part of a change that is under way. */
    void save(Actor actor, TemplateRow present, Read read, DirectoryImage image, Instant now) {
        String id = present.id();
        store.bindings(actor.organizationId(), id, "", Integer.MAX_VALUE)
                .forEach(row -> LockOutGuard.demandSafe(
                        row.binding(), new Template(id, present.currentVersion() + 1, read.spec()), image, now));
        TemplateForm saved = TemplateForm.of(read.spec());
        if (!store.supersede(
                actor.organizationId(), id, present.currentVersion(), saved.name(), actor.principalId(), now)) {
            throw nameTaken(saved.name());
        }
        int version = present.currentVersion() + 1;
        store.insertVersion(actor.organizationId(), id, version, saved, read.warnings(), actor.principalId(), now);
        log.append(
                actor,
                new PolicyEntry.TemplateChanged(
                        id, saved.name(), version, PolicyContents.of(read.spec()), codes(read.warnings())),
                null);
    }

    TemplateRow archive(Actor actor, String id) {
        return change(actor, (_, now) -> {
            archive(actor, live(actor, id), now);
            return row(actor, id);
        });
    }

    /** Archives a template as a part of a change that is under way. */
    void archive(Actor actor, TemplateRow present, Instant now) {
        String id = present.id();
        List<String> ended = store.endBindingsOf(actor.organizationId(), id, actor.principalId(), now);
        store.archive(actor.organizationId(), id, actor.principalId(), now);
        log.append(actor, new PolicyEntry.TemplateArchived(id, present.form().name(), ended), null);
    }

    /** A new binding and what is worth a second look about it. */
    record Bound(BindingRow row, List<Finding> warnings) {}

    Bound bind(Actor actor, BindingForm form) {
        return change(actor, (image, now) -> {
            TemplateRow template = live(actor, form.templateId());
            TemplateSpec spec = Policies.template(template).spec();
            Binding binding = binding(form, template.id(), spec, image);
            bind(actor, binding, Policies.template(template), image, now);
            return new Bound(
                    store.binding(actor.organizationId(), binding.id()).orElseThrow(),
                    BindingRules.warnings(binding, spec, image.environments()));
        });
    }

    /** Binds a template as a part of a change that is under way. */
    void bind(Actor actor, Binding binding, Template template, DirectoryImage image, Instant now) {
        LockOutGuard.demandSafe(binding, template, image, now);
        store.insertBinding(actor.organizationId(), binding, actor.principalId(), now);
        log.append(
                actor,
                new PolicyEntry.BindingCreated(
                        binding.id(),
                        binding.templateId(),
                        binding.level().name().toLowerCase(Locale.ROOT),
                        binding.targetId(),
                        binding.environmentName(),
                        binding.actions().stream().sorted().toList()),
                null);
    }

    void unbind(Actor actor, String bindingId) {
        change(actor, (_, now) -> {
            BindingRow row = store.binding(actor.organizationId(), bindingId)
                    .filter(found -> found.endedAt() == null)
                    .orElseThrow(() -> ProblemException.notFound("binding", bindingId));
            unbind(actor, row.binding(), now);
            return bindingId;
        });
    }

    /** Ends a binding as a part of a change that is under way. */
    void unbind(Actor actor, Binding binding, Instant now) {
        store.endBinding(actor.organizationId(), binding.id(), actor.principalId(), now);
        log.append(actor, new PolicyEntry.BindingRemoved(binding.id(), binding.templateId()), null);
    }

    /** A template that is well formed, and why it could not be saved all the same. */
    record Unsaved(Read read, List<Finding> refusals) {}

    /** Reads a form that nobody saves; what nobody could meet is told and not refused. */
    Unsaved unsaved(TemplateForm form, DirectoryImage image, Instant now) {
        TemplateReader reader = reader(image);
        TemplateSpec spec = reader.read(form);
        List<Finding> problems = new ArrayList<>(reader.problems());
        problems.addAll(TemplateRules.problems(spec));
        demandNone(problems);
        return new Unsaved(
                new Read(spec, TemplateRules.warnings(spec, image.environments())), unsatisfiable(spec, image, now));
    }

    private static TemplateReader reader(DirectoryImage image) {
        return new TemplateReader(new TemplateReader.Names(
                image::personId, image::teamId, name -> Optional.of(name).filter(image.roles()::containsKey)));
    }

    /** Reads a form against the people there are; throws a problem that lists everything wrong with it. */
    Read read(TemplateForm form, DirectoryImage image, Instant now) {
        TemplateReader reader = reader(image);
        TemplateSpec spec = reader.read(form);
        return checked(spec, reader.problems(), image, now);
    }

    /** The same for content whose names have become ids; what is wrong with those is added to. */
    Read checked(TemplateSpec spec, List<Finding> names, DirectoryImage image, Instant now) {
        List<Finding> problems = new ArrayList<>(names);
        problems.addAll(TemplateRules.problems(spec));
        if (problems.isEmpty()) {
            problems.addAll(unsatisfiable(spec, image, now));
        }
        demandNone(problems);
        return new Read(spec, TemplateRules.warnings(spec, image.environments()));
    }

    private static void demandNone(List<Finding> problems) {
        if (!problems.isEmpty()) {
            throw Problem.of(
                            400,
                            "invalid-policy",
                            "the policy cannot be saved: " + problems.getFirst().sentence())
                    .remedy("mend the fields named in violations")
                    .faults(problems.stream()
                            .map(found -> Fault.of(found.code(), found.field(), found.sentence()))
                            .toList())
                    .raise();
        }
    }

    private static List<Finding> unsatisfiable(TemplateSpec spec, DirectoryImage image, Instant now) {
        Outlook outlook = Prospect.of(
                new BoundTemplate(
                                new Binding("", "", ResourceLevel.ORGANIZATION, null, null, Set.of()),
                                new Template("", 1, spec))
                        .requirement(),
                image.people(),
                now);
        if (!outlook.unsatisfiable()) {
            return List.of();
        }
        return List.of(new Finding(
                "cannot-be-met",
                "quorum",
                "nobody could meet this quorum: "
                        + eligibleInWords(outlook.eligible().size())));
    }

    private static String eligibleInWords(int people) {
        return switch (people) {
            case 0 -> "there is nobody who may approve it now";
            case 1 -> "only one person may approve it now, and that is not enough";
            default -> people + " people may approve it now, and all of them together are not enough";
        };
    }

    /** The binding a form stands for, or a problem with the field that is wrong. */
    static Binding binding(BindingForm form, String templateId, TemplateSpec spec, DirectoryImage image) {
        ResourceLevel level = level(form.level());
        if (!spec.scope().contains(level)) {
            throw ProblemException.badField(
                    "outside-scope", "level", "`" + spec.name() + "` may not be bound to this level");
        }
        Set<String> actions = actions(form.actions(), level, image);
        @Nullable String target = form.targetId();
        @Nullable String name = form.environmentName();
        boolean byName = name != null;
        if (byName && level != ResourceLevel.ENVIRONMENT) {
            throw ProblemException.badField(
                    "not-here", "environmentName", "environmentName goes with level environment");
        }
        if (name != null && (name.isBlank() || name.length() > MAX_ENVIRONMENT_NAME)) {
            throw ProblemException.badField(
                    "wrong-value",
                    "environmentName",
                    "`environmentName` is 1 to " + MAX_ENVIRONMENT_NAME + " characters");
        }
        if (target != null && (byName || level == ResourceLevel.ORGANIZATION)) {
            throw ProblemException.badField("not-here", "targetId", "targetId does not go with this binding");
        }
        if (level != ResourceLevel.ORGANIZATION && !byName) {
            if (target == null) {
                throw ProblemException.badField("missing", "targetId", "targetId names the " + form.level());
            }
            String named = target;
            target = image.resourceId(level, named)
                    .orElseThrow(() -> ProblemException.badField(
                            "unknown-target", "targetId", "there is no " + form.level() + " `" + named + "`"));
        }
        return new Binding(Ids.next("bnd"), templateId, level, target, name, actions);
    }

    private static Set<String> actions(@Nullable List<String> names, ResourceLevel level, DirectoryImage image) {
        if (names == null) {
            return Set.of();
        }
        if (names.isEmpty()) {
            throw ProblemException.badField(
                    "empty-list", "actions", "an empty list would match nothing; leave actions out to match all");
        }
        for (String name : names) {
            var type = image.actions().find(name).orElseThrow(() -> UnknownAction.named("actions", name));
            if (!BindingRules.reachable(level, type.level())) {
                throw ProblemException.badField(
                        "never-applies",
                        "actions",
                        "`" + name + "` never happens on this level, so the binding would never apply");
            }
        }
        Duplicates.demandNone("actions", names, names);
        return Set.copyOf(names);
    }

    private static ResourceLevel level(String word) {
        for (ResourceLevel level : ResourceLevel.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(word)) {
                return level;
            }
        }
        throw ProblemException.badField(
                "unknown-level", "level", "`" + word + "` is none of organization, project, cluster, environment");
    }

    private TemplateRow live(Actor actor, String name) {
        Optional<TemplateRow> row = store.template(actor.organizationId(), name)
                .or(() -> store.liveIdOfName(actor.organizationId(), name)
                        .flatMap(id -> store.template(actor.organizationId(), id)));
        return row.filter(found -> found.archivedAt() == null)
                .orElseThrow(() -> ProblemException.notFound("template", name));
    }

    private TemplateRow row(Actor actor, String id) {
        return store.template(actor.organizationId(), id).orElseThrow();
    }

    /** One change of the rules: nobody decides by them meanwhile, and every node learns of the new epoch. */
    private <T> T change(Actor actor, BiFunction<DirectoryImage, Instant, T> act) {
        return transactions.execute(_ -> {
            long epoch = epochs.change(actor.organizationId());
            store.changed(actor.organizationId(), epoch);
            return act.apply(directory.at(actor.organizationId(), epoch), store.now());
        });
    }

    private static ProblemException nameTaken(String name) {
        return Problem.of(409, "name-taken", "another policy is called `" + name + "`")
                .remedy("choose another name, or archive the other one")
                .raise();
    }

    private static List<String> codes(List<Finding> warnings) {
        return warnings.stream().map(Finding::code).distinct().toList();
    }
}
