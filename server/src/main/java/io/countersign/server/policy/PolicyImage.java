package io.countersign.server.policy;

import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Template;
import io.countersign.core.policy.TemplateSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All rules of one organization at one epoch, with what was taken away or rewritten lately and by whom.
 *
 * @param inForce every live binding with the current version of its template
 * @param past rules that ended within the longest own-change window
 * @param versions the versions of each live template, oldest first, as far back as that window needs
 */
public record PolicyImage(
        String organizationId,
        long epoch,
        List<BoundTemplate> inForce,
        List<PastRule> past,
        Map<String, List<SavedVersion>> versions) {

    /** A rule that ended: its binding was removed, its template archived, or a newer version took its place. */
    public record PastRule(BoundTemplate rule, Instant endedAt, String endedBy) {}

    /** One saved version and who saved it. */
    public record SavedVersion(Template template, String author, Instant savedAt) {}

    public PolicyImage {
        inForce = List.copyOf(inForce);
        past = List.copyOf(past);
        versions = Map.copyOf(versions);
    }

    /**
     * The rules an ask of this side is judged by: those in force, and those its own people removed or rewritten since.
     */
    public List<BoundTemplate> rulesFor(Set<String> side, Instant since) {
        List<BoundTemplate> rules = inForce;
        for (PastRule old : past) {
            if (!old.endedAt().isBefore(since) && side.contains(old.endedBy())) {
                if (rules == inForce) {
                    rules = new ArrayList<>(inForce);
                }
                rules.add(old.rule());
            }
        }
        return rules;
    }

    /** For each requirement whose rule this side rewrote since, who could approve before it did. */
    public Map<String, Approvers> approversBefore(List<Requirement> requirements, Set<String> side, Instant since) {
        Map<String, Approvers> before = new HashMap<>();
        for (Requirement requirement : requirements) {
            List<SavedVersion> saved = versions.getOrDefault(requirement.source().ruleId(), List.of());
            for (int i = 1; i < saved.size(); i++) {
                SavedVersion edit = saved.get(i);
                boolean own = side.contains(edit.author()) && !edit.savedAt().isBefore(since);
                if (own && edit.template().version() <= requirement.source().version()) {
                    before.put(requirement.id(), everybodyNamed(saved.get(i - 1).template().spec()));
                    break;
                }
            }
        }
        return before;
    }

    private static Approvers everybodyNamed(TemplateSpec spec) {
        Quorum quorum = spec.quorum();
        return new Approvers(
                union(spec.approvers().users(), quorum.requiredUserIds()),
                union(spec.approvers().teams(), quorum.requiredTeamIds()),
                union(spec.approvers().orgRoles(), quorum.requiredOrgRoles()));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
