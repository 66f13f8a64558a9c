package io.countersign.server.gate;

import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.gate.Decision;
import io.countersign.server.approval.Approvals;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.gate.ReplayForm.Position;
import io.countersign.server.gate.ReplayProspects.Prospects;
import io.countersign.server.gate.ReplayTally.EnvironmentCounts;
import io.countersign.server.gate.ReplayView.DayRow;
import io.countersign.server.gate.ReplayView.Demand;
import io.countersign.server.gate.ReplayView.Example;
import io.countersign.server.gate.ReplayView.Examples;
import io.countersign.server.gate.ReplayView.Named;
import io.countersign.server.gate.ReplayView.Share;
import io.countersign.server.gate.ReplayView.Window;
import io.countersign.server.gate.Replays.Plan;
import io.countersign.server.gate.Replays.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells what a replay came to. */
@Component
final class ReplayReport {

    private static final List<String> OWN_FACTS = List.of(
            "when it was asked",
            "who asked and for whom, the owners of an asking account, whose token it was, the authors",
            "the action, the resource, and the project, cluster and environments it stood in then",
            "whether an environment was frozen then",
            "the reason");
    private static final List<String> TODAYS_FACTS = List.of(
            "people, their teams and roles, and what the asking side gave whom since a day before the ask",
            "the rules the change is compared with",
            "the organization's time zone",
            "what is known of each action");

    private final Approvals approvals;

    ReplayReport(Approvals approvals) {
        this.approvals = approvals;
    }

    ReplayView view(Result result) {
        Plan plan = result.plan();
        ReplayTally tally = result.tally();
        DirectoryImage image = plan.image();
        Window window = window(result);
        return new ReplayView(
                plan.draft().name(),
                ReplaySentence.of(tally.total(), window),
                window,
                tally.total(),
                days(plan, tally),
                shares(tally.actions(), Function.identity(), (id, _) -> id),
                shares(
                        tally.environments(),
                        EnvironmentCounts::counts,
                        (id, counts) -> image.nameOf(id).orElse(counts.name())),
                shares(
                        tally.subjects(),
                        Function.identity(),
                        (id, _) -> image.nameOf(id).orElse(id)),
                examples(plan, tally.examples()),
                plan.draft().warnings(),
                tally.unknownActions(),
                OWN_FACTS,
                TODAYS_FACTS);
    }

    private static Window window(Result result) {
        Plan plan = result.plan();
        Instant since = result.extent().recordedSince();
        boolean nothing = since == null || since.isAfter(plan.to());
        return new Window(
                plan.from(),
                plan.to(),
                Duration.between(plan.from(), plan.to()).toDays(),
                plan.image().settings().zone().getId(),
                since,
                nothing ? null : later(plan.from(), Objects.requireNonNull(since)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static List<DayRow> days(Plan plan, ReplayTally tally) {
        ZoneId zone = plan.image().settings().zone();
        LocalDate last = plan.to().atZone(zone).toLocalDate();
        List<DayRow> days = new ArrayList<>();
        for (LocalDate day = plan.from().atZone(zone).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
            days.add(new DayRow(day.toString(), tally.days().getOrDefault(day, ReplayCounts.NONE)));
        }
        return days;
    }

    private static <T> List<Share> shares(
            Map<String, T> counted, Function<T, ReplayCounts> counts, BiFunction<String, T, String> name) {
        return counted.entrySet().stream()
                .map(entry -> new Share(
                        entry.getKey(), name.apply(entry.getKey(), entry.getValue()), counts.apply(entry.getValue())))
                .sorted(Comparator.comparingLong(
                                (Share share) -> -share.counts().changed())
                        .thenComparingLong(share -> -share.counts().asks())
                        .thenComparing(Share::id))
                .limit(ReplayView.MOST_ROWS)
                .toList();
    }

    private Examples examples(Plan plan, List<ReplayJudgement> found) {
        List<ReplayJudgement> shown = found.subList(0, Math.min(plan.page(), found.size()));
        Map<String, String> numbers = approvals.numbers(
                plan.image().organizationId(),
                shown.stream()
                        .map(judged -> judged.past().requestId())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
        @Nullable
        String next = found.size() > shown.size() && !shown.isEmpty()
                ? new Position(
                                shown.getLast().past().at(),
                                shown.getLast().past().id())
                        .cursor()
                : null;
        return new Examples(
                shown.stream()
                        .map(judged -> example(plan.image(), judged, numbers))
                        .toList(),
                next,
                plan.page());
    }

    private static Example example(DirectoryImage image, ReplayJudgement judged, Map<String, String> numbers) {
        String requestId = judged.past().requestId();
        return new Example(
                judged.past().id(),
                judged.past().at(),
                ReplayForm.word(judged.shift()),
                judged.past().action(),
                named(image, judged.past().subjectId()),
                named(image, judged.ask().resource().id()),
                judged.place().environments().stream()
                        .map(EnvironmentFacts::name)
                        .distinct()
                        .toList(),
                judged.past().reason(),
                word(judged.judged().without()),
                word(judged.judged().with()),
                judged.unmeetable(),
                judged.prospects().stream().map(one -> demand(image, one)).toList(),
                requestId == null ? null : numbers.get(requestId));
    }

    private static Demand demand(DirectoryImage image, Prospects prospects) {
        return new Demand(
                prospects.requirement().name(),
                prospects.eligible(),
                prospects.first().stream().map(id -> named(image, id)).toList(),
                prospects.fewest().isPresent() ? (Integer) prospects.fewest().getAsInt() : null);
    }

    private static Named named(DirectoryImage image, String id) {
        return new Named(id, image.nameOf(id).orElse(id));
    }

    private static String word(Decision decision) {
        return switch (decision) {
            case Decision.Permit _ -> "permit";
            case Decision.Hold _ -> "hold";
            case Decision.Deny _ -> "deny";
        };
    }
}
