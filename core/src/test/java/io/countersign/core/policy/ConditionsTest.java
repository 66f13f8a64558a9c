package io.countersign.core.policy;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.Tier;
import io.countersign.core.generation.Choices;
import io.countersign.core.generation.Effort;
import io.countersign.core.generation.ForAll;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId ISTANBUL = ZoneId.of("Europe/Istanbul");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");

    @Test
    void theOffHoursExampleCoversThirtyOf168Hours() {
        assertThat(hours(window(18, 9, SATURDAY, SUNDAY))).isEqualTo(30);
    }

    @Test
    void schedulesSayOffHoursAsTheyAreMeant() {
        Conditions offHours = schedules(
                new Window(EnumSet.range(MONDAY, FRIDAY), 18, 9), new Window(EnumSet.of(SATURDAY, SUNDAY), 0, 24));
        assertThat(hours(offHours)).isEqualTo(5 * 15 + 48);
        assertThat(offHours.matchesTime(at(UTC, "2026-03-04T12:00"), UTC)).isFalse();
        assertThat(offHours.matchesTime(at(UTC, "2026-03-07T12:00"), UTC)).isTrue();
    }

    @Test
    void aWindowIncludesItsStartAndExcludesItsEnd() {
        Conditions morning = window(9, 12);
        assertThat(morning.matchesTime(at(UTC, "2026-03-02T08:59:59.999999999"), UTC))
                .isFalse();
        assertThat(morning.matchesTime(at(UTC, "2026-03-02T09:00"), UTC)).isTrue();
        assertThat(morning.matchesTime(at(UTC, "2026-03-02T11:59:59.999999999"), UTC))
                .isTrue();
        assertThat(morning.matchesTime(at(UTC, "2026-03-02T12:00"), UTC)).isFalse();
    }

    @Test
    void aStartAfterTheEndWrapsMidnight() {
        Conditions night = window(22, 6);
        assertThat(hours(night)).isEqualTo(7 * 8);
        assertThat(night.matchesHour(MONDAY, 22)).isTrue();
        assertThat(night.matchesHour(MONDAY, 0)).isTrue();
        assertThat(night.matchesHour(MONDAY, 5)).isTrue();
        assertThat(night.matchesHour(MONDAY, 6)).isFalse();
        assertThat(night.matchesHour(MONDAY, 21)).isFalse();
    }

    @Test
    void equalStartAndEndMeanTheWholeDay() {
        assertThat(hours(window(9, 9))).isEqualTo(168);
        assertThat(hours(window(0, 0))).isEqualTo(168);
        assertThat(hours(window(0, 24))).isEqualTo(168);
        assertThat(hours(window(7, 7, MONDAY))).isEqualTo(24);
    }

    @Test
    void theWeekdayIsThatOfTheSameInstant() {
        Conditions mondayNight = window(22, 6, MONDAY);
        assertThat(mondayNight.matchesTime(at(UTC, "2026-03-02T23:00"), UTC)).isTrue();
        assertThat(mondayNight.matchesTime(at(UTC, "2026-03-02T01:00"), UTC)).isTrue();
        assertThat(mondayNight.matchesTime(at(UTC, "2026-03-03T01:00"), UTC)).isFalse();
    }

    @Test
    void hoursAndWeekdaysAreThoseOfThePolicysZone() {
        Conditions friday =
                new Conditions(Set.of(), null, new Window(Set.of(SATURDAY), 0, 3), List.of(), ISTANBUL, false);
        assertThat(friday.matchesTime(Instant.parse("2026-03-06T21:00:00Z"), UTC))
                .isTrue();
        assertThat(friday.matchesTime(Instant.parse("2026-03-06T20:59:00Z"), UTC))
                .isFalse();
        assertThat(friday.matchesTime(Instant.parse("2026-03-07T00:00:00Z"), UTC))
                .isFalse();
        assertThat(friday.zone(UTC)).isEqualTo(ISTANBUL);
    }

    @Test
    void withoutAZoneTheOrganizationsIsUsed() {
        Conditions saturday = window(0, 24, SATURDAY);
        assertThat(saturday.matchesTime(Instant.parse("2026-03-06T21:00:00Z"), ISTANBUL))
                .isTrue();
        assertThat(saturday.matchesTime(Instant.parse("2026-03-06T21:00:00Z"), UTC))
                .isFalse();
        assertThat(saturday.zone(ISTANBUL)).isEqualTo(ISTANBUL);
    }

    @Test
    void windowAndSchedulesMustBothMatch() {
        Conditions both = new Conditions(
                Set.of(),
                null,
                new Window(Set.of(), 8, 20),
                List.of(new Window(Set.of(MONDAY), 0, 10), new Window(Set.of(FRIDAY), 18, 24)),
                null,
                false);
        assertThat(hours(both)).isEqualTo(4);
        assertThat(both.matchesHour(MONDAY, 8)).isTrue();
        assertThat(both.matchesHour(MONDAY, 7)).isFalse();
        assertThat(both.matchesHour(FRIDAY, 19)).isTrue();
        assertThat(both.matchesHour(FRIDAY, 20)).isFalse();
    }

    @Test
    void anHourThatTheClocksSkipMatchesNoInstant() {
        // Berlin, 2026-03-29: 02:00 is followed by 03:00
        Conditions two = zoned(BERLIN, new Window(Set.of(SUNDAY), 2, 3));
        assertThat(matchingMinutes(two, "2026-03-29T00:00", "2026-03-30T00:00", BERLIN))
                .isZero();
        assertThat(matchingMinutes(two, "2026-03-22T00:00", "2026-03-23T00:00", BERLIN))
                .isEqualTo(60);
    }

    @Test
    void anHourThatTheClocksRepeatMatchesTwice() {
        // Berlin, 2026-10-25: 02:00 to 03:00 happens twice
        Conditions two = zoned(BERLIN, new Window(Set.of(SUNDAY), 2, 3));
        assertThat(matchingMinutes(two, "2026-10-25T00:00", "2026-10-26T00:00", BERLIN))
                .isEqualTo(120);
    }

    @Test
    void lordHowesHalfHourIsCountedAsItIs() {
        // 2026-04-05, 02:00 goes back to 01:30; 2026-10-04, 02:00 goes on to 02:30
        Conditions one = zoned(LORD_HOWE, new Window(Set.of(SUNDAY), 1, 2));
        Conditions two = zoned(LORD_HOWE, new Window(Set.of(SUNDAY), 2, 3));
        assertThat(matchingMinutes(one, "2026-04-05T00:00", "2026-04-06T00:00", LORD_HOWE))
                .isEqualTo(90);
        assertThat(matchingMinutes(two, "2026-10-04T00:00", "2026-10-05T00:00", LORD_HOWE))
                .isEqualTo(30);
    }

    @Test
    void withoutHoursNothingChangesWithTheTime() {
        assertThat(Conditions.always().timed()).isFalse();
        assertThat(Conditions.always().matchesTime(Instant.EPOCH, UTC)).isTrue();
        assertThat(Conditions.always().nextChange(Instant.EPOCH, UTC)).isEmpty();
        assertThat(window(0, 24).nextChange(Instant.EPOCH, UTC)).isEmpty();
        assertThat(window(1, 2).timed()).isTrue();
        assertThat(schedules(new Window(Set.of(), 1, 2)).timed()).isTrue();
    }

    @Test
    void theNextChangeIsTheFirstMinuteAtWhichTheAnswerDiffers() {
        ForAll.examples(Effort.of(400, 20_000), ConditionsTest::moment, moment -> {
            Instant start = moment.at().truncatedTo(ChronoUnit.MINUTES);
            Optional<Instant> next = moment.conditions().nextChange(start, UTC);
            boolean now = moment.conditions().matchesTime(start, UTC);
            Instant minute = start;
            Instant end = start.plus(Conditions.HORIZON);
            while (minute.isBefore(end) && moment.conditions().matchesTime(minute, UTC) == now) {
                minute = minute.plus(Duration.ofMinutes(1));
            }
            assertThat(next).isEqualTo(minute.isBefore(end) ? Optional.of(minute) : Optional.empty());
        });
    }

    @Test
    void theNextChangeIsFoundEvenWhenTheClocksSwallowAWeeksHour() {
        Conditions two = zoned(BERLIN, new Window(Set.of(SUNDAY), 2, 3));
        assertThat(two.nextChange(at(BERLIN, "2026-03-22T03:00"), UTC)).contains(at(BERLIN, "2026-04-05T02:00"));
    }

    @Test
    void environmentsAreMatchedByNameOrIdExactly() {
        Conditions production = places(Set.of("production", "env-7"), null);
        assertThat(production.matchesPlace(List.of(environment("env-1", "production"))))
                .isTrue();
        assertThat(production.matchesPlace(List.of(environment("env-7", "anything"))))
                .isTrue();
        assertThat(production.matchesPlace(List.of(environment("env-1", "Production"))))
                .isFalse();
        assertThat(production.matchesPlace(List.of(environment("env-1", "production-2"))))
                .isFalse();
        assertThat(production.matchesPlace(List.of())).isFalse();
    }

    @Test
    void oneOfSeveralEnvironmentsIsEnough() {
        Conditions production = places(Set.of("production"), null);
        assertThat(production.matchesPlace(List.of(environment("1", "staging"), environment("2", "production"))))
                .isTrue();
    }

    @Test
    void withoutAnEnvironmentConditionEveryPlaceMatches() {
        assertThat(Conditions.always().matchesPlace(List.of())).isTrue();
        assertThat(Conditions.always().matchesPlace(List.of(environment("1", "staging"))))
                .isTrue();
    }

    @Test
    void aPatternsStarStandsForAnyRunOfCharacters() {
        assertThat(pattern("prod*", "production")).isTrue();
        assertThat(pattern("prod*", "prod")).isTrue();
        assertThat(pattern("prod*", "preprod")).isFalse();
        assertThat(pattern("*prod", "preprod")).isTrue();
        assertThat(pattern("*-eu-*", "prod-eu-1")).isTrue();
        assertThat(pattern("*-eu-*", "prod-us-1")).isFalse();
        assertThat(pattern("a*b*c", "a1b2b3c")).isTrue();
        assertThat(pattern("a*b*c", "a1b2b3d")).isFalse();
        assertThat(pattern("*", "")).isTrue();
        assertThat(pattern("prod**", "prod")).isTrue();
        assertThat(pattern("prod", "production")).isFalse();
        assertThat(pattern("p.od", "prod")).isFalse();
    }

    @Test
    void aPatternTellsTheSameAsItsRegularExpression() {
        ForAll.examples(
                20_000,
                choices -> List.of(word(choices, "ab*"), word(choices, "ab")),
                two -> assertThat(pattern(two.get(0), two.get(1)))
                        .isEqualTo(two.get(1).matches(two.get(0).replace("*", ".*"))));
    }

    @Test
    void namesAndPatternMustFitTheSameEnvironment() {
        Conditions both = places(Set.of("production", "staging"), "prod*");
        assertThat(both.matchesPlace(List.of(environment("1", "production")))).isTrue();
        assertThat(both.matchesPlace(List.of(environment("1", "staging"), environment("2", "prod-2"))))
                .isFalse();
    }

    private record Moment(Conditions conditions, Instant at) {}

    private static Moment moment(Choices choices) {
        List<Window> schedules = new ArrayList<>();
        int entries = choices.below(3);
        for (int i = 0; i < entries; i++) {
            schedules.add(anyWindow(choices));
        }
        ZoneId zone = choices.oneOf(List.of(
                UTC,
                BERLIN,
                LORD_HOWE,
                ISTANBUL,
                ZoneId.of("Asia/Kathmandu"),
                ZoneId.of("America/New_York"),
                ZoneId.of("Pacific/Apia"),
                ZoneId.of("Africa/Casablanca")));
        Window window = choices.coin() ? anyWindow(choices) : null;
        // half of them in the days of a change of the clocks
        Instant near = choices.oneOf(List.of(
                Instant.parse("2026-03-25T00:00:00Z"),
                Instant.parse("2026-10-20T00:00:00Z"),
                Instant.parse("2026-04-01T00:00:00Z"),
                Instant.parse("2011-12-27T00:00:00Z"),
                Instant.parse("2026-07-01T00:00:00Z")));
        return new Moment(
                new Conditions(Set.of(), null, window, schedules, zone, false),
                near.plus(Duration.ofMinutes(choices.below(14 * 24 * 60))));
    }

    private static Window anyWindow(Choices choices) {
        return new Window(choices.someOf(List.of(DayOfWeek.values()), 3), choices.below(24), choices.below(25));
    }

    private static String word(Choices choices, String alphabet) {
        StringBuilder word = new StringBuilder();
        int length = choices.below(7);
        for (int i = 0; i < length; i++) {
            word.append(alphabet.charAt(choices.below(alphabet.length())));
        }
        return word.toString();
    }

    private static long matchingMinutes(Conditions conditions, String from, String to, ZoneId zone) {
        long minutes = 0;
        for (Instant minute = at(zone, from); minute.isBefore(at(zone, to)); minute = minute.plusSeconds(60)) {
            minutes += conditions.matchesTime(minute, UTC) ? 1 : 0;
        }
        return minutes;
    }

    private static int hours(Conditions conditions) {
        int hours = 0;
        for (DayOfWeek day : DayOfWeek.values()) {
            for (int hour = 0; hour < 24; hour++) {
                hours += conditions.matchesHour(day, hour) ? 1 : 0;
            }
        }
        return hours;
    }

    private static Instant at(ZoneId zone, String local) {
        return LocalDateTime.parse(local).atZone(zone).toInstant();
    }

    private static Conditions window(int start, int end, DayOfWeek... days) {
        return new Conditions(Set.of(), null, new Window(Set.of(days), start, end), List.of(), null, false);
    }

    private static Conditions zoned(ZoneId zone, Window window) {
        return new Conditions(Set.of(), null, window, List.of(), zone, false);
    }

    private static Conditions schedules(Window... entries) {
        return new Conditions(Set.of(), null, null, List.of(entries), null, false);
    }

    private static Conditions places(Set<String> names, @Nullable String pattern) {
        return new Conditions(names, pattern, null, List.of(), null, false);
    }

    private static boolean pattern(String pattern, String name) {
        return places(Set.of(), pattern).matchesPlace(List.of(environment("1", name)));
    }

    private static EnvironmentFacts environment(String id, String name) {
        return new EnvironmentFacts(id, name, "project-1", Tier.PRODUCTION, null, false);
    }
}
