package io.countersign.e2e;

import java.util.ArrayList;
import java.util.List;

/** Every page of the console, and who of the example organization looks at it. */
final class Pages {

    private Pages() {}

    /** One page: its name in pictures and complaints; the whole of it where it is longer than the screen. */
    record Shown(String name, String who, String path, boolean whole) {}

    /** Those that there are once {@link Scene} has been played. */
    static List<Shown> of(Demo demo) {
        Colleague frank = demo.as("frank");
        String pending = Scene.find(frank, "pending", "release.deploy");
        String template =
                frank.get("/api/v1/templates").path("items").get(0).path("id").asString();
        String person =
                frank.get("/api/v1/people").path("items").get(0).path("id").asString();
        List<Shown> pages = new ArrayList<>();
        pages.add(new Shown("sign-in", "", "/sign-in", false));
        pages.add(new Shown("home", "bob", "/", false));
        pages.add(new Shown("inbox", "bob", "/approvals", false));
        pages.add(new Shown("inbox-pending", "ann", "/approvals?view=pending", false));
        pages.add(new Shown("inbox-decided", "bob", "/approvals?view=decided", false));
        pages.add(new Shown("request", "bob", "/approvals/" + pending, true));
        pages.add(new Shown(
                "request-denied", "ann", "/approvals/" + Scene.find(frank, "denied", "manifest.apply"), true));
        pages.add(new Shown(
                "request-approved", "ann", "/approvals/" + Scene.find(frank, "approved", "promotion.execute"), true));
        pages.add(new Shown("request-executed", "frank", "/approvals/AR-1", true));
        pages.add(new Shown("follow-ups", "bob", "/follow-ups", false));
        pages.add(new Shown("executions", "ann", "/executions", false));
        pages.add(new Shown("breakglass", "dave", "/breakglass", false));
        pages.add(new Shown("breakglass-open", "ann", "/breakglass/new", true));
        pages.add(new Shown("breakglass-session", "dave", "/breakglass/BG-1", true));
        pages.add(new Shown("policies", "erin", "/approval-policies", false));
        pages.add(new Shown("policy", "erin", "/approval-policies/" + template, true));
        pages.add(new Shown("policy-editor", "erin", "/approval-policies/" + template + "/edit", true));
        pages.add(new Shown("policy-new", "erin", "/approval-policies/new?preset=off-hours", true));
        pages.add(new Shown("simulator", "erin", "/simulator?request=" + pending, true));
        pages.add(new Shown("findings", "erin", "/findings", false));
        pages.add(new Shown("people", "olivia", "/people", false));
        pages.add(new Shown("person", "olivia", "/people/" + person, true));
        pages.add(new Shown("teams", "olivia", "/teams", false));
        pages.add(new Shown("roles", "olivia", "/roles", false));
        pages.add(new Shown("accounts", "olivia", "/accounts", false));
        pages.add(new Shown("projects", "olivia", "/projects", false));
        pages.add(new Shown("project", "olivia", "/projects/payments", true));
        pages.add(new Shown("clusters", "olivia", "/clusters", false));
        pages.add(new Shown("audit", "frank", "/settings/audit-logs", false));
        pages.add(new Shown("organization", "olivia", "/settings", true));
        pages.add(new Shown("profile", "bob", "/settings/profile", true));
        pages.add(new Shown("nowhere", "bob", "/polices", false));
        return pages;
    }
}
