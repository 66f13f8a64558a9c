package io.countersign.server.change;

import io.countersign.server.change.JsonPart.Elements;
import io.countersign.server.change.JsonPart.Member;
import io.countersign.server.change.TerraformContent.Attribute;
import io.countersign.server.change.TerraformContent.Counts;
import io.countersign.server.change.TerraformContent.Output;
import io.countersign.server.change.TerraformContent.Resource;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Renders what {@code terraform show -json} says about a plan. */
final class TerraformRendering {

    private static final Set<String> SHOWN =
            Set.of("resource_changes", "output_changes", "resource_drift", "terraform_version", "errored");

    /** What of a resource is shown, or says the same as its address. */
    private static final Set<String> OF_RESOURCE = Set.of(
            "address",
            "previous_address",
            "module_address",
            "mode",
            "type",
            "name",
            "index",
            "provider_name",
            "deposed",
            "change",
            "action_reason");

    private static final Set<String> OF_CHANGE = Set.of(
            "actions", "before", "after", "after_unknown", "before_sensitive", "after_sensitive", "replace_paths");

    /** What is done to a resource, in the order of how much it hurts. */
    private enum Operation {
        DESTROY,
        REPLACE,
        FORGET,
        OTHER,
        UPDATE,
        CREATE,
        MOVE,
        IMPORT,
        READ,
        NOTHING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Operation of(JsonPart resource) {
            List<String> actions = actions(resource.at("change"));
            if (actions.contains("delete") || actions.contains("forget")) {
                return actions.contains("create") ? REPLACE : actions.contains("delete") ? DESTROY : FORGET;
            }
            return switch (String.join(" ", actions)) {
                case "create" -> CREATE;
                case "update" -> UPDATE;
                case "read" -> READ;
                case "no-op" ->
                    resource.at("change", "importing") != null
                            ? IMPORT
                            : resource.at("previous_address") != null ? MOVE : NOTHING;
                default -> OTHER;
            };
        }
    }

    private final Sheet sheet;
    private final SummaryLines summary;
    private final TerraformAttributes attributes;

    TerraformRendering(Sheet sheet, SummaryLines summary) {
        this.sheet = sheet;
        this.summary = summary;
        attributes = new TerraformAttributes(sheet);
    }

    /** Whether it is a plan, as far as can be seen. */
    static boolean seems(JsonPart document) {
        return !document.text("format_version").isEmpty()
                && (document.at("resource_changes") instanceof Elements || document.at("planned_values") != null);
    }

    TerraformContent of(JsonPart plan) {
        List<JsonPart> changes = plan.list("resource_changes");
        List<Resource> resources = new ArrayList<>();
        changes.stream()
                .filter(change -> Operation.of(change) != Operation.NOTHING)
                .sorted(Comparator.comparing(Operation::of))
                .forEach(change -> resource(change, resources, true));
        List<Output> outputs = new ArrayList<>();
        plan.members("output_changes").forEach(output -> output(output, outputs));
        List<Resource> drift = new ArrayList<>();
        plan.list("resource_drift").forEach(change -> resource(change, drift, false));
        int unchanged = unchanged(changes);
        fold(plan, SHOWN, "the plan");
        if (plan.isTrue("errored")) {
            sheet.remark("Terraform says that making this plan failed; it is not the whole plan");
        }
        return new TerraformContent(
                "terraform",
                sheet.wordOrNone(plan.optional("terraform_version")),
                counts(changes),
                resources,
                unchanged,
                outputs,
                drift,
                plan.isTrue("errored"),
                null,
                null);
    }

    private static Counts counts(List<JsonPart> changes) {
        return new Counts(
                count(changes, Operation.CREATE),
                count(changes, Operation.UPDATE),
                count(changes, Operation.REPLACE),
                count(changes, Operation.DESTROY),
                count(changes, Operation.READ),
                count(changes, Operation.FORGET),
                count(changes, Operation.MOVE),
                count(changes, Operation.IMPORT));
    }

    private static int count(List<JsonPart> changes, Operation operation) {
        return (int) changes.stream()
                .filter(change -> Operation.of(change) == operation)
                .count();
    }

    private static List<String> actions(@Nullable JsonPart change) {
        return change == null
                ? List.of()
                : change.list("actions").stream().map(JsonPart::text).toList();
    }

    private void resource(JsonPart resource, List<Resource> into, boolean summed) {
        Operation operation = Operation.of(resource);
        String address = sheet.word(resource.text("address")
                + (resource.at("deposed") == null ? "" : " (deposed object " + resource.text("deposed") + ")"));
        boolean here = sheet.row(address);
        TerraformAttributes.Found found = attributes.of(resource.at("change"));
        JsonPart change = resource.at("change");
        fold(resource, OF_RESOURCE, address);
        if (change != null) {
            fold(change, OF_CHANGE, address);
        }
        if (summed) {
            sum(operation, address, found.summary());
        }
        if (here || !found.attributes().isEmpty()) {
            into.add(new Resource(
                    address,
                    sheet.wordOrNone(resource.optional("previous_address")),
                    sheet.word(resource.text("type")),
                    sheet.wordOrNone(resource.optional("provider_name")),
                    operation == Operation.NOTHING ? "other" : operation.word(),
                    actions(change).stream().limit(8).map(sheet::word).toList(),
                    sheet.wordOrNone(resource.optional("action_reason")),
                    found.attributes(),
                    found.unchanged()));
        }
    }

    private void sum(Operation operation, String address, List<Attribute> changed) {
        switch (operation) {
            case DESTROY -> summary.add(address, null, "destroyed");
            case REPLACE -> summary.add(address, null, "replaced");
            case FORGET -> summary.add(address, null, "forgotten");
            case OTHER -> summary.add(address, null, "changed");
            case CREATE -> summary.add(address, null, "created");
            case MOVE -> summary.add(address, null, "moved");
            case IMPORT -> summary.add(address, null, "imported");
            case UPDATE ->
                changed.forEach(attribute ->
                        summary.add(address + " " + attribute.path(), attribute.before(), attribute.after()));
            case READ, NOTHING -> {} // nothing that anybody would miss
        }
    }

    private void output(Member output, List<Output> into) {
        List<String> actions = actions(output.value());
        if (actions.equals(List.of("no-op"))) {
            sheet.fold(
                    part("the output " + sheet.word(output.name().text()) + ", which stays as it is", output.value()));
            return;
        }
        String name = sheet.word(output.name().text());
        boolean here = sheet.row(name);
        TerraformAttributes.Found found = attributes.of(output.value());
        fold(output.value(), OF_CHANGE, "the output " + name);
        if (here || !found.attributes().isEmpty()) {
            into.add(new Output(name, actions.stream().limit(8).map(sheet::word).toList(), found.attributes()));
        }
    }

    private int unchanged(List<JsonPart> changes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int count = 0;
        for (JsonPart change : changes) {
            if (Operation.of(change) == Operation.NOTHING) {
                bytes.writeBytes(change.bytes());
                count++;
            }
        }
        if (count > 0) {
            sheet.fold(Folds.of(
                    count == 1 ? "a resource that stays as it is" : count + " resources that stay as they are",
                    bytes.toByteArray()));
        }
        return count;
    }

    /** Names the members that are not shown. */
    private void fold(JsonPart part, Set<String> shown, String of) {
        for (Member member : part.members()) {
            if (!shown.contains(member.name().text())) {
                sheet.fold(part("`" + sheet.word(member.name().text()) + "` of " + of, member.value()));
            }
        }
    }

    private ChangeView.Folded part(String what, JsonPart part) {
        return Folds.of(what, part.bytes());
    }
}
