package io.countersign.server.change;

import io.countersign.server.change.JsonPart.Elements;
import io.countersign.server.change.JsonPart.Form;
import io.countersign.server.change.JsonPart.Member;
import io.countersign.server.change.JsonPart.Members;
import io.countersign.server.change.JsonPart.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds in JSON what is known to be a secret: what a Terraform plan marks as sensitive, wherever the same text stands again,
 * and what Secrets of Kubernetes hold.
 */
final class MarkedSecrets {

    private static final int SHORTEST_COPY = 6;
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final List<Scalar> found = new ArrayList<>();
    private final Set<String> copies = new HashSet<>();

    private MarkedSecrets() {}

    static List<Scalar> in(JsonPart root) {
        MarkedSecrets secrets = new MarkedSecrets();
        JsonPart carried = root.at("terraform");
        JsonPart plan = carried != null ? carried : root;
        if (TerraformRendering.seems(plan)) {
            secrets.plan(plan);
            if (carried != null && !secrets.found.isEmpty()) {
                // The file of the plan holds the same values, packed.
                root.list("files").forEach(file -> secrets.all(file.at("base64")));
            }
        }
        secrets.walk(root);
        return secrets.found;
    }

    private void plan(JsonPart plan) {
        for (String changes : List.of("resource_changes", "resource_drift")) {
            plan.list(changes).forEach(resource -> change(resource.at("change")));
        }
        plan.members("output_changes").forEach(output -> change(output.value()));
        values(plan.at("planned_values"));
        values(plan.at("prior_state", "values"));
        for (Member variable : plan.members("configuration", "root_module", "variables")) {
            if (variable.value().isTrue("sensitive")) {
                all(plan.at("variables", variable.name().truth(), "value"));
            }
        }
        found.stream()
                .filter(scalar -> scalar.form() == Form.TEXT && scalar.truth().length() >= SHORTEST_COPY)
                .forEach(scalar -> copies.add(scalar.truth()));
    }

    private void change(@Nullable JsonPart change) {
        if (change != null) {
            marked(change.at("before"), change.at("before_sensitive"));
            marked(change.at("after"), change.at("after_sensitive"));
        }
    }

    private void values(@Nullable JsonPart values) {
        if (values != null) {
            for (Member output : values.members("outputs")) {
                if (output.value().isTrue("sensitive")) {
                    all(output.value().at("value"));
                }
            }
            module(values.at("root_module"));
        }
    }

    private void module(@Nullable JsonPart module) {
        if (module != null) {
            module.list("resources")
                    .forEach(resource -> marked(resource.at("values"), resource.at("sensitive_values")));
            module.list("child_modules").forEach(this::module);
        }
    }

    /** Takes of a value what its marks, in the same shape, say is sensitive. */
    private void marked(@Nullable JsonPart value, @Nullable JsonPart marks) {
        switch (marks) {
            case Scalar mark when mark.form() == Form.TRUE -> all(value);
            case Members members
            when value instanceof Members values ->
                members.all().forEach(mark -> marked(values.get(mark.name().truth()), mark.value()));
            case Elements elements
            when value instanceof Elements values -> {
                for (int at = 0;
                        at < Math.min(elements.all().size(), values.all().size());
                        at++) {
                    marked(values.all().get(at), elements.all().get(at));
                }
            }
            case null -> {}
            case Scalar _, Members _, Elements _ -> {}
        }
    }

    private void all(@Nullable JsonPart value) {
        switch (value) {
            case Scalar scalar when scalar.form() != Form.NULL -> found.add(scalar);
            case Members members -> members.all().forEach(member -> all(member.value()));
            case Elements elements -> elements.all().forEach(this::all);
            case null -> {}
            case Scalar _ -> {}
        }
    }

    /** Looks everywhere for Secrets of Kubernetes, and for copies of what a plan marks. */
    private void walk(JsonPart part) {
        switch (part) {
            case Scalar scalar -> {
                if (!copies.isEmpty() && scalar.form() == Form.TEXT && copies.contains(scalar.truth())) {
                    found.add(scalar);
                }
            }
            case Elements elements -> elements.all().forEach(this::walk);
            case Members members -> {
                if (members.text("kind").equals("Secret")) {
                    all(members.at("data"));
                    all(members.at("stringData"));
                    all(members.at("metadata", "annotations", LAST_APPLIED));
                }
                members.all().forEach(member -> walk(member.value()));
            }
        }
    }
}
