package io.countersign.server.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/** Tells everything that ends a call on a route as a problem document, and lost browsers that they are lost. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final RefusalReport refusals;
    private final LostBrowsers lost;

    ProblemAdvice(RefusalReport refusals, LostBrowsers lost) {
        this.refusals = refusals;
        this.lost = lost;
    }

    @ExceptionHandler(Exception.class)
    void onRoute(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        refusals.report(CredentialFilter.caller().orElse(null), request, failure);
        if (!lost.show(failure, request, response)) {
            tell(failure, request, response);
        }
    }

    /** Answers with the problem a failure amounts to, on whichever way the call came. */
    static void tell(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failure instanceof AsyncRequestNotUsableException) {
            return; // the caller has gone
        }
        if (response.isCommitted()) {
            // The container then breaks the connection off, so that nobody takes a part of an answer for the whole.
            throw new IOException("the answer to call " + CallId.of(request) + " broke off", failure);
        }
        if (failure instanceof HttpRequestMethodNotSupportedException method && method.getSupportedMethods() != null) {
            response.setHeader("Allow", String.join(", ", method.getSupportedMethods()));
        }
        write(failure, request, response);
    }

    /** Answers with the problem of a failure, and logs what is our fault. */
    static void write(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = problem(failure, request);
        if (problem.status() >= 500) {
            LOG.error(
                    "call {} {} {}: {}",
                    CallId.of(request),
                    request.getMethod(),
                    request.getRequestURI(),
                    problem.code(),
                    failure);
        }
        ProblemWriter.write(request, response, problem);
    }

    private static Problem problem(Exception failure, HttpServletRequest request) {
        return switch (failure) {
            case ProblemException ours -> ours.problem();
            case HttpMessageNotReadableException body -> unreadable(body);
            case MissingServletRequestParameterException missing ->
                parameter("parameter-required", missing.getParameterName(), "this parameter is needed");
            case MissingRequestHeaderException missing ->
                parameter("header-required", missing.getHeaderName(), "this header is needed");
            case MethodArgumentTypeMismatchException mismatch -> mistyped(mismatch);
            case TypeMismatchException mismatch ->
                parameter(
                        "wrong-type",
                        Objects.requireNonNullElse(mismatch.getPropertyName(), ""),
                        "`" + mismatch.getValue() + "` is not what is expected here");
            case HttpRequestMethodNotSupportedException method ->
                Problem.of(
                        405,
                        "method-not-allowed",
                        "this address does not know the method `" + method.getMethod() + "`");
            case HttpMediaTypeNotSupportedException media -> mediaType(request.getContentType());
            case InvalidParameterException query -> ProblemReportValve.ofStatus(400);
            case HttpMediaTypeNotAcceptableException ignored ->
                Problem.of(406, "not-acceptable", "this address answers in no media type that `Accept` names");
            case NoResourceFoundException nothing ->
                Problem.of(404, "route-not-found", "there is nothing at `/" + nothing.getResourcePath() + "`");
            case TransientDataAccessException busy -> databaseAway();
            case DataAccessResourceFailureException away -> databaseAway();
            case RecoverableDataAccessException away -> databaseAway();
            case CannotCreateTransactionException away -> databaseAway();
            case TransactionSystemException away -> databaseAway();
            case JacksonException body -> JsonFaults.problem(body);
            case DataIntegrityViolationException text
            when KeptTextStore.refusedCharacter(text) ->
                Problem.of(400, "wrong-value", "a text in this call holds what no text can hold, such as a NUL");
            case ErrorResponse known ->
                ProblemReportValve.ofStatus(known.getStatusCode().value());
            default ->
                Problem.of(500, "internal-error", "something went wrong that should not")
                        .remedy("tell the operator the request id; it is in the server's log");
        };
    }

    /** 415: the body says that it is something else than JSON, or nothing. */
    static Problem mediaType(@Nullable String given) {
        String said = given == null ? "the body's `Content-Type` is missing" : "the body is `" + given + "`";
        return Problem.of(415, "media-type-not-supported", said).remedy("send `Content-Type: application/json`");
    }

    /** A parameter that its type cannot read, or does not take. */
    private static Problem mistyped(MethodArgumentTypeMismatchException mismatch) {
        boolean refused = mismatch.getRequiredType() == Instant.class
                && mismatch.getMostSpecificCause() instanceof IllegalArgumentException;
        return refused
                ? parameter(
                        "wrong-value",
                        mismatch.getName(),
                        String.valueOf(mismatch.getMostSpecificCause().getMessage()))
                : parameter(
                        "wrong-type",
                        mismatch.getName(),
                        "`" + mismatch.getValue() + "` is not " + JsonFaults.expected(mismatch.getRequiredType()));
    }

    private static Problem unreadable(HttpMessageNotReadableException body) {
        for (Throwable cause = body.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException ours) {
                return ours.problem();
            }
            if (cause instanceof BodyLimitFilter.TooLarge tooLarge) {
                return tooLarge.problem();
            }
        }
        Throwable cause = body.getCause();
        return cause == null ? ProblemException.noBody().problem() : JsonFaults.problem(cause);
    }

    private static Problem parameter(String code, String name, String message) {
        return Problem.of(400, code, "`" + name + "`: " + message).fault(Fault.of(code, name, message));
    }

    private static Problem databaseAway() {
        return Problem.of(503, "database-away", "the database does not answer; nothing was decided")
                .remedy("try again with the same Idempotency-Key: what had been done is then answered, not repeated");
    }
}
