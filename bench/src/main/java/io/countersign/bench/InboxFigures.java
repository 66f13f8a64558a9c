package io.countersign.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long a page of the inbox takes, with few requests and with many. */
final class InboxFigures {

    private static final List<View> VIEWS = List.of(
            View.list("mine", "view=mine"),
            View.list("pending", "view=pending"),
            View.list("decided", "view=decided"),
            View.list("all", "view=all"),
            View.list("mine-by-deadline", "view=mine&order=deadline"),
            View.list("pending-by-deadline", "view=pending&order=deadline"),
            new View("search", "/api/v1/requests?limit=50&view=decided&q=nobody+wrote+this", "/items"),
            new View("counts", "/api/v1/requests/counts", "/pending"));
    private static final int TEAMS = 20;
    private static final int PEOPLE = 10_000;
    private static final int MANY = 1_000_000;
    private static final int MANY_PENDING = 50_000;
    private static final int READERS = 4;
    private static final int WARM_UPS = 2;
    private static final int WARM_UP_SECONDS = 5;
    private static final int SECONDS = 5;

    /** Something that is read, and what in the answer shows that it was not empty. */
    private record View(String name, String path, String proof) {

        static View list(String name, String query) {
            return new View(name, "/api/v1/requests?limit=50&" + query, "/items/0/number");
        }
    }

    private final ServerProcess server;
    private final Crowd crowd;
    private final List<String> approvers;

    private InboxFigures(ServerProcess server, Crowd crowd, List<String> approvers) {
        this.server = server;
        this.crowd = crowd;
        this.approvers = approvers;
    }

    /** Adds the crowd of people to the town, whose inboxes are to be read. */
    static InboxFigures among(ServerProcess server, Town town) {
        InboxFigures figures = new InboxFigures(server, new Crowd(TownDatabase.of(server.home())), teams(town));
        figures.crowd.addPeople(PEOPLE);
        return figures;
    }

    void measure() {
        page(10_000, 500);
        page(MANY, MANY_PENDING);
    }

    /** Makes sure that the million is there, and answers the session of somebody who has to decide some of it. */
    String fullHouse() {
        crowd.fillTo(MANY, MANY_PENDING);
        return approvers.getFirst();
    }

    /** Twenty teams with a policy and an environment each, one request in every environment, one approver of each team. */
    private static List<String> teams(Town town) {
        TownClient client = town.client();
        String admin = ServerProcess.ADMIN_TOKEN;
        List<String> approvers = new ArrayList<>();
        for (int i = 0; i < TEAMS; i++) {
            String team = "crowd" + i;
            String environment = "payments/crowd" + i;
            client.post("/api/v1/teams", admin, Map.of("handle", team, "name", team));
            approvers.add(Town.person(client, "crowd-approver" + i, List.of("@" + team)));
            Town.person(client, "crowd-second" + i, List.of("@" + team));
            client.post(
                    "/api/v1/environments",
                    admin,
                    Map.of("projectId", "payments", "name", "crowd" + i, "tier", "staging"));
            String template = client.post(
                            "/api/v1/templates",
                            admin,
                            Map.of(
                                    "name",
                                    "Crowd " + i,
                                    "scope",
                                    List.of("environment"),
                                    "approvers",
                                    Map.of("teams", List.of("@" + team)),
                                    "quorum",
                                    Map.of("minApprovals", 2)))
                    .path("id")
                    .asString();
            client.post(
                    "/api/v1/bindings",
                    admin,
                    Map.of("templateId", template, "level", "environment", "targetId", environment));
        }
        for (int i = 0; i < TEAMS; i++) {
            client.post(
                    "/api/v1/asks",
                    town.requesters().get(i),
                    Map.of(
                            "action",
                            "release.deploy",
                            "resource",
                            Map.of("type", "environment", "id", "payments/crowd" + i, "from", "v1", "to", "v2"),
                            "reason",
                            "bench",
                            "payload",
                            Map.of("text", "crowd " + i)));
        }
        return approvers;
    }

    private void page(int requests, int pending) {
        crowd.fillTo(requests, pending);
        // Each view warms up what the others use too, and what the next one needs undoes some of it: twice settles it.
        for (int round = 0; round < WARM_UPS; round++) {
            for (View view : VIEWS) {
                prove(view);
                read(view, WARM_UP_SECONDS);
            }
        }
        for (View view : VIEWS) {
            long[] nanos = read(view, SECONDS);
            Figure.of("inbox." + view.name())
                    .with("requests", requests)
                    .with("pending", pending)
                    .with("people", PEOPLE)
                    .with("connections", READERS)
                    .times(nanos, SECONDS)
                    .print();
        }
    }

    private long[] read(View view, int seconds) {
        List<byte[]> calls = approvers.stream()
                .map(reader -> LoadClient.preparedGet(server.port(), view.path(), reader))
                .toList();
        return new LoadClient(server.port(), calls).run(READERS, Duration.ofSeconds(seconds));
    }

    /** A page that is empty would be quick and prove nothing. */
    private void prove(View view) {
        TownClient client = new TownClient(server.url());
        for (String reader : approvers) {
            if (client.get(view.path(), reader).at(view.proof()).isMissingNode()) {
                throw new IllegalStateException(view.name() + " is empty");
            }
        }
    }
}
