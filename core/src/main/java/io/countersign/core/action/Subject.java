package io.countersign.core.action;

/** A principal that acts: who asks, or who authenticated on behalf of who asks. */
public record Subject(String id, PrincipalKind kind) {

    /** Whether a human acts here. */
    public boolean isPerson() {
        return kind == PrincipalKind.PERSON;
    }
}
