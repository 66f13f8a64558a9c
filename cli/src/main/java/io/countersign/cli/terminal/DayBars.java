package io.countersign.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * A bar for each day, or for each week where there are many days.
 *
 * @param days in order of time
 */
public record DayBars(List<Day> days) {

    private static final int MOST_LINES = 31;
    private static final int WEEK = 7;
    private static final int WIDTH = 40;

    /**
     * One day.
     *
     * @param changed the part that stands out
     * @param same the part that is there anyway
     * @param of out of how many
     */
    public record Day(String label, long changed, long same, long of) {

        private Day plus(Day later) {
            return new Day(label, changed + later.changed, same + later.same, of + later.of);
        }
    }

    public DayBars {
        days = List.copyOf(days);
    }

    /** One line for each bar; the longest bar is 40 characters long. */
    public List<Text> lines(boolean unicode) {
        List<Day> shown = days.size() > MOST_LINES ? weeks() : days;
        long most = Math.max(
                1,
                shown.stream()
                        .mapToLong(day -> day.changed() + day.same())
                        .max()
                        .orElse(1));
        List<Text> lines = new ArrayList<>();
        for (Day day : shown) {
            int changed = length(day.changed(), most);
            int same = length(day.changed() + day.same(), most) - changed;
            lines.add(Text.of(Style.DIM, day.label() + "  ")
                    .and(Style.ACCENT, (unicode ? "█" : "#").repeat(changed))
                    .and(Style.DIM, (unicode ? "░" : "=").repeat(Math.max(0, same)))
                    .and(" ".repeat(WIDTH - changed - Math.max(0, same) + 1))
                    .and((day.changed() + day.same()) + " of " + day.of()));
        }
        return lines;
    }

    /** What the two parts of a bar look like. */
    public static Text legend(String changed, String same, boolean unicode) {
        return Text.of(Style.ACCENT, unicode ? "█ " : "# ")
                .and(changed)
                .and(Style.DIM, unicode ? "  ░ " : "  = ")
                .and(same);
    }

    private List<Day> weeks() {
        List<Day> weeks = new ArrayList<>();
        for (int begin = 0; begin < days.size(); begin += WEEK) {
            weeks.add(days.subList(begin, Math.min(begin + WEEK, days.size())).stream()
                    .reduce(Day::plus)
                    .orElseThrow());
        }
        return weeks;
    }

    /** Whatever is there is seen, however little it is. */
    private static int length(long part, long most) {
        return part == 0 ? 0 : (int) Math.max(1, part * WIDTH / most);
    }
}
