package io.countersign.server.audit;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes entries as lines of CSV (RFC 4180) that no spreadsheet takes for formulas. */
final class AuditCsv {

    static final String MEDIA_TYPE = "text/csv;charset=UTF-8";
    static final String HEADER =
            "leafIndex,time,type,prominent,actorId,actorHandle,actorKind,channel,credentialId,callId,"
                    + "requestId,number,entry\r\n";

    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private AuditCsv() {}

    static String line(FoundEntry entry) {
        List<Object> cells = List.of(
                entry.leafIndex(),
                entry.time(),
                entry.type(),
                entry.prominent(),
                entry.actor().id(),
                orEmpty(entry.actor().handle()),
                entry.actor().kind(),
                entry.actor().channel(),
                entry.actor().credentialId(),
                entry.actor().callId(),
                orEmpty(entry.requestId()),
                orEmpty(entry.number()),
                entry.entry());
        return cells.stream().map(cell -> cell(cell.toString())).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** In quotes; behind an apostrophe when a spreadsheet would calculate it. */
    static String cell(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }

    private static String orEmpty(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
