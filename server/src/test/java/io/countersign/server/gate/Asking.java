package io.countersign.server.gate;

import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.TestServer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The door {@code ask} as tests of other rooms go through it: without HTTP. */
public final class Asking {

    private final Doors doors;

    private Asking(Doors doors) {
        this.doors = doors;
    }

    public static Asking at(TestServer server) {
        return new Asking(server.bean(Doors.class));
    }

    /** Asks; the number of the request that was opened or found, or nothing when none is needed or the ask is denied. */
    public Optional<String> ask(
            Caller caller,
            String action,
            String type,
            String resource,
            String payload,
            List<String> authors,
            @Nullable String subject) {
        AskForm form = new AskForm(
                action,
                new AskForm.ResourceForm(type, resource, null, "v1", "v2", null),
                subject,
                "because",
                new AskForm.PayloadForm(null, payload, null),
                null,
                authors,
                null,
                null,
                null);
        try {
            GateAnswer answer =
                    doors.ask(caller, Actor.of(caller, "api", "test"), form).answer();
            return Optional.ofNullable(answer.request()).map(GateAnswer.RequestRef::number);
        } catch (ProblemException denied) {
            return Optional.empty();
        }
    }
}
