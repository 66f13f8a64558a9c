package io.countersign.core.policy;

/** A binding together with the version of the template that is in force. */
public record BoundTemplate(Binding binding, Template template) {

    /** What this rule demands of an ask it applies to. */
    public Requirement requirement() {
        TemplateSpec spec = template.spec();
        return new Requirement(
                new RequirementSource(RequirementSource.Kind.TEMPLATE, template.id(), template.version(), binding.id()),
                spec.name(),
                spec.description(),
                spec.effectiveApprovers(),
                spec.quorum(),
                spec.requesterCanApprove(),
                spec.voteReasonRequired(),
                spec.expiresAfter(),
                spec.grantValidFor(),
                spec.escalation());
    }
}
