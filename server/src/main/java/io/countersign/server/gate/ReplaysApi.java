package io.countersign.server.gate;

import io.countersign.server.gate.Replays.Plan;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.ProblemWriter;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What a change of the rules would have meant to what was really asked. */
@RestController
@Tag(name = "Policies")
final class ReplaysApi {

    private static final Logger LOG = LoggerFactory.getLogger(ReplaysApi.class);
    private static final long NO_TIMEOUT = 0;

    /** How many of the asks have been judged. */
    record Progress(long done, long total) {}

    private final Replays replays;
    private final ReplayReport report;

    ReplaysApi(Replays replays, ReplayReport report) {
        this.replays = replays;
        this.report = report;
    }

    @PostMapping("/api/v1/replays")
    @Requires(Permission.POLICY_WRITE)
    @Operation(
            operationId = "replay",
            summary = "Try a template, bindings, or both on the recorded asks of the last days, before they are saved",
            description =
                    "Changes nothing. Whoever accepts `text/event-stream` is told of the progress: events `progress`"
                            + " with `done` and `total`, at the end one `result` with the same answer, or one `failed` with a"
                            + " problem document. 400 names the field that is wrong; 429 `too-many-replays` while others run.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = ReplayView.class))))
    Object replay(
            Caller caller,
            Origin origin,
            HttpServletResponse response,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            @RequestBody ReplayForm form)
            throws IOException {
        Plan plan = replays.plan(caller.organizationId(), form);
        response.setHeader("Cache-Control", "no-store");
        if (accept == null || !accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE)) {
            return report.view(replays.run(plan, (_, _) -> {}));
        }
        response.setHeader("X-Accel-Buffering", "no");
        SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
        Thread.ofVirtual().name("replay " + caller.principalId()).start(() -> stream(plan, emitter, origin.callId()));
        return emitter;
    }

    /** Runs a replay as its caller listens; a progress that cannot be told any more ends it. */
    private void stream(Plan plan, SseEmitter emitter, String callId) {
        try {
            ReplayView view = report.view(
                    replays.run(plan, (done, total) -> send(emitter, "progress", new Progress(done, total))));
            send(emitter, "result", view);
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("a replay ended before it was done", gone);
            emitter.completeWithError(gone);
        } catch (ProblemException refused) {
            fail(emitter, callId, refused.problem());
        } catch (RuntimeException failed) {
            LOG.error("a replay failed", failed);
            fail(emitter, callId, Problem.of(500, "internal-error", "something went wrong that should not"));
        }
    }

    private static void fail(SseEmitter emitter, String callId, Problem problem) {
        try {
            String document = new String(ProblemWriter.bytes(problem, callId), StandardCharsets.UTF_8);
            emitter.send(SseEmitter.event().name("failed").data(document, MediaType.TEXT_PLAIN));
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("nobody waits for a replay any more", gone);
        }
    }

    private static void send(SseEmitter emitter, String event, Object data) throws IOException {
        emitter.send(SseEmitter.event().name(event).data(data, MediaType.APPLICATION_JSON));
    }
}
