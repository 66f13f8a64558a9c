package io.countersign.server.policy;

import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Template;
import io.countersign.server.policy.PolicyImage.PastRule;
import io.countersign.server.policy.PolicyImage.SavedVersion;
import io.countersign.server.policy.PolicyStore.BindingRow;
import io.countersign.server.policy.PolicyStore.TemplateRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The rules of every organization, held in memory for the epoch they were read at. */
@Service
public class Policies {

    private static final Duration LONGEST_OWN_CHANGE_WINDOW = Duration.ofDays(30);
    private static final TemplateReader.Names AS_SAVED =
            new TemplateReader.Names(Optional::of, Optional::of, Optional::of);

    private final PolicyStore store;
    private final Map<String, PolicyImage> images = new ConcurrentHashMap<>();

    Policies(PolicyStore store) {
        this.store = store;
    }

    /**
     * The rules as they are at this epoch. The caller holds the epoch, or accepts a picture that may be newer than it.
     */
    public PolicyImage at(String organizationId, long epoch) {
        PolicyImage present = images.get(organizationId);
        if (present != null && present.epoch() >= epoch) {
            return present;
        }
        PolicyImage loaded = load(organizationId, epoch);
        images.merge(organizationId, loaded, (old, fresh) -> old.epoch() > fresh.epoch() ? old : fresh);
        return loaded;
    }

    /** A version's row and what it says. */
    private record Saved(TemplateRow row, Template template) {}

    private PolicyImage load(String organizationId, long epoch) {
        Instant since = store.now().minus(LONGEST_OWN_CHANGE_WINDOW);
        Map<String, List<Saved>> saved = new HashMap<>();
        Map<String, List<SavedVersion>> versions = new HashMap<>();
        for (TemplateRow row : store.versionsForImage(organizationId, since)) {
            Template template = template(row);
            saved.computeIfAbsent(row.id(), _ -> new ArrayList<>()).add(new Saved(row, template));
            versions.computeIfAbsent(row.id(), _ -> new ArrayList<>())
                    .add(new SavedVersion(template, row.author(), row.savedAt()));
        }
        List<BoundTemplate> inForce = new ArrayList<>();
        List<PastRule> past = new ArrayList<>();
        for (BindingRow binding : store.bindingsSince(organizationId, since)) {
            for (Saved version : saved.getOrDefault(binding.binding().templateId(), List.of())) {
                BoundTemplate rule = new BoundTemplate(binding.binding(), version.template());
                sort(binding, version.row(), rule, inForce, past);
            }
        }
        past.sort(Comparator.comparing(PastRule::endedAt));
        return new PolicyImage(organizationId, epoch, store.changedAt(organizationId), inForce, past, versions);
    }

    /** A version of a bound template is in force, or has ended with its binding, or with the version after it. */
    private static void sort(
            BindingRow binding, TemplateRow row, BoundTemplate rule, List<BoundTemplate> inForce, List<PastRule> past) {
        Instant supersededAt = row.supersededAt();
        Instant endedAt = binding.endedAt();
        if (supersededAt != null && supersededAt.isBefore(binding.createdAt())) {
            return;
        }
        if (endedAt != null && row.savedAt().isAfter(endedAt)) {
            return;
        }
        if (supersededAt != null && (endedAt == null || supersededAt.isBefore(endedAt))) {
            past.add(new PastRule(rule, supersededAt, orNobody(row.supersededBy())));
        } else if (endedAt != null) {
            past.add(new PastRule(rule, endedAt, orNobody(binding.endedBy())));
        } else if (row.version() == row.currentVersion()) {
            inForce.add(rule);
        }
    }

    static Template template(TemplateRow row) {
        return new Template(row.id(), row.version(), new TemplateReader(AS_SAVED).read(row.form()));
    }

    private static String orNobody(@Nullable String principalId) {
        return principalId == null ? "" : principalId;
    }
}
