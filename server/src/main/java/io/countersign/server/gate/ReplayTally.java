package io.countersign.server.gate;

import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.server.gate.ReplayForm.Position;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a replay has found so far: counts, and the examples of one page. One thread fills it; tallies of parts are added up in
 * the order of the asks, newest first.
 */
final class ReplayTally {

    /**
     * Which asks become examples.
     *
     * @param after the place of the last one already shown, if any
     * @param most how many are kept
     */
    record Sampling(Predicate<ReplayJudgement> wanted, Optional<Position> after, int most) {}

    /** The asks about one environment, with the name it had when it was asked about last. */
    record EnvironmentCounts(String name, ReplayCounts counts) {}

    private final ZoneId zone;
    private final Sampling sampling;
    private ReplayCounts total = ReplayCounts.NONE;
    private long unknownActions;
    private final Map<LocalDate, ReplayCounts> days = new TreeMap<>();
    private final Map<String, ReplayCounts> actions = new HashMap<>();
    private final Map<String, EnvironmentCounts> environments = new HashMap<>();
    private final Map<String, ReplayCounts> subjects = new HashMap<>();
    private final List<ReplayJudgement> examples = new ArrayList<>();

    ReplayTally(ZoneId zone, Sampling sampling) {
        this.zone = zone;
        this.sampling = sampling;
    }

    /** Counts one ask, which lies before all that were counted so far. */
    void count(ReplayJudgement judged) {
        ReplayCounts one = ReplayCounts.of(judged);
        total = total.plus(one);
        days.merge(judged.past().at().atZone(zone).toLocalDate(), one, ReplayCounts::plus);
        actions.merge(judged.past().action(), one, ReplayCounts::plus);
        subjects.merge(judged.past().subjectId(), one, ReplayCounts::plus);
        for (EnvironmentFacts environment : judged.place().environments()) {
            environments.merge(environment.id(), new EnvironmentCounts(environment.name(), one), ReplayTally::sum);
        }
        boolean further = sampling.after()
                .map(shown -> shown.precedes(judged.past().at(), judged.past().id()))
                .orElse(true);
        if (further && examples.size() < sampling.most() && sampling.wanted().test(judged)) {
            examples.add(judged);
        }
    }

    /** Counts an ask for an action that the organization no longer knows. */
    void countUnknown() {
        unknownActions++;
    }

    /** Adds what was found among the asks before these. */
    void add(ReplayTally older) {
        total = total.plus(older.total);
        unknownActions += older.unknownActions;
        older.days.forEach((day, counts) -> days.merge(day, counts, ReplayCounts::plus));
        older.actions.forEach((action, counts) -> actions.merge(action, counts, ReplayCounts::plus));
        older.subjects.forEach((subject, counts) -> subjects.merge(subject, counts, ReplayCounts::plus));
        older.environments.forEach((id, counts) -> environments.merge(id, counts, ReplayTally::sum));
        older.examples.stream().limit(sampling.most() - examples.size()).forEach(examples::add);
    }

    private static EnvironmentCounts sum(EnvironmentCounts newer, EnvironmentCounts older) {
        return new EnvironmentCounts(newer.name(), newer.counts().plus(older.counts()));
    }

    ReplayCounts total() {
        return total;
    }

    long unknownActions() {
        return unknownActions;
    }

    Map<LocalDate, ReplayCounts> days() {
        return days;
    }

    Map<String, ReplayCounts> actions() {
        return actions;
    }

    Map<String, EnvironmentCounts> environments() {
        return environments;
    }

    Map<String, ReplayCounts> subjects() {
        return subjects;
    }

    List<ReplayJudgement> examples() {
        return examples;
    }
}
