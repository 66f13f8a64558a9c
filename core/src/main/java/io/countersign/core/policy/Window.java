package io.countersign.core.policy;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.Set;

/**
 * Part of a week on the local wall clock: the weekdays named (none named = all seven) and the hours from start to before
 * end. Start after end wraps midnight, equal means the whole day; the weekday is that of the very instant.
 *
 * @param startHour 0 to 23
 * @param endHour 0 to 24, 24 being the end of the day
 */
public record Window(Set<DayOfWeek> weekdays, int startHour, int endHour) {

    public Window {
        weekdays = Set.copyOf(weekdays);
    }

    /** Whether the local time lies inside. */
    public boolean contains(LocalDateTime local) {
        return contains(local.getDayOfWeek(), local.getHour());
    }

    /** Whether this hour of this weekday lies inside. */
    public boolean contains(DayOfWeek day, int hour) {
        return (weekdays.isEmpty() || weekdays.contains(day)) && hourInside(hour);
    }

    private boolean hourInside(int hour) {
        if (startHour == endHour) {
            return true;
        }
        return startHour < endHour ? hour >= startHour && hour < endHour : hour >= startHour || hour < endHour;
    }
}
