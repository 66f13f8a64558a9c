package io.countersign.server.breakglass;

import io.countersign.server.breakglass.BreakglassViews.ActionView;
import io.countersign.server.breakglass.BreakglassViews.OwnerCount;
import io.countersign.server.breakglass.BreakglassViews.ReportView;
import io.countersign.server.breakglass.BreakglassViews.RuleCount;
import io.countersign.server.breakglass.BreakglassViews.SessionView;
import io.countersign.server.breakglass.BreakglassViews.Someone;
import io.countersign.server.platform.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Service;

/** Counts the sessions of a period: how long, what for, what was bypassed, what is owed. */
@Service
class BreakglassReport {

    private static final int MOST = 500;

    private final BreakglassReading reading;

    BreakglassReport(BreakglassReading reading) {
        this.reading = reading;
    }

    ReportView report(Caller caller, Instant from, Instant to) {
        List<SessionView> sessions = reading.all(caller, from, to);
        List<SessionView> opened =
                sessions.stream().filter(view -> view.startedAt() != null).toList();
        Map<String, Integer> verdicts =
                new TreeMap<>(Map.of("justified", 0, "not-justified", 0, "follow-up", 0, "open", 0));
        Map<String, RuleCount> rules = new LinkedHashMap<>();
        Map<Someone, OwnerCount> owners = new LinkedHashMap<>();
        Duration active = Duration.ZERO;
        int actions = 0;
        for (SessionView session : opened) {
            active = active.plus(lasted(session, to));
            actions += session.actionsTaken();
            owners.merge(
                    session.owner(),
                    new OwnerCount(session.owner(), 1, session.actionsTaken()),
                    (one, other) -> new OwnerCount(
                            one.owner(), one.sessions() + other.sessions(), one.actions() + other.actions()));
        }
        for (SessionView session : opened.stream().limit(MOST).toList()) {
            for (ActionView action : reading.detail(caller, session.id()).actions()) {
                verdicts.merge(action.verdict() == null ? "open" : action.verdict(), 1, Integer::sum);
                action.bypassed()
                        .forEach(rule -> rules.merge(
                                rule.ruleId(),
                                new RuleCount(rule.ruleId(), rule.name(), 1),
                                (one, other) -> new RuleCount(one.ruleId(), one.name(), one.times() + other.times())));
            }
        }
        return new ReportView(
                from,
                to,
                opened.size(),
                (int) sessions.stream()
                        .filter(view -> view.state().equals("not-opened"))
                        .count(),
                active,
                actions,
                count(opened, view -> view.owed() != null && view.owed().closedAt() == null),
                count(opened, view -> view.owed() != null && view.owed().closureOverdue()),
                count(opened, view -> view.owed() != null && view.owed().reviewedAt() == null),
                count(opened, view -> view.owed() != null && view.owed().reviewOverdue()),
                verdicts,
                sorted(rules.values(), Comparator.comparingInt(RuleCount::times).reversed()),
                sorted(
                        owners.values(),
                        Comparator.comparingInt(OwnerCount::sessions).reversed()),
                sessions.stream().limit(MOST).toList(),
                sessions.size() <= MOST);
    }

    private static Duration lasted(SessionView session, Instant to) {
        if (session.lasted() != null) {
            return session.lasted();
        }
        Instant start = session.startedAt();
        return start == null || start.isAfter(to) ? Duration.ZERO : Duration.between(start, to);
    }

    private static int count(List<SessionView> sessions, java.util.function.Predicate<SessionView> what) {
        return (int) sessions.stream().filter(what).count();
    }

    private static <T> List<T> sorted(java.util.Collection<T> values, Comparator<T> by) {
        List<T> list = new ArrayList<>(values);
        list.sort(by);
        return list;
    }
}
