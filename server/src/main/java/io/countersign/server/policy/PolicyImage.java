package io.countersign.server.policy;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All rules of one organization at one epoch, with what was taken away or rewritten lately and by whom.
 *
 * @param changedAt the epoch at which the rules last changed
 * @param inForce every live binding with the current version of its template
 * @param past rules that ended within the longest own-change window
 * @param versions the versions of each live template, oldest first, as far back as that window needs
 */
public record PolicyImage(
        String organizationId,
        long epoch,
        long changedAt,
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
        if (past.isEmpty()) {
            return inForce;
        }
        List<BoundTemplate> own = past.stream()
                .filter(old -> !old.endedAt().isBefore(since) && side.contains(old.endedBy()))
                .map(PastRule::rule)
                .toList();
        if (own.isEmpty()) {
            return inForce;
        }
        List<BoundTemplate> rules = new ArrayList<>(inForce);
        rules.addAll(own);
        return rules;
    }

    /** For each requirement whose rule this side rewrote since, what the rule demanded before it did. */
    public Map<String, Requirement> rulesBefore(List<Requirement> requirements, Set<String> side, Instant since) {
        Map<String, Requirement> before = new HashMap<>();
        for (Requirement requirement : requirements) {
            List<SavedVersion> saved =
                    versions.getOrDefault(requirement.source().ruleId(), List.of());
            for (int i = 1; i < saved.size(); i++) {
                SavedVersion edit = saved.get(i);
                boolean own = side.contains(edit.author()) && !edit.savedAt().isBefore(since);
                if (own && edit.template().version() <= requirement.source().version()) {
                    before.put(
                            requirement.id(),
                            demanded(requirement, saved.get(i - 1).template()));
                    break;
                }
            }
        }
        return before;
    }

    private static Requirement demanded(Requirement now, Template before) {
        Binding binding =
                new Binding(now.source().bindingId(), before.id(), ResourceLevel.ORGANIZATION, null, null, Set.of());
        return new BoundTemplate(binding, before).requirement();
    }
}
