package io.countersign.e2e;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A week of work in the example organization: requests of many kinds and in many states, so that pages have something to show. */
final class Scene {

    private static final String DEPLOY = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: storefront
              namespace: shop
            spec:
              replicas: 6
              template:
                spec:
                  containers:
                    - name: web
                      image: registry.acme.example/storefront:4.8.0
                      env:
                        - name: CHECKOUT_V2
                          value: "on"
            """;

    private Scene() {}

    /** Plays it once; everything is asked, decided and done through the public API. */
    static void play(Demo demo) {
        Colleague ann = demo.as("ann");
        Colleague bob = demo.as("bob");
        Colleague carol = demo.as("carol");
        Colleague dave = demo.as("dave");
        Colleague erin = demo.as("erin");

        ann.ask(
                "release.deploy",
                "storefront/production",
                DEPLOY,
                "Checkout without reload, ran in staging since Wednesday.");
        String scale = ann.ask(
                "cluster.scale",
                "cluster",
                "prod-eu",
                "kubectl scale deployment/payments --replicas=10 -n payments\n",
                "Expected load for the sale on 27 November.");
        bob.vote(scale, "approve", "Matches the capacity plan.");

        String denied = ann.ask(
                "manifest.apply",
                "cluster",
                "prod-eu",
                DEPLOY.replace("replicas: 6", "replicas: 60"),
                "More room for the sale.");
        dave.vote(denied, "deny", "Sixty replicas do not fit on prod-eu. Ask for 12, and add the node pool first.");

        String rollback = bob.ask(
                "rollback.execute", "payments/production", "payments 1.2 -> 1.1\n", "Error rate 2.1 % since 13:20.");
        dave.vote(rollback, "approve", "The graphs agree.");
        ann.ask(
                "cluster.restart",
                "cluster",
                "prod-eu",
                "kubectl rollout restart deployment/payments -n payments\n",
                "Picks up the renewed certificate.");
        carol.ask(
                "command.execute",
                "cluster",
                "prod-eu",
                "kubectl exec -n payments deploy/payments -- ./rotate-webhook-key\n",
                "Rotate the leaked webhook signing key (INC-2231).");
        String cancelled = erin.ask(
                "promotion.execute", "storefront/production", "storefront staging -> production\n", "Friday release.");
        erin.post("/api/v1/requests/" + cancelled + "/cancellation", Map.of());

        String approved = ann.ask(
                "promotion.execute",
                "payments/production",
                "payments 1.3 staging -> production\n",
                "Ledger rounding fix.");
        List.of(bob, dave).forEach(one -> one.vote(approved, "approve", "Read the diff, matches the staging run."));

        String rehearsed = ann.execute("release.deploy", "payments/staging", "payments 1.3\n");
        ann.post(
                "/api/v1/executions/" + rehearsed + "/outcome",
                Map.of(
                        "result",
                        "succeeded",
                        "text",
                        "All pods ready after 48 s.",
                        "link",
                        "https://ci.acme.example/runs/8812",
                        "artifacts",
                        List.of("rollout.log")));
        ann.execute("release.deploy", "payments/staging", "payments 1.4\n");
    }

    /** The number of a request in this state whose action is that one; the newest. */
    static String find(Colleague reader, String state, String action) {
        for (JsonNode one : reader.get("/api/v1/requests?view=all&limit=200").path("items")) {
            if (one.path("state").asString().equals(state)
                    && one.path("action").path("id").asString().equals(action)) {
                return one.path("number").asString();
            }
        }
        throw new IllegalStateException("no request is " + state + " for " + action);
    }
}
