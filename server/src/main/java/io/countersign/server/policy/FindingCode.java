package io.countersign.server.policy;

import java.util.Locale;
import java.util.Optional;

/** What can be found wrong with the rules and people of an organization. */
enum FindingCode {
    UNCOVERED_PRODUCTION(Severity.HIGH, "bind a template to the environment, its project or the organization"),
    CANNOT_BE_MET(Severity.HIGH, "add approvers, or lower what the quorum asks"),
    OWNERLESS_ACCOUNT(Severity.HIGH, "give the account an owner who is here, or remove it"),
    EMERGENCIES_UNHEARD(
            Severity.HIGH,
            "have an SMTP server named and give security managers e-mail addresses, or add a destination"),
    UNUSABLE_EMERGENCY(Severity.HIGH, "bind a policy to it that says who approves in an emergency"),
    SELF_APPROVAL(Severity.HIGH, "switch `requesterCanApprove` off, or bind it where it does no harm"),
    PARTLY_UNCOVERED_PRODUCTION(Severity.MEDIUM, "bind a template for these actions too"),
    SINGLE_POINT_OF_FAILURE(Severity.MEDIUM, "add another approver who can stand in"),
    NEVER_APPLIES(Severity.MEDIUM, "mend what it is bound to or its conditions, or take the binding away"),
    WIDE_PERMISSION(Severity.MEDIUM, "give it again for the projects or environments that need it"),
    EMPTY_TEAM(Severity.LOW, "add members, or remove the team"),
    UNBOUND_TEMPLATE(Severity.LOW, "bind the template, or archive it");

    /** How much it matters. */
    enum Severity {
        HIGH("1"),
        MEDIUM("2"),
        LOW("3");

        private final String rank;

        Severity(String rank) {
            this.rank = rank;
        }

        /** What it is ordered by. */
        String rank() {
            return rank;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Severity severity;
    private final String remedy;

    FindingCode(Severity severity, String remedy) {
        this.severity = severity;
        this.remedy = remedy;
    }

    Severity severity() {
        return severity;
    }

    /** What to do about it. */
    String remedy() {
        return remedy;
    }

    /** The word for it, in kebab case. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<FindingCode> of(String word) {
        for (FindingCode code : values()) {
            if (code.word().equals(word)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
