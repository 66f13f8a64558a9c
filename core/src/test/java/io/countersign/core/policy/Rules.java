package io.countersign.core.policy;

import io.countersign.core.action.ResourceLevel;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Templates and bindings as tests need them: two approvals of the team sre, always, unless told otherwise. */
final class Rules {

    private Rules() {}

    static TemplateSpec spec() {
        return spec(Conditions.always());
    }

    static TemplateSpec spec(Conditions conditions) {
        return new TemplateSpec(
                "Production Deploy Gate",
                "Two of us look at it",
                EnumSet.allOf(ResourceLevel.class),
                new Approvers(Set.of(), Set.of("sre"), Set.of()),
                Quorum.of(2),
                conditions,
                false,
                VoteReason.ON_DENY,
                TemplateSpec.DEFAULT_EXPIRY,
                TemplateSpec.DEFAULT_GRANT,
                null);
    }

    static BoundTemplate bound(
            ResourceLevel level, @Nullable String target, @Nullable String environmentName, String... actions) {
        return bound(Conditions.always(), level, target, environmentName, actions);
    }

    static BoundTemplate bound(
            Conditions conditions,
            ResourceLevel level,
            @Nullable String target,
            @Nullable String environmentName,
            String... actions) {
        return new BoundTemplate(
                new Binding("binding-1", "template-1", level, target, environmentName, Set.of(actions)),
                new Template("template-1", 3, spec(conditions)));
    }
}
