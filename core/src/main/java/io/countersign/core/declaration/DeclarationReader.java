package io.countersign.core.declaration;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import io.countersign.core.policy.Finding;
import io.countersign.core.policy.TemplateRules;
import io.countersign.core.policy.TemplateSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents given as plain trees: maps, lists, texts, whole numbers, truths and nulls. Everything that is wrong is
 * told, not only the first; what others say about a thing is looked at where all of them are known.
 */
public final class DeclarationReader {

    private final List<DeclarationFault> faults = new ArrayList<>();
    private final ShapeCheck check = new ShapeCheck(faults::add);
    private final Map<String, Declared> things = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final List<Reference> references = new ArrayList<>();
    private final Set<DeclaredKind> sections = EnumSet.noneOf(DeclaredKind.class);
    private final Set<String> projects = new HashSet<>();
    private final Map<String, Declared> handles = new HashMap<>();

    private DeclarationReader() {}

    /**
     * Reads all of them as one declaration.
     *
     * @param documents each as it stands in its file; pointers count them from 0
     */
    public static DeclarationText read(List<? extends @Nullable Object> documents) {
        DeclarationReader reader = new DeclarationReader();
        for (int i = 0; i < documents.size(); i++) {
            reader.document(documents.get(i), "/" + i);
        }
        return new DeclarationText(
                Declaration.part(reader.things.values(), reader.sections, reader.projects),
                List.copyOf(reader.faults),
                Map.copyOf(reader.places),
                List.copyOf(reader.references));
    }

    private void document(@Nullable Object document, String pointer) {
        if (!(document instanceof Map<?, ?> tree)) {
            check.fits(document, Format.DOCUMENT, pointer);
            return;
        }
        Map<Object, Object> head = new HashMap<>();
        tree.forEach((name, value) -> {
            if (!isSection(name) || !(value instanceof List<?>)) {
                head.put(name, value);
            }
        });
        if (!check.fits(head, Format.DOCUMENT, pointer) && !head.containsKey(Format.HEADER)) {
            return;
        }
        for (DeclaredKind kind : DeclaredKind.values()) {
            if (kind != DeclaredKind.ENVIRONMENT && tree.get(kind.section()) instanceof List<?> list) {
                sections.add(kind);
                for (int i = 0; i < list.size(); i++) {
                    thing(kind, list.get(i), pointer + "/" + kind.section() + "/" + i);
                }
            }
        }
    }

    private static boolean isSection(@Nullable Object name) {
        for (DeclaredKind kind : DeclaredKind.values()) {
            if (kind != DeclaredKind.ENVIRONMENT && kind.section().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void thing(DeclaredKind kind, @Nullable Object value, String pointer) {
        Shape shape = Format.DOCUMENT
                .field(kind.section())
                .map(field -> ((Shape.ListOf) field.shape()).element())
                .orElseThrow();
        if (!check.fits(value, shape, pointer) || !(value instanceof Map<?, ?> tree)) {
            return;
        }
        switch (kind) {
            case PERSON -> person(tree, pointer);
            case TEAM -> team(tree, pointer);
            case ROLE -> role(tree, pointer);
            case ACCOUNT -> account(tree, pointer);
            case CLUSTER -> define(new Declared.Cluster(text(tree, "name"), text(tree, "description")), pointer);
            case PROJECT -> project(tree, pointer);
            case TEMPLATE -> template(tree, pointer);
            case BINDING -> binding(tree, pointer);
            case ENVIRONMENT -> {}
        }
    }

    private void person(Map<?, ?> tree, String pointer) {
        define(
                new Declared.Person(
                        handle(tree, "handle"), text(tree, "name"), textOrNull(tree, "email"), truth(tree, "active")),
                pointer);
    }

    private void team(Map<?, ?> tree, String pointer) {
        refer(tree, "parent", pointer, DeclaredKind.TEAM);
        referAll(tree, "members", pointer, DeclaredKind.PERSON);
        define(
                new Declared.Team(
                        handle(tree, "handle"),
                        text(tree, "name"),
                        tree.get("parent") == null ? null : handle(tree, "parent"),
                        !Boolean.FALSE.equals(tree.get("countsAsDistinct")),
                        tree.get("members") == null ? null : TemplateTree.handles(tree.get("members"))),
                pointer);
    }

    private void role(Map<?, ?> tree, String pointer) {
        Declared.Role role = new Declared.Role(
                text(tree, "id"),
                textOrNull(tree, "name"),
                text(tree, "description"),
                tree.get("holders") == null ? null : TemplateTree.handles(tree.get("holders")));
        if (role.builtIn() && (role.fullName() != null || !role.description().isEmpty())) {
            fault(pointer, "role-built-in", "the role `" + role.id() + "` is built in: give its holders, nothing else");
        } else if (!role.builtIn() && role.fullName() == null) {
            String likely = Nearest.likely(role.id(), BuiltIn.ROLES)
                    .map(word -> ", unless you meant the built-in role `" + word + "`")
                    .orElse("");
            fault(pointer, "missing", "`name` is missing: a role of your own needs one" + likely);
        }
        referAll(tree, "holders", pointer, DeclaredKind.PERSON, DeclaredKind.ACCOUNT);
        define(role, pointer);
    }

    private void account(Map<?, ?> tree, String pointer) {
        refer(tree, "owner", pointer, DeclaredKind.PERSON, DeclaredKind.TEAM, DeclaredKind.ACCOUNT);
        refer(tree, "accountable", pointer, DeclaredKind.PERSON);
        define(
                new Declared.Account(
                        handle(tree, "handle"),
                        text(tree, "name"),
                        text(tree, "kind"),
                        handle(tree, "owner"),
                        tree.get("accountable") == null ? null : handle(tree, "accountable"),
                        truth(tree, "active")),
                pointer);
    }

    private void project(Map<?, ?> tree, String pointer) {
        Declared.Project project = new Declared.Project(text(tree, "name"), text(tree, "description"));
        define(project, pointer);
        if (!(tree.get("environments") instanceof List<?> environments)) {
            return;
        }
        projects.add(project.key());
        for (int i = 0; i < environments.size(); i++) {
            if (environments.get(i) instanceof Map<?, ?> environment) {
                String place = pointer + "/environments/" + i;
                refer(environment, "cluster", place, DeclaredKind.CLUSTER);
                define(
                        new Declared.Environment(
                                project.name(),
                                text(environment, "name"),
                                TemplateTree.constant(Tier.class, text(environment, "tier")),
                                textOrNull(environment, "cluster")),
                        place);
            }
        }
    }

    private void template(Map<?, ?> tree, String pointer) {
        boolean whole = hours(TemplateTree.fields(tree, "conditions"), pointer + "/conditions", false);
        List<?> schedules =
                TemplateTree.list(TemplateTree.fields(tree, "conditions").get("schedules"));
        for (int i = 0; i < schedules.size(); i++) {
            whole &= hours((Map<?, ?>) schedules.get(i), pointer + "/conditions/schedules/" + i, true);
        }
        TemplateSpec spec = TemplateTree.read(tree);
        if (whole) {
            for (Finding problem : TemplateRules.problems(spec)) {
                fault(pointer + pointer(problem.field()), problem.code(), problem.sentence());
            }
        }
        named(TemplateTree.fields(tree, "approvers"), pointer + "/approvers");
        named(
                TemplateTree.fields(TemplateTree.fields(tree, "escalation"), "approvers"),
                pointer + "/escalation/approvers");
        Map<?, ?> quorum = TemplateTree.fields(tree, "quorum");
        referAll(quorum, "requiredUserIds", pointer + "/quorum", DeclaredKind.PERSON);
        referAll(quorum, "requiredTeamIds", pointer + "/quorum", DeclaredKind.TEAM);
        referAll(quorum, "requiredOrgRoles", pointer + "/quorum", DeclaredKind.ROLE);
        define(new Declared.Policy(spec), pointer);
    }

    private void named(Map<?, ?> approvers, String pointer) {
        referAll(approvers, "users", pointer, DeclaredKind.PERSON);
        referAll(approvers, "teams", pointer, DeclaredKind.TEAM);
        referAll(approvers, "orgRoles", pointer, DeclaredKind.ROLE);
    }

    private boolean hours(Map<?, ?> window, String pointer, boolean needed) {
        if ((window.get("startHour") == null) != (window.get("endHour") == null)) {
            return fault(pointer, "incomplete", "startHour and endHour go together; give both or none");
        }
        if (needed && window.get("startHour") == null && window.get("weekdays") == null) {
            return fault(pointer, "empty", "a schedule names weekdays, hours or both");
        }
        return true;
    }

    private void binding(Map<?, ?> tree, String pointer) {
        refer(tree, "template", pointer, DeclaredKind.TEMPLATE);
        String to = text(tree, "to");
        ResourceLevel level = ResourceLevel.ENVIRONMENT;
        @Nullable String target = to;
        @Nullable String environmentName = null;
        if (to.equals("organization")) {
            level = ResourceLevel.ORGANIZATION;
            target = null;
        } else if (to.startsWith("project:")) {
            level = ResourceLevel.PROJECT;
            target = to.substring("project:".length());
            references.add(new Reference(pointer + "/to", Set.of(DeclaredKind.PROJECT), target));
        } else if (to.startsWith("cluster:")) {
            level = ResourceLevel.CLUSTER;
            target = to.substring("cluster:".length());
            references.add(new Reference(pointer + "/to", Set.of(DeclaredKind.CLUSTER), target));
        } else if (to.startsWith("*/")) {
            target = null;
            environmentName = to.substring(2);
        } else {
            references.add(new Reference(pointer + "/to", Set.of(DeclaredKind.ENVIRONMENT), to));
        }
        define(
                new Declared.Bond(
                        text(tree, "template"),
                        level,
                        target,
                        environmentName,
                        new TreeSet<>(TemplateTree.texts(tree.get("actions")))),
                pointer);
    }

    private void define(Declared thing, String pointer) {
        String id = DeclarationText.id(thing);
        String first = places.putIfAbsent(id, pointer);
        if (first != null) {
            faults.add(new DeclarationFault(
                    pointer,
                    "declared-twice",
                    "the " + thing.kind().word() + " `" + thing.name() + "` is declared twice",
                    first));
            return;
        }
        things.put(id, thing);
        switch (thing.kind()) {
            case PERSON, TEAM, ACCOUNT -> {
                Declared other = handles.putIfAbsent(thing.key(), thing);
                if (other != null) {
                    faults.add(new DeclarationFault(
                            pointer,
                            "handle-taken",
                            "people, teams and accounts share their handles, and a "
                                    + other.kind().word() + " is called `" + thing.name() + "` already",
                            places.get(DeclarationText.id(other))));
                }
                if (thing.key().equals(BuiltIn.BOOTSTRAP)) {
                    fault(pointer, "handle-taken", "`bootstrap` is the server's own account");
                }
            }
            case ROLE, CLUSTER, PROJECT, ENVIRONMENT, TEMPLATE, BINDING -> {}
        }
    }

    private void refer(Map<?, ?> tree, String field, String pointer, DeclaredKind... kinds) {
        if (tree.get(field) instanceof String name) {
            references.add(new Reference(pointer + "/" + field, Set.of(kinds), spelled(name, kinds)));
        }
    }

    private void referAll(Map<?, ?> tree, String field, String pointer, DeclaredKind... kinds) {
        Collection<?> names = TemplateTree.list(tree.get(field));
        int i = 0;
        for (Object name : names) {
            references.add(new Reference(
                    pointer + "/" + field + "/" + i++, Set.of(kinds), spelled(String.valueOf(name), kinds)));
        }
    }

    private static String spelled(String name, DeclaredKind... kinds) {
        return switch (kinds[0]) {
            case PERSON, TEAM, ACCOUNT -> TemplateTree.handle(name);
            case ROLE, CLUSTER, PROJECT, ENVIRONMENT, TEMPLATE, BINDING -> name;
        };
    }

    private boolean fault(String pointer, String code, String sentence) {
        faults.add(DeclarationFault.of(pointer, code, sentence));
        return false;
    }

    /** A field's path as the rules tell it, such as {@code conditions.schedules[0].startHour}, as a pointer. */
    static String pointer(String field) {
        return "/" + field.replace("[", "/").replace("]", "").replace('.', '/');
    }

    private static String handle(Map<?, ?> tree, String field) {
        return TemplateTree.handle(text(tree, field));
    }

    private static String text(Map<?, ?> tree, String field) {
        return TemplateTree.text(tree, field, "");
    }

    private static @Nullable String textOrNull(Map<?, ?> tree, String field) {
        return tree.get(field) instanceof String text ? text : null;
    }

    private static @Nullable Boolean truth(Map<?, ?> tree, String field) {
        return tree.get(field) instanceof Boolean truth ? truth : null;
    }

    /** That one thing names another, and may mean one of these kinds. */
    record Reference(String pointer, Set<DeclaredKind> kinds, String name) {

        /** What is looked for, in words. */
        String word() {
            return kinds.stream()
                    .sorted()
                    .map(DeclaredKind::word)
                    .reduce((one, other) -> one + " or " + other)
                    .orElse("thing");
        }

        String key() {
            return name.toLowerCase(Locale.ROOT);
        }
    }
}
