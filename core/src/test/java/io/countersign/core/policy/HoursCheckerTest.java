package io.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.generation.SownFault;
import io.countersign.core.policy.HoursChecker.Law;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows and wall clocks are what an oracle says they are, and each fault that is sown into the very classes is found. */
class HoursCheckerTest {

    /**
     * One fault.
     *
     * @param breaks the law it breaks
     */
    private record Fault(Law breaks, String what, SownFault sown) {}

    private static final List<Fault> FAULTS = List.of(
            fault(
                    Law.T2,
                    "the policy's own zone is not looked at",
                    "Conditions",
                    "return timezone != null ? timezone : organizationZone;",
                    "return organizationZone;"),
            fault(
                    Law.T2,
                    "the organization's zone is not looked at",
                    "Conditions",
                    "return timezone != null ? timezone : organizationZone;",
                    "return timezone != null ? timezone : ZoneOffset.UTC;"),
            fault(
                    Law.T2,
                    "summer time is not kept",
                    "Conditions",
                    "now.atZone(zone(organizationZone));",
                    "now.atZone(zone(organizationZone).getRules().getStandardOffset(now));"),
            fault(
                    Law.T2,
                    "the second of two equal hours is taken for the one after",
                    "Conditions",
                    "now.atZone(zone(organizationZone));",
                    """
                    now.atZone(zone(organizationZone)).equals(
                        now.atZone(zone(organizationZone)).withEarlierOffsetAtOverlap())
                            ? now.atZone(zone(organizationZone))
                            : now.atZone(zone(organizationZone)).plusHours(1);"""),
            fault(
                    Law.T2,
                    "the weekday is that of another clock",
                    "Conditions",
                    "return matchesHour(local.getDayOfWeek(), local.getHour());",
                    "return matchesHour(now.atZone(ZoneOffset.UTC).getDayOfWeek(), local.getHour());"),
            fault(
                    Law.T2,
                    "no answer changes where the clocks do",
                    "Conditions",
                    "return transition != null && transition.getInstant().isBefore(hour) ? transition.getInstant() : hour;",
                    "return hour;"),
            fault(
                    Law.T3,
                    "no window goes over midnight",
                    "Window",
                    "hour >= startHour || hour < endHour;",
                    "hour >= startHour && hour < endHour;"),
            fault(
                    Law.T3,
                    "equal hours are no hour at all",
                    "Window",
                    "if (startHour == endHour) { return true; }",
                    "if (startHour == endHour) { return false; }"),
            fault(
                    Law.T3,
                    "the hour of the end is inside",
                    "Window",
                    "? hour >= startHour && hour < endHour",
                    "? hour >= startHour && hour <= endHour"),
            fault(
                    Law.T3,
                    "the hour of the start is outside",
                    "Window",
                    ": hour >= startHour ||",
                    ": hour > startHour ||"),
            fault(
                    Law.T3,
                    "hours after midnight belong to the evening before",
                    "Window",
                    "weekdays.contains(day))",
                    "weekdays.contains(startHour > endHour && hour < endHour ? day.minus(1) : day))"),
            fault(
                    Law.T3,
                    "no weekday named is none",
                    "Window",
                    "(weekdays.isEmpty() || weekdays.contains(day))",
                    "weekdays.contains(day)"),
            fault(
                    Law.T3,
                    "the window or a schedule is enough",
                    "Conditions",
                    "window.contains(day, hour)) && (schedules.isEmpty() ||",
                    "window.contains(day, hour)) || (schedules.isEmpty() ||"),
            fault(
                    Law.T3,
                    "every schedule must match",
                    "Conditions",
                    "if (entry.contains(day, hour)) { return true; } } return false;",
                    "if (!entry.contains(day, hour)) { return false; } } return true;"));

    private static Fault fault(Law breaks, String what, String file, String sound, String faulty) {
        return new Fault(breaks, what, new SownFault("policy/" + file, sound, faulty));
    }

    @Test
    void t2HoursAreThoseOfTheWallClockOfThePolicysZone() {
        holdsAndFindsEveryFault(Law.T2);
    }

    @Test
    void t3AWindowIsEveryHourFromItsStartToItsEnd() {
        holdsAndFindsEveryFault(Law.T3);
    }

    private static void holdsAndFindsEveryFault(Law law) {
        assertThat(HoursChecker.hunt(law.name())).isNull();
        assertThat(FAULTS.stream().filter(fault -> fault.breaks() == law))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(hunted(fault)).as(fault.what()).isNotNull());
    }

    private static Object hunted(Fault fault) throws ReflectiveOperationException {
        return fault.sown()
                .in(HoursChecker.class)
                .getMethod("hunt", String.class)
                .invoke(null, fault.breaks().name());
    }
}
