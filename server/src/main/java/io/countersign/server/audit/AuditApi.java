package io.countersign.server.audit;

import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Searches the audit log, and gives it out. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Audit", description = "The log, searched and followed")
final class AuditApi {

    private static final int EXPORT_ROWS = 1_000;

    private final AuditSearchStore store;
    private final Names names;

    AuditApi(AuditSearchStore store, Names names) {
        this.store = store;
        this.names = names;
    }

    @GetMapping("/audit-entries")
    @Requires(Permission.AUDIT_READ)
    @Operation(
            operationId = "listAuditEntries",
            summary = "Search the audit log, the latest entries first",
            description = "All filters given must hold. `type` may be repeated: any of them. `actor` is an"
                    + " id or `@handle`. `requestId` is an id or a"
                    + " number such as `AR-42`. `from` is included, `to` is not. `text`: for each of its words the"
                    + " entry has a word that begins with it.")
    Page<FoundEntry> list(
            Caller caller,
            Paging paging,
            @RequestParam(defaultValue = "") List<String> type,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String requestId,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable Boolean prominent) {
        String organization = caller.organizationId();
        AuditQuery query = AuditQuery.of(type, principal(organization, actor), requestId, from, to, text, prominent);
        List<FoundEntry> rows = store.latest(organization, query, EntryKeys.read(paging.after()), paging.rows());
        return Page.of(rows, paging, EntryKeys::write).map(row -> called(organization, row));
    }

    @GetMapping("/audit-entries/{leafIndex}")
    @Requires(Permission.AUDIT_READ)
    @Operation(operationId = "readAuditEntry", summary = "Read the entry at a place of the audit log")
    FoundEntry read(Caller caller, @PathVariable long leafIndex) {
        return store.at(caller.organizationId(), leafIndex)
                .map(entry -> called(caller.organizationId(), entry))
                .orElseThrow(() -> ProblemException.notFound("audit-entry", Long.toString(leafIndex)));
    }

    @GetMapping(path = "/audit-entries.csv", produces = AuditCsv.MEDIA_TYPE)
    @Requires(Permission.AUDIT_READ)
    @Operation(
            operationId = "exportAuditEntries",
            summary = "Export the audit log as CSV, the earliest entries first",
            description = "Takes the filters of the search; ends with the entries that had their place when it began.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content = @Content(mediaType = AuditCsv.MEDIA_TYPE, schema = @Schema(type = "string"))))
    void export(
            Caller caller,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") List<String> type,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String requestId,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable Boolean prominent)
            throws IOException {
        String organization = caller.organizationId();
        AuditQuery query = AuditQuery.of(type, principal(organization, actor), requestId, from, to, text, prominent);
        long length = store.length(organization);
        List<FoundEntry> rows = store.earliest(organization, query, null, length, EXPORT_ROWS);
        response.setContentType(AuditCsv.MEDIA_TYPE);
        response.setHeader("Content-Disposition", "attachment; filename=\"audit-entries.csv\"");
        response.setHeader("Cache-Control", "no-store");
        // Left open when something fails: closing it would make the part look like the whole.
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        out.write(AuditCsv.HEADER);
        while (!rows.isEmpty()) {
            for (FoundEntry row : rows) {
                out.write(AuditCsv.line(called(organization, row)));
            }
            FoundEntry last = rows.getLast();
            rows = rows.size() < EXPORT_ROWS
                    ? List.of()
                    : store.earliest(organization, query, EntryKeys.of(last), length, EXPORT_ROWS);
        }
        out.flush();
    }

    private FoundEntry called(String organizationId, FoundEntry entry) {
        return entry.called(names.handleOf(organizationId, entry.actor().id()).orElse(null));
    }

    /** The id of whom the filter names, by id or {@code @handle}. */
    private @Nullable String principal(String organizationId, @Nullable String actor) {
        return actor == null || !actor.startsWith("@")
                ? actor
                : names.idOf(organizationId, actor).orElseThrow(() -> ProblemException.notFound("principal", actor));
    }
}
