package io.countersign.server.approval;

import io.countersign.server.change.ChangeRendering;
import io.countersign.server.change.ChangeView;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The change behind a request, as people read it. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Approvals")
class ChangesApi {

    private final RequestReading reading;

    ChangesApi(RequestReading reading) {
        this.reading = reading;
    }

    @GetMapping("/requests/{request}/change")
    @Requires(Permission.REQUESTS_READ)
    @Operation(
            operationId = "getChange",
            summary = "What the payload changes, rendered from the very bytes of the digest",
            description =
                    "At most 5,000 lines and 256 KiB of text at once; `complete` says whether that is all of it, and"
                            + " `rows.nextOffset` where to go on. Likely secrets are covered, hidden characters are marked. The"
                            + " texts are data: show them as text, never as markup.")
    ChangeView change(
            Caller caller,
            @PathVariable String request,
            @Parameter(description = "`structured` (by what it is) or `raw` (JSON, text or bytes).")
                    @RequestParam(defaultValue = "structured")
                    String view,
            @Parameter(
                            description = "Another request, such as `AR-12`: the answer is how this payload differs"
                                    + " from its payload; both must be readable by the caller.")
                    @RequestParam(required = false)
                    @Nullable
                    String against,
            @Parameter(description = "The first line to show, counted from 0: `rows.nextOffset` of the part before.")
                    @RequestParam(defaultValue = "0")
                    int offset) {
        if (offset < 0) {
            throw ProblemException.badField("out-of-range", "offset", "the first line is 0");
        }
        DirectoryImage directory = reading.directory(caller);
        ChangeRendering.Source source = source(reading.truePayload(caller, request), directory);
        if (against != null) {
            RequestReading.TruePayload other = reading.truePayload(caller, against);
            return ChangeRendering.compared(source, other.name(), source(other, directory), offset);
        }
        return switch (view) {
            case "structured" -> ChangeRendering.structured(source, offset);
            case "raw" -> ChangeRendering.raw(source, offset);
            default ->
                throw ProblemException.badField("unknown-word", "view", "`" + view + "` is none of structured, raw");
        };
    }

    private static ChangeRendering.Source source(RequestReading.TruePayload read, DirectoryImage directory) {
        return ChangeRendering.Source.of(
                read.digest().value(),
                read.payload().mediaType(),
                read.payload().bytes(),
                id -> directory.nameOf(id).orElse(id));
    }
}
