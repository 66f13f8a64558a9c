package io.countersign.cli;

import io.countersign.cli.Counterpart.Said;
import io.countersign.core.action.PayloadDigest;
import java.nio.charset.StandardCharsets;

/** What a server answers to any verb, so that each goes all its way. */
final class VerbAnswers {

    private static final String PAYLOAD = "replicas: 3\n";
    /** The digest of the payload of every request. */
    static final String DIGEST =
            PayloadDigest.of(PAYLOAD.getBytes(StandardCharsets.UTF_8)).value();

    /** Something of everything that is read from an answer. */
    private static final String ANYTHING = """
            {"id":"per_0123456789abcdef","number":"AR-7","handle":"sre","state":"approved","version":3,
             "decision":"permit","basis":"grant","delivered":true,"reached":true,"token":"a.b.c","secret":"cs_s_new",
             "url":"https://countersign.example/enrol#cs_l_1","expiresAt":"2026-11-22T00:00:00Z",
             "now":"2026-11-21T12:00:00Z","digest":"sha256:1","items":[]}""";

    private static final String REQUEST = """
            {"request":{"number":"AR-7","state":"approved","action":{"id":"release.deploy","risk":"high"},
             "resource":{"type":"environment","id":"env_1","name":"payments/production"},
             "subject":{"id":"per_1","handle":"ada"},"caller":{"id":"per_1","handle":"ada"},"payloadDigest":"%s"},
             "requirements":[],"grant":{"id":"grt_1"}}""".formatted(DIGEST);

    private VerbAnswers() {}

    /** From now on the server answers so; nothing where its document says so. */
    static void of(Counterpart server, ApiDocument api) {
        server.onAny(
                "",
                asked -> api.answersNothing(asked.method(), asked.path()) ? Said.nothing() : Said.json(200, ANYTHING));
        server.on("GET /requests/AR-7", REQUEST);
        server.on("GET /requests/AR-7/payload", PAYLOAD);
        server.on("POST /requests/AR-7/payload/reveal", PAYLOAD);
        server.on("GET /templates", """
                {"items":[{"id":"tpl_1","name":"Two people"}]}""");
        server.on("POST /declarations/differences", """
                {"digest":"sha256:1","changes":[{"change":"add","kind":"person","name":"ben","fields":[]}]}""");
        server.on("GET /declarations/current", """
                {"countersign":"v1","people":[{"handle":"ben","name":"Ben"}]}""");
        server.on("GET /breakglass-sessions/BG-7", """
                {"name":"BG-7","state":"ended","actions":[{"id":"bga_1"}]}""");
        server.on("GET /events", asked -> stream("id:7\ndata:{\"type\":\"request-created\",\"number\":\"AR-7\"}\n\n"));
        server.on("POST /replays", asked -> stream("event:result\ndata:{\"totals\":{\"asks\":0}}\n\n"));
    }

    private static Said stream(String events) {
        return new Said(200, "text/event-stream", events);
    }
}
