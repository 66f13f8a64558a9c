package io.countersign.server.policy;

import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.policy.Binding;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.OwnDoor.Aim;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.policy.PolicyStore.BindingRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a change of the rules does, as the rules themselves see it: it changes policies, and environments' policies. */
@Component
class PolicyAims {

    private static final String POLICY = "policy.change";
    private static final String ENVIRONMENT = "environment.policy.update";

    private final PolicyStore store;

    PolicyAims(PolicyStore store) {
        this.store = store;
    }

    List<Aim> ofTemplate(DirectoryImage image) {
        return List.of(Aim.onOrganization(POLICY, image));
    }

    List<Aim> ofBinding(DirectoryImage image, PolicyChanges.BindingForm form) {
        return onEnvironments(image, form.level().equals("environment"), form.targetId(), form.environmentName());
    }

    List<Aim> ofUnbinding(DirectoryImage image, String bindingId) {
        Binding binding = store.binding(image.organizationId(), bindingId)
                .filter(found -> found.endedAt() == null)
                .map(BindingRow::binding)
                .orElseThrow(() -> ProblemException.notFound("binding", bindingId));
        return of(image, binding);
    }

    /** A template's end is the end of its bindings. */
    List<Aim> ofArchival(DirectoryImage image, String templateId) {
        Stream<Aim> ended = store.bindings(image.organizationId(), templateId, "", Integer.MAX_VALUE).stream()
                .flatMap(row -> of(image, row.binding()).stream());
        return Stream.concat(ofTemplate(image).stream(), ended).distinct().toList();
    }

    private static List<Aim> of(DirectoryImage image, Binding binding) {
        return onEnvironments(
                image, binding.level() == ResourceLevel.ENVIRONMENT, binding.targetId(), binding.environmentName());
    }

    private static List<Aim> onEnvironments(
            DirectoryImage image, boolean onEnvironment, @Nullable String target, @Nullable String name) {
        List<Aim> aims = new ArrayList<>();
        aims.add(Aim.onOrganization(POLICY, image));
        if (onEnvironment && name != null) {
            image.environments().stream()
                    .filter(environment -> environment.name().equals(name))
                    .map(EnvironmentFacts::id)
                    .forEach(id -> aims.add(new Aim(ENVIRONMENT, ResourceLevel.ENVIRONMENT, id)));
        } else if (onEnvironment) {
            Optional.ofNullable(target)
                    .flatMap(named -> image.resourceId(ResourceLevel.ENVIRONMENT, named))
                    .ifPresent(id -> aims.add(new Aim(ENVIRONMENT, ResourceLevel.ENVIRONMENT, id)));
        }
        return aims;
    }
}
