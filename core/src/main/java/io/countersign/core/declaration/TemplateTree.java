package io.countersign.core.declaration;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.declaration.Declared.Tree;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Conditions;
import io.countersign.core.policy.Escalation;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.core.policy.VoteReason;
import io.countersign.core.policy.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A template as plain fields, with the policy guide's own names, and back. */
final class TemplateTree {

    private TemplateTree() {}

    static Map<String, Object> of(TemplateSpec spec) {
        Escalation escalation = spec.escalation();
        return new Tree("name", spec.name())
                .unless("description", spec.description(), "")
                .put(
                        "scope",
                        Arrays.stream(ResourceLevel.values())
                                .filter(spec.scope()::contains)
                                .map(TemplateTree::word)
                                .toList())
                .unless("approvers", of(spec.approvers()), Map.of())
                .put("quorum", of(spec.quorum()))
                .unless("conditions", of(spec.conditions()), Map.of())
                .unless("requesterCanApprove", spec.requesterCanApprove(), false)
                .unless("voteReasonRequired", word(spec.voteReasonRequired()), word(VoteReason.ON_DENY))
                .unless("expiresAfter", word(spec.expiresAfter()), word(TemplateSpec.DEFAULT_EXPIRY))
                .unless("grantValidFor", word(spec.grantValidFor()), word(TemplateSpec.DEFAULT_GRANT))
                .put(
                        "escalation",
                        escalation == null
                                ? null
                                : new Tree()
                                        .put("approvers", of(escalation.approvers()))
                                        .put("after", word(escalation.after()))
                                        .map())
                .map();
    }

    private static Map<String, Object> of(Approvers approvers) {
        return new Tree()
                .list("users", some(approvers.users()))
                .list("teams", some(approvers.teams()))
                .list("orgRoles", some(approvers.orgRoles()))
                .map();
    }

    private static Map<String, Object> of(Quorum quorum) {
        return new Tree()
                .put("minApprovals", quorum.minApprovals())
                .unless("minDistinctTeams", quorum.minDistinctTeams(), 0)
                .list("requiredUserIds", some(quorum.requiredUserIds()))
                .list("requiredTeamIds", some(quorum.requiredTeamIds()))
                .list("requiredOrgRoles", some(quorum.requiredOrgRoles()))
                .map();
    }

    private static Map<String, Object> of(Conditions conditions) {
        ZoneId zone = conditions.timezone();
        Tree tree = new Tree()
                .list("environments", some(conditions.environments()))
                .put("environmentPattern", conditions.environmentPattern());
        Window window = conditions.window();
        if (window != null) {
            put(tree, window);
        }
        return tree.put(
                        "schedules",
                        conditions.schedules().isEmpty()
                                ? null
                                : conditions.schedules().stream()
                                        .map(entry -> put(new Tree(), entry).map())
                                        .toList())
                .put("timezone", zone == null ? null : zone.getId())
                .unless("requireReason", conditions.requireReason(), false)
                .map();
    }

    private static Tree put(Tree tree, Window window) {
        tree.put(
                "weekdays",
                window.weekdays().isEmpty()
                        ? null
                        : window.weekdays().stream()
                                .sorted()
                                .map(TemplateTree::word)
                                .toList());
        boolean hours = window.weekdays().isEmpty() || window.startHour() != 0 || window.endHour() != 0;
        return hours ? tree.put("startHour", window.startHour()).put("endHour", window.endHour()) : tree;
    }

    private static @Nullable Set<String> some(Set<String> values) {
        return values.isEmpty() ? null : values;
    }

    /** The template that checked fields describe. */
    static TemplateSpec read(Map<?, ?> tree) {
        return new TemplateSpec(
                text(tree, "name", ""),
                text(tree, "description", ""),
                levels(tree.get("scope")),
                approvers(fields(tree, "approvers")),
                quorum(fields(tree, "quorum")),
                conditions(fields(tree, "conditions")),
                Boolean.TRUE.equals(tree.get("requesterCanApprove")),
                constant(VoteReason.class, text(tree, "voteReasonRequired", word(VoteReason.ON_DENY))),
                duration(tree, "expiresAfter", TemplateSpec.DEFAULT_EXPIRY),
                duration(tree, "grantValidFor", TemplateSpec.DEFAULT_GRANT),
                tree.get("escalation") == null ? null : escalation(fields(tree, "escalation")));
    }

    private static Set<ResourceLevel> levels(@Nullable Object scope) {
        Set<ResourceLevel> levels = EnumSet.noneOf(ResourceLevel.class);
        texts(scope).forEach(word -> levels.add(constant(ResourceLevel.class, word)));
        return levels;
    }

    private static Approvers approvers(Map<?, ?> tree) {
        return new Approvers(
                handles(tree.get("users")), handles(tree.get("teams")), new TreeSet<>(texts(tree.get("orgRoles"))));
    }

    private static Quorum quorum(Map<?, ?> tree) {
        return new Quorum(
                number(tree, "minApprovals", 1),
                number(tree, "minDistinctTeams", 0),
                handles(tree.get("requiredUserIds")),
                handles(tree.get("requiredTeamIds")),
                new TreeSet<>(texts(tree.get("requiredOrgRoles"))));
    }

    private static Conditions conditions(Map<?, ?> tree) {
        String zone = text(tree, "timezone", "");
        return new Conditions(
                new TreeSet<>(texts(tree.get("environments"))),
                tree.get("environmentPattern") == null ? null : text(tree, "environmentPattern", ""),
                tree.get("weekdays") == null && tree.get("startHour") == null ? null : window(tree),
                list(tree.get("schedules")).stream()
                        .map(entry -> window((Map<?, ?>) entry))
                        .toList(),
                zone.isEmpty() ? null : ZoneId.of(zone),
                Boolean.TRUE.equals(tree.get("requireReason")));
    }

    private static Window window(Map<?, ?> tree) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        texts(tree.get("weekdays")).forEach(word -> days.add(constant(DayOfWeek.class, word)));
        return new Window(days, number(tree, "startHour", 0), number(tree, "endHour", 0));
    }

    private static Escalation escalation(Map<?, ?> tree) {
        return new Escalation(
                approvers(fields(tree, "approvers")), duration(tree, "after", TemplateSpec.MIN_ESCALATION));
    }

    private static Duration duration(Map<?, ?> tree, String field, Duration otherwise) {
        return tree.get(field) == null ? otherwise : Duration.parse(text(tree, field, ""));
    }

    /** A span in whole days where it is some, as people write it. */
    static String word(Duration span) {
        return !span.isZero() && span.equals(Duration.ofDays(span.toDays()))
                ? "P" + span.toDays() + "D"
                : span.toString();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static Map<?, ?> fields(Map<?, ?> tree, String field) {
        return tree.get(field) instanceof Map<?, ?> inner ? inner : Map.of();
    }

    static String text(Map<?, ?> tree, String field, String otherwise) {
        return tree.get(field) instanceof String text ? text : otherwise;
    }

    static int number(Map<?, ?> tree, String field, int otherwise) {
        return tree.get(field) instanceof Number number ? number.intValue() : otherwise;
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    static List<String> texts(@Nullable Object value) {
        return list(value).stream().map(String::valueOf).toList();
    }

    /** Handles in their one spelling. */
    static SortedSet<String> handles(@Nullable Object value) {
        SortedSet<String> handles = new TreeSet<>();
        texts(value).forEach(word -> handles.add(handle(word)));
        return handles;
    }

    /** A handle in lower case, without a leading {@code @}. */
    static String handle(String word) {
        return (word.startsWith("@") ? word.substring(1) : word).toLowerCase(Locale.ROOT);
    }
}
