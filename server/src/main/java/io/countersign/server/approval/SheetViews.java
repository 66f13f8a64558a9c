package io.countersign.server.approval;

import io.countersign.server.approval.RequestViews.Who;
import java.time.Instant;
import java.util.List;

/** The shapes in which the signature lines of a request are shown: who has signed, who is missing, and whether it is you. */
final class SheetViews {

    private SheetViews() {}

    /**
     * An empty line of a request in a list.
     *
     * @param label who can sign there, for example {@code SRE}
     * @param kind {@code person}, {@code team}, {@code role} or {@code any}
     * @param mine whether the reader's approval would fill it
     * @param impossible whether nobody can fill it as people and rules are
     */
    record SlotView(String label, String kind, boolean mine, boolean impossible) {}

    /** The same of one requirement, with some of those who could close it, and how many there are. */
    record OpenSlot(String label, String kind, boolean mine, boolean impossible, List<Who> people, int total) {}

    /**
     * Whether the reader can approve and why, in two short lines.
     *
     * @param code {@code can-approve}, {@code already-reviewed}, {@code cannot-be-met}, {@code not-pending}, or the rule that
     *     keeps the reader out, for example {@code requester}
     */
    record Why(String code, String title, String detail) {}

    /**
     * A signature that counts for a requirement.
     *
     * @param fills the teams and roles of the requirement that it stands for, by name
     */
    record SignatureView(String voteId, Who person, Instant at, List<String> fills) {}

    /**
     * What the reader's approval would do now.
     *
     * @param completes names of the requirements that it would complete
     * @param stillNeeded what would be missing after it, one sentence for each requirement
     * @param startsAtOnce whether something happens by the approval alone, without anybody redeeming a grant
     */
    record IfYouApprove(
            List<String> completes, boolean completesRequest, List<String> stillNeeded, boolean startsAtOnce) {}

    /** Somebody whose approval counts for nothing here, by which rule, and the rule in words. */
    record Excluded(Who who, String why, String sentence) {}
}
