package io.countersign.core.policy;

import io.countersign.core.action.Place.EnvironmentFacts;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a policy applies: every given field must match (policy guide, "Condition Constraints").
 *
 * @param environments names or ids of environments, exact; empty = any
 * @param environmentPattern a name pattern in which {@code *} stands for any run of characters, or none
 * @param window the weekdays and hours, or none for always
 * @param schedules a list of windows of which one must match; empty = always
 * @param timezone an exact IANA id, or none for the organization's
 * @param requireReason whether an ask without a reason is refused
 */
public record Conditions(
        Set<String> environments,
        @Nullable String environmentPattern,
        @Nullable Window window,
        List<Window> schedules,
        @Nullable ZoneId timezone,
        boolean requireReason) {

    /** How far ahead {@link #nextChange} looks: two weeks and a day, because a change of the clocks can swallow an hour of one week. */
    public static final Duration HORIZON = Duration.ofDays(15);

    /** The most environments that can be named. */
    public static final int MAX_ENVIRONMENTS = 100;

    /** The most entries of a list of schedules. */
    public static final int MAX_SCHEDULES = 50;

    public Conditions {
        environments = Set.copyOf(environments);
        schedules = List.copyOf(schedules);
    }

    /** Applies everywhere and at all times. */
    public static Conditions always() {
        return new Conditions(Set.of(), null, null, List.of(), null, false);
    }

    /** Whether the time matters at all. */
    public boolean timed() {
        return window != null || !schedules.isEmpty();
    }

    /** Whether any of the environments is one that is meant; with no environment condition every place matches. */
    public boolean matchesPlace(List<EnvironmentFacts> present) {
        if (environments.isEmpty() && environmentPattern == null) {
            return true;
        }
        for (EnvironmentFacts environment : present) {
            if (matchesEnvironment(environment)) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesEnvironment(EnvironmentFacts environment) {
        boolean named = environments.isEmpty()
                || environments.contains(environment.name())
                || environments.contains(environment.id());
        return named && (environmentPattern == null || glob(environmentPattern, environment.name()));
    }

    /** Whether the instant lies in the window and in one of the schedules, on the wall clock of the policy's zone. */
    public boolean matchesTime(Instant now, ZoneId organizationZone) {
        if (!timed()) {
            return true;
        }
        ZonedDateTime local = now.atZone(zone(organizationZone));
        return matchesHour(local.getDayOfWeek(), local.getHour());
    }

    /** Whether an hour of the week lies inside: the cell of the calendar that editors and previews show. */
    public boolean matchesHour(DayOfWeek day, int hour) {
        return (window == null || window.contains(day, hour)) && (schedules.isEmpty() || scheduled(day, hour));
    }

    private boolean scheduled(DayOfWeek day, int hour) {
        for (Window entry : schedules) {
            if (entry.contains(day, hour)) {
                return true;
            }
        }
        return false;
    }

    /** The zone this policy's hours are read in. */
    public ZoneId zone(ZoneId organizationZone) {
        return timezone != null ? timezone : organizationZone;
    }

    /** The next instant at which {@link #matchesTime} answers otherwise, or nothing within {@link #HORIZON}. */
    public Optional<Instant> nextChange(Instant now, ZoneId organizationZone) {
        if (!timed()) {
            return Optional.empty();
        }
        boolean present = matchesTime(now, organizationZone);
        Instant end = now.plus(HORIZON);
        Instant step = now;
        while (step.isBefore(end)) {
            step = nextHour(step, zone(organizationZone));
            if (matchesTime(step, organizationZone) != present) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    /** The next instant at which the local hour may differ: the next full hour, or a change of the zone's offset. */
    private static Instant nextHour(Instant now, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(now);
        LocalDateTime local = LocalDateTime.ofInstant(now, offset);
        Instant hour = local.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant(offset);
        ZoneOffsetTransition transition = zone.getRules().nextTransition(now);
        return transition != null && transition.getInstant().isBefore(hour) ? transition.getInstant() : hour;
    }

    /** Linear-time matching of `*`, so that no pattern can be slow. */
    private static boolean glob(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int mark = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
