package io.countersign.cli.terminal;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A week of hours, each inside or outside: when a policy applies.
 *
 * @param inside seven days from Monday, each with its 24 hours
 */
public record WeekCalendar(List<List<Boolean>> inside) {

    private static final int HOURS = 24;

    public WeekCalendar {
        inside = inside.stream().map(List::copyOf).toList();
        if (inside.size() != DayOfWeek.values().length) {
            throw new IllegalArgumentException("a week has seven days, not " + inside.size());
        }
        for (List<Boolean> day : inside) {
            if (day.size() != HOURS) {
                throw new IllegalArgumentException("a day has 24 hours, not " + day.size());
            }
        }
    }

    /** One line for the hours and one for each day. */
    public List<Text> lines(boolean unicode) {
        List<Text> lines = new ArrayList<>();
        StringBuilder hours = new StringBuilder("     ");
        for (int hour = 0; hour < HOURS; hour += 3) {
            hours.append("%-6s".formatted("%02d".formatted(hour)));
        }
        lines.add(Text.of(Style.DIM, hours.toString().stripTrailing()));
        for (DayOfWeek day : DayOfWeek.values()) {
            lines.add(line(day, unicode));
        }
        return lines;
    }

    /** How many of the 168 hours are inside. */
    public long hours() {
        return inside.stream().flatMap(List::stream).filter(hour -> hour).count();
    }

    private Text line(DayOfWeek day, boolean unicode) {
        Text line = Text.of(day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + "  ");
        for (boolean hour : inside.get(day.getValue() - 1)) {
            line = hour ? line.and(Style.ACCENT, unicode ? "██" : "##") : line.and(Style.DIM, unicode ? "··" : "..");
        }
        return line;
    }
}
