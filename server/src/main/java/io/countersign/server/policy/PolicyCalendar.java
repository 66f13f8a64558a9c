package io.countersign.server.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.core.policy.Conditions;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The week on the wall clock of a policy's zone.
 *
 * @param changesAt when it begins or ends to apply next; none when it always or never does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PolicyCalendar(
        String timezone, boolean activeNow, @Nullable Instant changesAt, List<Day> days, int hoursPerWeek) {

    /** One day of it: for each hour whether the policy applies. */
    record Day(String weekday, List<Boolean> hours) {}

    static PolicyCalendar of(Conditions conditions, ZoneId organizationZone, Instant at) {
        List<Day> days = new ArrayList<>();
        int sum = 0;
        for (DayOfWeek day : DayOfWeek.values()) {
            List<Boolean> hours = new ArrayList<>();
            for (int hour = 0; hour < 24; hour++) {
                boolean applies = conditions.matchesHour(day, hour);
                hours.add(applies);
                sum += applies ? 1 : 0;
            }
            days.add(new Day(day.name().toLowerCase(Locale.ROOT), hours));
        }
        return new PolicyCalendar(
                conditions.zone(organizationZone).getId(),
                conditions.matchesTime(at, organizationZone),
                conditions.nextChange(at, organizationZone).orElse(null),
                days,
                sum);
    }
}
