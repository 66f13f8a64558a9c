package io.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final LocalDateTime MONDAY = LocalDateTime.parse("2026-03-02T00:00:00");

    @Test
    void containsItsFirstHourAndNotTheOneAfterItsLast() {
        Window office = new Window(Set.of(), 9, 17);
        assertThat(office.contains(MONDAY.withHour(8).withMinute(59))).isFalse();
        assertThat(office.contains(MONDAY.withHour(9))).isTrue();
        assertThat(office.contains(MONDAY.withHour(16).withMinute(59))).isTrue();
        assertThat(office.contains(MONDAY.withHour(17))).isFalse();
    }

    @Test
    void goesOverMidnightOnTheWeekdayOfEachHourItself() {
        Window night = new Window(Set.of(DayOfWeek.MONDAY), 22, 6);
        assertThat(night.contains(MONDAY.withHour(22))).isTrue();
        assertThat(night.contains(MONDAY.withHour(5))).isTrue();
        assertThat(night.contains(MONDAY.withHour(6))).isFalse();
        assertThat(night.contains(MONDAY.withHour(21))).isFalse();
        assertThat(night.contains(MONDAY.plusDays(1).withHour(5))).isFalse();
    }

    @Test
    void isTheWholeDayWhenBothHoursAreTheSame() {
        Window day = new Window(Set.of(DayOfWeek.SUNDAY), 4, 4);
        assertThat(day.contains(MONDAY.minusDays(1).withHour(4))).isTrue();
        assertThat(day.contains(MONDAY.minusDays(1).withHour(3))).isTrue();
        assertThat(day.contains(MONDAY)).isFalse();
    }
}
