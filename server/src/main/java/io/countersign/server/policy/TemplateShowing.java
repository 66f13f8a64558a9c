package io.countersign.server.policy;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Template;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Epochs;
import io.countersign.server.platform.ServerClock;
import io.countersign.server.policy.PolicyStore.TemplateRow;
import io.countersign.server.policy.PolicyViews.BoundPlace;
import io.countersign.server.policy.PolicyViews.TemplateView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows templates with names for ids and with what they mean now; worked out once for each epoch. */
@Component
class TemplateShowing {

    private static final int MOST_PLACES = 8;

    /** One epoch's people, where every template is bound then, and the chances that were asked for so far. */
    private record Scene(
            DirectoryImage image,
            Quorums quorums,
            Map<String, List<BoundPlace>> places,
            Map<String, Chances> chances) {}

    private final Epochs epochs;
    private final Directory directory;
    private final Policies policies;
    private final ServerClock clock;
    private final Map<String, Scene> latest = new ConcurrentHashMap<>();

    TemplateShowing(Epochs epochs, Directory directory, Policies policies, ServerClock clock) {
        this.epochs = epochs;
        this.directory = directory;
        this.policies = policies;
        this.clock = clock;
    }

    /** For lists: without the people one by one. */
    TemplateView inShort(String orgId, TemplateRow row) {
        return view(orgId, row, true);
    }

    /** With everything. */
    TemplateView whole(String orgId, TemplateRow row) {
        return view(orgId, row, false);
    }

    /** A version that may be an old one: with names only. */
    TemplateView version(String orgId, TemplateRow row) {
        DirectoryImage image = scene(orgId).image();
        return TemplateView.of(row, names(Policies.template(row).spec(), row.author(), image), null, null, null);
    }

    private TemplateView view(String orgId, TemplateRow row, boolean inShort) {
        Scene scene = scene(orgId);
        TemplateSpec spec = Policies.template(row).spec();
        Map<String, String> names = names(spec, row.author(), scene.image());
        if (row.archivedAt() != null) {
            return TemplateView.of(row, names, null, null, null);
        }
        Chances chances = scene.chances()
                .computeIfAbsent(
                        row.id() + "@" + row.version(), _ -> scene.quorums().chances(requirement(spec)));
        @Nullable
        PolicyCalendar calendar = spec.conditions().timed()
                ? PolicyCalendar.of(spec.conditions(), scene.image().settings().zone(), now())
                : null;
        return TemplateView.of(
                row,
                names,
                inShort ? chances.inShort() : chances,
                calendar,
                scene.places().getOrDefault(row.id(), List.of()));
    }

    private Instant now() {
        return clock.now();
    }

    /** What a template demands, wherever it is bound. */
    static Requirement requirement(TemplateSpec spec) {
        Binding anywhere = new Binding("", "", ResourceLevel.ORGANIZATION, null, null, Set.of());
        return new BoundTemplate(anywhere, new Template("", 1, spec)).requirement();
    }

    private Scene scene(String orgId) {
        long epoch = epochs.fresh(orgId);
        Scene present = latest.get(orgId);
        if (present != null && present.image().epoch() >= epoch) {
            return present;
        }
        DirectoryImage image = directory.at(orgId, epoch);
        Map<String, List<BoundPlace>> places = new HashMap<>();
        for (BoundTemplate rule : policies.at(orgId, epoch).inForce()) {
            List<BoundPlace> some = places.computeIfAbsent(rule.template().id(), _ -> new ArrayList<>());
            if (some.size() < MOST_PLACES) {
                some.add(BoundPlace.of(rule.binding(), image));
            }
        }
        Scene scene = new Scene(image, new Quorums(image, now()), places, new ConcurrentHashMap<>());
        latest.put(orgId, scene);
        return scene;
    }

    static Map<String, String> names(TemplateSpec spec, String author, DirectoryImage image) {
        Map<String, String> names = new TreeMap<>();
        Stream<Approvers> all = spec.escalation() == null
                ? Stream.of(spec.approvers(), spec.quorum().named())
                : Stream.of(
                        spec.approvers(),
                        spec.quorum().named(),
                        spec.escalation().approvers());
        Stream<String> ids = all.flatMap(
                some -> Stream.of(some.users(), some.teams(), some.orgRoles()).flatMap(Set::stream));
        Stream.of(ids, spec.conditions().environments().stream(), Stream.of(author))
                .flatMap(some -> some)
                .forEach(id -> image.nameOf(id).ifPresent(name -> names.put(id, name)));
        return names;
    }
}
