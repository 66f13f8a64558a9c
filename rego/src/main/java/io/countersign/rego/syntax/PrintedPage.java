package io.countersign.rego.syntax;

import io.countersign.rego.syntax.RegoModule.Comment;
import java.util.List;

/** Formatted text while it is written: lines, their indentation, and the comments that come along. */
final class PrintedPage {

    private final StringBuilder out = new StringBuilder();
    private final List<Comment> comments;
    private int next;
    private int indent;
    private boolean lineBegins = true;

    PrintedPage(List<Comment> comments) {
        this.comments = comments;
    }

    int length() {
        return out.length();
    }

    void write(String text) {
        if (lineBegins) {
            out.append("\t".repeat(indent));
            lineBegins = false;
        }
        out.append(text);
    }

    void in() {
        indent++;
    }

    void out() {
        indent--;
    }

    /** Ends the line; the comments up to this row of the source come along, the first of them behind the text. */
    void endLine(int row) {
        boolean first = true;
        while (next < comments.size() && comments.get(next).loc().row() <= row) {
            if (first) {
                write(" " + text(comments.get(next++)));
            } else {
                newLine();
                write(text(comments.get(next++)));
            }
            first = false;
        }
        newLine();
    }

    /** Ends the line of a rule: one comment comes along, those after it go before what follows. */
    void endRule(int row) {
        if (next < comments.size() && comments.get(next).loc().row() <= row) {
            write(" " + text(comments.get(next++)));
        }
        newLine();
    }

    private void newLine() {
        out.append('\n');
        lineBegins = true;
    }

    /** Writes the comments before a row of the source, each on its own line; keeps blank lines on wish. */
    int commentsBefore(int row, int lastRow, boolean keepBlank) {
        int last = lastRow;
        while (next < comments.size() && comments.get(next).loc().row() < row) {
            Comment comment = comments.get(next++);
            if (keepBlank && last > 0 && comment.loc().row() > last + 1) {
                newLine();
            }
            write(text(comment));
            newLine();
            last = Math.max(last, comment.loc().row());
        }
        return last;
    }

    /** Whether a comment stands between two rows, the first of them included. */
    boolean hasComment(int from, int to) {
        for (int i = next; i < comments.size() && comments.get(i).loc().row() <= to; i++) {
            if (comments.get(i).loc().row() >= from) {
                return true;
            }
        }
        return false;
    }

    void blankLine() {
        newLine();
    }

    /** Makes sure that a blank line stands at a place that is the beginning of a line. */
    void blankLineAt(int place) {
        if (place >= 2
                && !(out.charAt(place - 1) == '\n' && out.charAt(place - 2) == '\n')
                && out.charAt(place) != '\n') {
            out.insert(place, '\n');
        }
    }

    /** Whether more than one line was written since a place. */
    boolean spansLines(int place) {
        int end = out.indexOf("\n", place);
        return end >= 0 && end < out.length() - 1;
    }

    private static String text(Comment comment) {
        return ("#" + comment.text()).stripTrailing();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
