package io.countersign.client.wire;

import java.io.Serial;

/** Thrown when the server answered, and the answer was no. */
public final class ServerRefusal extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient ServerProblem problem;

    ServerRefusal(ServerProblem problem) {
        super(problem.title());
        this.problem = problem;
    }

    public ServerProblem problem() {
        return problem;
    }
}
