package io.countersign.server.platform;

/** Ends a call with a problem document; a transaction it leaves is rolled back. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** What is told to the caller. */
    public Problem problem() {
        return problem;
    }

    /** 400: one field of the call is not what it must be. */
    public static ProblemException badField(String code, String field, String message) {
        return Problem.of(400, code, message)
                .fault(Fault.of(code, field, message))
                .raise();
    }

    /** The same, with what to do about it where the message does not say it. */
    public static ProblemException badField(String code, String field, String message, String remedy) {
        return Problem.of(400, code, message)
                .fault(Fault.of(code, field, message))
                .remedy(remedy)
                .raise();
    }

    /** 400: the call needs a body and has none, or {@code null}. */
    public static ProblemException noBody() {
        return Problem.of(400, "body-required", "a JSON body is needed").raise();
    }

    /** 404: there is no such thing in the caller's organization, for example {@code team-not-found}. */
    public static ProblemException notFound(String thing, String id) {
        return Problem.of(404, thing + "-not-found", "there is no " + Problem.words(thing) + " `" + id + "`")
                .raise();
    }

    /** 409: it stands against what has happened meanwhile. */
    public static ProblemException conflict(String code, String detail) {
        return Problem.of(409, code, detail).raise();
    }

    /** 403: the caller may not. */
    public static ProblemException forbidden(String code, String detail) {
        return Problem.of(403, code, detail).raise();
    }
}
