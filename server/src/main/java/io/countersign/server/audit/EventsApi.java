package io.countersign.server.audit;

import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.PublicAddress;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells live what happens, as server-sent events. */
@RestController
@Tag(name = "Audit")
final class EventsApi {

    private static final long NO_TIMEOUT = 0;
    private static final long RETRY_MILLIS = 3_000;
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Pattern PLACE = Pattern.compile("-1|[0-9]{1,18}");

    private final EventStreamsJob streams;
    private final PublicAddress address;

    EventsApi(EventStreamsJob streams, PublicAddress address) {
        this.streams = streams;
        this.address = address;
    }

    @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Requires(Permission.REQUESTS_READ)
    @Operation(
            operationId = "streamEvents",
            summary = "Be told live what happens, as server-sent events",
            description = "The id of an event is its place in the log. Begins with what comes next, or behind"
                    + " `Last-Event-ID` or `after`. Who does not read the audit log is told only of requests. A comment"
                    + " every 15 seconds shows that the stream lives. With `format=cloudevents` the data of each event is a"
                    + " CloudEvent 1.0 in JSON.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                                            schema = @Schema(implementation = LiveEvent.class))))
    SseEmitter open(
            Caller caller,
            HttpServletResponse response,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String format)
            throws IOException {
        Long place = lastEventId == null ? place("after", after) : place(LAST_EVENT_ID, lastEventId);
        SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
        EventStream stream = streams.open(caller, place, new SseWriter(emitter, written(caller, format)));
        emitter.onCompletion(stream::end);
        commit(response, stream);
        Thread.ofVirtual().name("event-stream " + caller.principalId()).start(stream::run);
        return emitter;
    }

    /**
     * Sends the head of the answer. It must have left before another thread writes: the filters that are left behind
     * would still add to it, and Tomcat's headers are not for two threads.
     */
    private static void commit(HttpServletResponse response, EventStream stream) throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        try {
            response.flushBuffer();
        } catch (IOException gone) {
            stream.abandon();
            throw gone;
        }
    }

    /** What is written of an event, in the format that is asked for. */
    private Function<LiveEvent, Object> written(Caller caller, @Nullable String format) {
        if (format == null) {
            return event -> event;
        }
        if (!format.equals("cloudevents")) {
            throw ProblemException.badField(
                    "wrong-value", "format", "`format` is `cloudevents`, or left out for plain events");
        }
        return event -> CloudEvent.of(event, caller.organizationId(), address.url());
    }

    private static @Nullable Long place(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!PLACE.matcher(text).matches()) {
            throw ProblemException.badField(
                    "wrong-value", field, "`" + field + "` is the id of an event, or -1 for the beginning of the log");
        }
        return Long.valueOf(text);
    }

    /** Writes events in the format of the HTML standard. */
    private record SseWriter(SseEmitter emitter, Function<LiveEvent, Object> written) implements EventWriter {

        @Override
        public void event(LiveEvent event) throws IOException {
            emitter.send(SseEmitter.event()
                    .id(Long.toString(event.leafIndex()))
                    .data(written.apply(event), MediaType.APPLICATION_JSON));
        }

        @Override
        public void heartbeat() throws IOException {
            emitter.send(SseEmitter.event().comment("").reconnectTime(RETRY_MILLIS));
        }

        @Override
        public void end() {
            emitter.complete();
        }
    }
}
