package io.countersign.core.declaration;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import io.countersign.core.policy.Template;
import io.countersign.core.policy.TemplateSpec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One declared thing. Others are named by handle or name; what is null in it is left as it is. */
public sealed interface Declared {

    DeclaredKind kind();

    /** What people call it, unique within its kind but for upper and lower case. */
    String name();

    /** What it says, in the one order it is written in and without what it would be anyway. */
    Map<String, Object> tree();

    /** The same, with everything it leaves as it is taken from what is there. */
    default Declared over(Declared present) {
        return this;
    }

    /** What tells it from others of its kind. */
    default String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A person; how he signs in is never declared. */
    record Person(
            String handle,
            String fullName,
            @Nullable String email,
            @Nullable Boolean active) implements Declared {

        @Override
        public DeclaredKind kind() {
            return DeclaredKind.PERSON;
        }

        @Override
        public String name() {
            return handle;
        }

        @Override
        public Map<String, Object> tree() {
            return new Tree("handle", handle)
                    .put("name", fullName)
                    .put("email", email)
                    .unless("active", active, true)
                    .map();
        }

        @Override
        public Declared over(Declared present) {
            return active == null && present instanceof Person there
                    ? new Person(handle, fullName, email, there.active)
                    : this;
        }
    }

    /** A team; its members are members of the team above it too. */
    record Team(
            String handle,
            String fullName,
            @Nullable String parent,
            boolean countsAsDistinct,
            @Nullable SortedSet<String> members)
            implements Declared {

        public Team {
            members = members == null ? null : new TreeSet<>(members);
        }

        @Override
        public DeclaredKind kind() {
            return DeclaredKind.TEAM;
        }

        @Override
        public String name() {
            return handle;
        }

        @Override
        public Map<String, Object> tree() {
            return new Tree("handle", handle)
                    .put("name", fullName)
                    .put("parent", parent)
                    .unless("countsAsDistinct", countsAsDistinct, true)
                    .list("members", members)
                    .map();
        }

        @Override
        public Declared over(Declared present) {
            return members == null && present instanceof Team there
                    ? new Team(handle, fullName, parent, countsAsDistinct, there.members)
                    : this;
        }
    }

    /** A role and who holds it; of a built-in one only the holders are declared, and its name is null. */
    record Role(
            String id,
            @Nullable String fullName,
            String description,
            @Nullable SortedSet<String> holders) implements Declared {

        public Role {
            holders = holders == null ? null : new TreeSet<>(holders);
        }

        /** Whether every organization has it. */
        public boolean builtIn() {
            return BuiltIn.ROLES.contains(id);
        }

        @Override
        public DeclaredKind kind() {
            return DeclaredKind.ROLE;
        }

        @Override
        public String name() {
            return id;
        }

        @Override
        public Map<String, Object> tree() {
            return new Tree("id", id)
                    .put("name", fullName)
                    .unless("description", description, "")
                    .list("holders", holders)
                    .map();
        }

        @Override
        public Declared over(Declared present) {
            return holders == null && present instanceof Role there
                    ? new Role(id, fullName, description, there.holders)
                    : this;
        }
    }

    /** A service account or agent; only one that a team owns names who answers for it. */
    record Account(
            String handle,
            String fullName,
            String accountKind,
            String owner,
            @Nullable String accountable,
            @Nullable Boolean active)
            implements Declared {

        @Override
        public DeclaredKind kind() {
            return DeclaredKind.ACCOUNT;
        }

        @Override
        public String name() {
            return handle;
        }

        @Override
        public Map<String, Object> tree() {
            return new Tree("handle", handle)
                    .put("name", fullName)
                    .put("kind", accountKind)
                    .put("owner", owner)
                    .put("accountable", accountable)
                    .unless("active", active, true)
                    .map();
        }

        @Override
        public Declared over(Declared present) {
            return active == null && present instanceof Account there
                    ? new Account(handle, fullName, accountKind, owner, accountable, there.active)
                    : this;
        }
    }

    /** A cluster. */
    record Cluster(String name, String description) implements Declared {

        @Override
        public DeclaredKind kind() {
            return DeclaredKind.CLUSTER;
        }

        @Override
        public Map<String, Object> tree() {
            return new Tree("name", name).unless("description", description, "").map();
        }
    }

    /** A project, without its environments. */
    record Project(String name, String description) implements Declared {

        @Override
        public DeclaredKind kind() {
            return DeclaredKind.PROJECT;
        }

        @Override
        public Map<String, Object> tree() {
            return new Tree("name", name).unless("description", description, "").map();
        }
    }

    /** An environment of a project; a freeze is no part of it. */
    record Environment(
            String project,
            String bareName,
            Tier tier,
            @Nullable String cluster) implements Declared {

        @Override
        public DeclaredKind kind() {
            return DeclaredKind.ENVIRONMENT;
        }

        @Override
        public String name() {
            return project + "/" + bareName;
        }

        @Override
        public Map<String, Object> tree() {
            return new Tree("name", bareName)
                    .put("tier", tier.name().toLowerCase(Locale.ROOT))
                    .put("cluster", cluster)
                    .map();
        }

        /** The project's name and the cluster's are spelled as they are there. */
        @Override
        public Declared over(Declared present) {
            if (!(present instanceof Environment there)) {
                return this;
            }
            boolean same = cluster != null && cluster.equalsIgnoreCase(there.cluster);
            return new Environment(there.project, bareName, tier, same ? there.cluster : cluster);
        }
    }

    /** A template; people, teams and roles stand in it by handle and id, so that it is only a picture of the saved one. */
    record Policy(TemplateSpec spec) implements Declared {

        @Override
        public DeclaredKind kind() {
            return DeclaredKind.TEMPLATE;
        }

        @Override
        public String name() {
            return spec.name();
        }

        /** As a rule that could be counted by. */
        public Template template() {
            return new Template(name(), 1, spec);
        }

        @Override
        public Map<String, Object> tree() {
            return TemplateTree.of(spec);
        }
    }

    /**
     * What a template is bound to; it has no name of its own and is told from others by everything it says.
     *
     * @param target name of the project, the cluster or, as {@code project/name}, the environment; none for the organization
     * @param environmentName an environment name across all projects
     */
    record Bond(
            String template,
            ResourceLevel level,
            @Nullable String target,
            @Nullable String environmentName,
            SortedSet<String> actions)
            implements Declared {

        public Bond {
            actions = new TreeSet<>(actions);
        }

        @Override
        public DeclaredKind kind() {
            return DeclaredKind.BINDING;
        }

        @Override
        public String name() {
            String bound = template + " -> " + to();
            return actions.isEmpty() ? bound : bound + " (" + String.join(", ", actions) + ")";
        }

        /** Where it points, as one word. */
        public String to() {
            return switch (level) {
                case ORGANIZATION -> "organization";
                case PROJECT -> "project:" + target;
                case CLUSTER -> "cluster:" + target;
                case ENVIRONMENT -> environmentName != null ? "*/" + environmentName : String.valueOf(target);
            };
        }

        @Override
        public String key() {
            // An environment name across projects is compared exactly, unlike the names of things.
            return template.toLowerCase(Locale.ROOT) + "\n"
                    + (environmentName == null ? to().toLowerCase(Locale.ROOT) : to()) + "\n"
                    + String.join("\n", actions);
        }

        @Override
        public Map<String, Object> tree() {
            return new Tree("template", template)
                    .put("to", to())
                    .list("actions", actions.isEmpty() ? null : actions)
                    .map();
        }

        /** Two of one key mean the same, however the names in them are spelled. */
        @Override
        public Declared over(Declared present) {
            return present;
        }
    }

    /** Fields in the order they are put. */
    final class Tree {

        private final Map<String, Object> fields = new LinkedHashMap<>();

        Tree() {}

        Tree(String first, String value) {
            fields.put(first, value);
        }

        Tree put(String field, @Nullable Object value) {
            if (value != null) {
                fields.put(field, value);
            }
            return this;
        }

        /** Leaves the field out when it says what would be so anyway. */
        Tree unless(String field, @Nullable Object value, Object otherwise) {
            return otherwise.equals(value) ? this : put(field, value);
        }

        Tree list(String field, @Nullable Set<String> values) {
            return put(field, values == null ? null : values.stream().sorted().toList());
        }

        Map<String, Object> map() {
            return fields;
        }
    }
}
