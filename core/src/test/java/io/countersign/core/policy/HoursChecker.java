package io.countersign.core.policy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Compares the very {@link Conditions} and {@link Window} that decide with an oracle that shares nothing with them: a window
 * is the list of hours one passes when walking from its start to its end, and the local hour is counted from the seconds
 * since 1970 and the offset, with no calendar.
 */
public final class HoursChecker {

    /** What must hold of every window at every instant. */
    public enum Law {
        /** The wall clock is that of the policy's zone, or else of the organization's, also around a change of the clocks. */
        T2,
        /** The window lies from its start to before its end, over midnight too, on the weekdays of each hour itself. */
        T3
    }

    private static final ZoneId ORGANIZATION = ZoneId.of("America/New_York");
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("UTC"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("Africa/Casablanca"),
            ZoneId.of("Pacific/Apia"),
            ZoneId.of("America/St_Johns"));
    private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private HoursChecker() {}

    /** What breaks this law first, or nothing: called by name, across class loaders. */
    public static @Nullable String hunt(String law) {
        return switch (Law.valueOf(law)) {
            case T2 -> wallClockBreaks();
            case T3 -> windowBreaks();
        };
    }

    /** Every window there is, with several sets of weekdays, at every hour of the week; alone and beside another one. */
    private static @Nullable String windowBreaks() {
        Window second = new Window(EnumSet.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY), 20, 4);
        for (Set<DayOfWeek> days : weekdays()) {
            for (int start = 0; start < 24; start++) {
                for (int end = 0; end <= 24; end++) {
                    Window window = new Window(days, start, end);
                    Set<Integer> inside = hours(window);
                    Set<Integer> beside = hours(second);
                    Conditions alone = conditions(window, List.of(), null);
                    Conditions both = conditions(window, List.of(second), null);
                    Conditions either = conditions(null, List.of(window, second), null);
                    for (int hour = 0; hour < 168; hour++) {
                        boolean in = inside.contains(hour);
                        boolean other = beside.contains(hour);
                        if (matches(alone, hour) != in
                                || matches(both, hour) != (in && other)
                                || matches(either, hour) != (in || other)) {
                            return window + " and " + second + " at hour " + hour + " of the week";
                        }
                    }
                }
            }
        }
        return null;
    }

    private static boolean matches(Conditions conditions, int hourOfWeek) {
        return conditions.matchesHour(DayOfWeek.of(hourOfWeek / 24 + 1), hourOfWeek % 24);
    }

    /** The hours of the week, Monday's first, that a walk from the start to the end passes; a whole day if they are one. */
    private static Set<Integer> hours(Window window) {
        Set<Integer> hoursOfDay = new HashSet<>();
        int hour = window.startHour();
        do {
            hoursOfDay.add(hour);
            hour = (hour + 1) % 24;
        } while (hour != window.endHour() % 24);
        Set<Integer> hours = new HashSet<>();
        for (int day = 0; day < 7; day++) {
            if (window.weekdays().isEmpty() || window.weekdays().contains(DayOfWeek.of(day + 1))) {
                for (int inside : hoursOfDay) {
                    hours.add(24 * day + inside);
                }
            }
        }
        return hours;
    }

    /** Every zone through a year, hour by hour, and around each change of the clocks quarter by quarter. */
    private static @Nullable String wallClockBreaks() {
        for (ZoneId zone : ZONES) {
            for (boolean own : List.of(true, false)) {
                for (Instant instant : instants(zone)) {
                    String broken = wallClockBreaks(own ? zone : null, own ? ORGANIZATION : zone, zone, instant);
                    if (broken != null) {
                        return broken;
                    }
                }
            }
        }
        return null;
    }

    /** The window of exactly the local hour matches, and neither the hours beside it nor the same hour of another day. */
    private static @Nullable String wallClockBreaks(
            @Nullable ZoneId own, ZoneId organization, ZoneId read, Instant instant) {
        int local = hourOfWeek(read, instant);
        for (int aside : List.of(-24, -1, 0, 1, 24)) {
            int hour = Math.floorMod(local + aside, 168);
            Window window = new Window(EnumSet.of(DayOfWeek.of(hour / 24 + 1)), hour % 24, hour % 24 + 1);
            Conditions conditions = conditions(window, List.of(), own);
            if (conditions.matchesTime(instant, organization) != (aside == 0)) {
                return window + " in " + read + " at " + instant;
            }
        }
        Conditions now = conditions(
                new Window(EnumSet.of(DayOfWeek.of(local / 24 + 1)), local % 24, local % 24 + 1), List.of(), own);
        Optional<Instant> next = now.nextChange(instant, organization);
        return next.equals(Optional.of(firstOtherHour(read, instant))) ? null : "next in " + read + " after " + instant;
    }

    /** The first whole minute in which the wall clock shows another hour. */
    private static Instant firstOtherHour(ZoneId zone, Instant instant) {
        int local = hourOfWeek(zone, instant);
        Instant minute = instant;
        while (hourOfWeek(zone, minute) == local) {
            minute = minute.plusSeconds(60);
        }
        return minute;
    }

    /** The hour of the week, Monday's first being 0, that a wall clock shows; 1970 began on a Thursday. */
    private static int hourOfWeek(ZoneId zone, Instant instant) {
        long seconds = instant.getEpochSecond() + TimeZone.getTimeZone(zone).getOffset(instant.toEpochMilli()) / 1000;
        return (int) Math.floorMod(Math.floorDiv(seconds, 3600L) + 3 * 24, 168L);
    }

    private static List<Instant> instants(ZoneId zone) {
        List<Instant> instants = new ArrayList<>();
        for (int hour = 0; hour < 366 * 24; hour += 13) {
            instants.add(YEAR.plus(Duration.ofHours(hour)));
        }
        // until 2011 Newfoundland changed its clocks a minute after midnight, and then Samoa left a day out
        aroundChanges(zone, Instant.parse("2010-06-01T00:00:00Z"), instants);
        aroundChanges(zone, YEAR, instants);
        return instants;
    }

    /** The quarters of an hour, and the last minute, around each change of the clocks in two years. */
    private static void aroundChanges(ZoneId zone, Instant from, List<Instant> instants) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(from);
        while (change != null && change.getInstant().isBefore(from.plus(Duration.ofDays(730)))) {
            instants.add(change.getInstant().minusSeconds(60));
            for (int quarter = -12; quarter <= 12; quarter++) {
                instants.add(change.getInstant().plus(QUARTER.multipliedBy(quarter)));
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
    }

    private static List<Set<DayOfWeek>> weekdays() {
        return List.of(
                Set.of(),
                EnumSet.of(DayOfWeek.MONDAY),
                EnumSet.of(DayOfWeek.SUNDAY),
                EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
    }

    private static Conditions conditions(@Nullable Window window, List<Window> schedules, @Nullable ZoneId zone) {
        return new Conditions(Set.of(), null, window, schedules, zone, false);
    }
}
