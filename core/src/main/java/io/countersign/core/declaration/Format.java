package io.countersign.core.declaration;

import static io.countersign.core.declaration.Shape.may;
import static io.countersign.core.declaration.Shape.must;
import static io.countersign.core.declaration.Shape.some;

import io.countersign.core.declaration.Shape.Fields;
import io.countersign.core.declaration.Shape.Judge;
import io.countersign.core.declaration.Shape.Judged;
import io.countersign.core.declaration.Shape.ListOf;
import io.countersign.core.declaration.Shape.OneOf;
import io.countersign.core.declaration.Shape.Truth;
import io.countersign.core.declaration.Shape.Whole;
import io.countersign.core.declaration.Shape.Words;
import java.util.List;

/** The format of a document, version 1. */
final class Format {

    /** The first field of every document, by which it is known. */
    static final String HEADER = "countersign";

    static final String VERSION = "v1";

    private static final int MANY = 100_000;
    private static final String SEEN = "[^\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}]";

    private static final Shape HANDLE =
            new Words("@?[A-Za-z0-9._-]{1,63}", "a handle: 1 to 63 of the characters a-z 0-9 . _ -");
    private static final Shape NAME =
            new Words("(?=\\S)" + SEEN + "{1,120}(?<=\\S)", "1 to 120 visible characters without space around them");
    private static final Shape THING = new Words(
            "[A-Za-z0-9][A-Za-z0-9._-]{0,119}",
            "a name of 1 to 120 letters, digits and ._- that begins with a letter or digit");
    private static final Shape ROLE_TEXT = text(1_000);
    private static final Shape THING_TEXT = text(4_000);
    private static final Shape LEVELS =
            new ListOf(new OneOf(List.of("organization", "project", "environment", "cluster")), 4, true, true);
    private static final Shape DAYS = new ListOf(
            new Words(
                    "(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
                    "a weekday from `monday` to `sunday`"),
            7,
            true,
            true);

    private static final Fields PERSON = new Fields(List.of(
            must("handle", HANDLE, "What he is called by, without @"),
            must("name", NAME, "His full name"),
            may("email", new Words("[^\\s@]{1,64}@[^\\s@]{1,189}", "an e-mail address"), "His e-mail address"),
            may("active", new Truth(), "Whether he may act; left out, it stays as it is")));

    private static final Fields TEAM = new Fields(List.of(
            must("handle", HANDLE, "What it is called by, without @"),
            must("name", NAME, "Its full name"),
            may("parent", HANDLE, "The team above it, whose members its own are too"),
            may("countsAsDistinct", new Truth(), "Whether it counts where approvals of distinct teams are needed"),
            may(
                    "members",
                    some(HANDLE, MANY),
                    "The people directly in it, all of them; left out, they stay as they are")));

    private static final Fields ROLE = new Fields(List.of(
            must("id", new Words("[a-z0-9._-]{1,63}", "1 to 63 of the characters a-z 0-9 . _ -"), "Its id"),
            may("name", NAME, "Its full name; needed unless the role is built in"),
            may("description", ROLE_TEXT, "What it is for"),
            may(
                    "holders",
                    some(HANDLE, MANY),
                    "The people and accounts that hold it, all of them; left out, they stay as they are")));

    private static final Fields ACCOUNT = new Fields(List.of(
            must("handle", HANDLE, "What it is called by, without @"),
            must("name", NAME, "Its full name"),
            must("kind", new OneOf(List.of("service", "agent")), "Whether a program or an AI agent uses it"),
            must("owner", HANDLE, "The person, team or account it belongs to"),
            may("accountable", HANDLE, "The person who answers for it, where a team owns it"),
            may("active", new Truth(), "Whether it may act; left out, it stays as it is")));

    private static final Fields CLUSTER =
            new Fields(List.of(must("name", THING, "Its name"), may("description", THING_TEXT, "What it is for")));

    private static final Fields ENVIRONMENT = new Fields(List.of(
            must("name", THING, "Its name within the project"),
            must("tier", new OneOf(List.of("production", "staging", "development")), "What it is for"),
            may("cluster", THING, "The cluster it runs on")));

    private static final Fields PROJECT = new Fields(List.of(
            must("name", THING, "Its name"),
            may("description", THING_TEXT, "What it is"),
            may("environments", some(ENVIRONMENT, 1_000), "Its environments")));

    private static final Fields APPROVERS = new Fields(List.of(
            may("users", some(HANDLE, 500), "People by handle"),
            may("teams", some(HANDLE, 100), "Teams by handle; members of nested teams count"),
            may("orgRoles", some(HANDLE, 100), "Holders of these roles")));

    private static final Fields QUORUM = new Fields(List.of(
            may("minApprovals", new Whole(1, 100), "How many people must approve; 1 unless given"),
            may("minDistinctTeams", new Whole(1, 100), "From how many distinct teams"),
            may("requiredUserIds", some(HANDLE, 50), "People who must be among them"),
            may("requiredTeamIds", some(HANDLE, 10), "Teams of each of which somebody must be among them"),
            may("requiredOrgRoles", some(HANDLE, 10), "Roles of each of which a holder must be among them")));

    private static final Fields SCHEDULE = new Fields(List.of(
            may("weekdays", DAYS, "Only on these days"),
            may("startHour", new Whole(0, 23), "From this hour of the day on"),
            may("endHour", new Whole(0, 24), "Until before this hour; before startHour, it is over midnight")));

    private static final Fields CONDITIONS = new Fields(List.of(
            may(
                    "environments",
                    new ListOf(new Words(".{1,300}", "the name of an environment"), 50, true, true),
                    "Only environments of these names"),
            may(
                    "environmentPattern",
                    new Words(".{1,120}", "a pattern of 1 to 120 characters"),
                    "Names with * in them"),
            may("weekdays", DAYS, "Only on these days"),
            may("startHour", new Whole(0, 23), "From this hour of the day on"),
            may("endHour", new Whole(0, 24), "Until before this hour; before startHour, it is over midnight"),
            may("schedules", new ListOf(SCHEDULE, 50, true, false), "Windows of which one must match"),
            may("timezone", new Judged(Judge.ZONE), "Where the hours are read; the organization's unless given"),
            may("requireReason", new Truth(), "Whether an ask must give a reason")));

    private static final Fields ESCALATION = new Fields(List.of(
            must("approvers", APPROVERS, "Who may approve as well"), must("after", new Judged(Judge.SPAN), "When")));

    private static final Fields TEMPLATE = new Fields(List.of(
            must("name", new Words(".{1,240}", "a name of 1 to 120 visible characters"), "Its name"),
            may("description", new Words("(?s:.{0,4000})", "at most 4,000 characters"), "What it is for"),
            must("scope", LEVELS, "What it may be bound to"),
            may("approvers", APPROVERS, "Who may approve; those the quorum names unless given"),
            may("quorum", QUORUM, "How many and whose approvals are needed"),
            may("conditions", CONDITIONS, "When it applies; always unless given"),
            may("requesterCanApprove", new Truth(), "Whether who asks may approve"),
            may(
                    "voteReasonRequired",
                    new OneOf(List.of("never", "on-deny", "always")),
                    "When a vote needs a note; on-deny unless given"),
            may("expiresAfter", new Judged(Judge.SPAN), "How long a request waits; P7D unless given"),
            may("grantValidFor", new Judged(Judge.SPAN), "How long the approval can be used; PT1H unless given"),
            may("escalation", ESCALATION, "Who may approve as well after a while")));

    private static final Fields BINDING = new Fields(List.of(
            must("template", new Words(".{1,240}", "the name of a template"), "The template by its name"),
            must(
                    "to",
                    new Words(
                            "organization|(project|cluster):[A-Za-z0-9][A-Za-z0-9._-]{0,119}"
                                    + "|[A-Za-z0-9][A-Za-z0-9._-]{0,119}/[A-Za-z0-9][A-Za-z0-9._-]{0,119}"
                                    + "|\\*/.{1,120}",
                            "`organization`, `project:NAME`, `cluster:NAME`, `PROJECT/ENVIRONMENT` or `*/ENVIRONMENT`"),
                    "organization, project:NAME, cluster:NAME, PROJECT/ENVIRONMENT, or */ENVIRONMENT of every project"),
            may(
                    "actions",
                    new ListOf(new Words("[a-z0-9._-]{1,120}", "the id of an action"), 200, true, true),
                    "Only these actions; all of that level and below unless given")));

    /** A whole document. */
    static final Fields DOCUMENT = new Fields(List.of(
            must(HEADER, new OneOf(List.of(VERSION)), "The version of this format: v1"),
            section("people", PERSON, "Who there is"),
            section("teams", TEAM, "Teams and who is in them"),
            section("roles", ROLE, "Roles and who holds them"),
            section("accounts", ACCOUNT, "Service accounts and agents"),
            section("clusters", CLUSTER, "Clusters"),
            section("projects", PROJECT, "Projects and their environments"),
            section("templates", TEMPLATE, "Approval policy templates"),
            section("bindings", BINDING, "What the templates are bound to")));

    private Format() {}

    private static Shape.Field section(String name, Fields thing, String described) {
        return may(name, new ListOf(thing, MANY, false, false), described);
    }

    private static Shape text(int most) {
        return new Words("(?s:.{0," + most + "})", "at most " + most + " characters");
    }
}
