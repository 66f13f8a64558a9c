package io.countersign.core.policy;

/**
 * Where a requirement comes from.
 *
 * @param ruleId the template, control or workflow step
 * @param version the version of that rule, from 1
 * @param bindingId what bound the rule to the resource
 */
public record RequirementSource(Kind kind, String ruleId, int version, String bindingId) {

    /** The three kinds of rule that can demand approval. */
    public enum Kind {
        TEMPLATE,
        CONTROL,
        STEP
    }

    /** One text that names rule, version and binding. */
    public String id() {
        return bindingId + "/" + ruleId + "@" + version;
    }
}
