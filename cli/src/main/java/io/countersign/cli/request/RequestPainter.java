package io.countersign.cli.request;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.cli.terminal.When;
import io.countersign.cli.wire.Json;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Shows a request to somebody who decides on it or wants to know how it stands. */
final class RequestPainter {

    private final ShownRequest shown;
    private final JsonNode facts;
    private final Screen screen;
    private final When when;
    private final Consumer<Text> to;

    /** @param to where the lines go: data when it was asked for, to the person when it is only the way to a decision */
    RequestPainter(ShownRequest shown, Invocation invocation, Consumer<Text> to) {
        this.shown = shown;
        this.facts = shown.facts();
        this.screen = invocation.screen();
        this.when = invocation.when();
        this.to = to;
    }

    RequestPainter facts() {
        String state = Json.text(facts, "state");
        to.accept(Text.of(Style.STRONG, shown.number() + "  ")
                .and(StateLabels.style(state), StateLabels.of(facts))
                .and("  " + Json.text(facts, "action") + " on " + RequestWords.resource(facts)));
        fact("asked by", RequestWords.people(facts));
        fact("reason", Json.text(facts, "reason"));
        fact("risk", Json.text(facts, "risk"));
        moment("opened", "openedAt");
        moment("deadline", "deadline");
        fact("release", Json.text(facts, "resource", "release"));
        fact("from", Json.text(facts, "resource", "from"));
        fact("to", Json.text(facts, "resource", "to"));
        fact("authors", Details.words(facts.path("authors"), when));
        fact("resubmits", Details.words(facts.path("resubmits"), when));
        fact("superseded by", Json.text(facts, "supersededBy"));
        grant();
        for (JsonNode denial : Json.list(facts, "recentDenials")) {
            fact("denied before", Details.name(denial) + " " + Json.text(denial, "note"));
        }
        return this;
    }

    RequestPainter requirements() {
        List<JsonNode> requirements = Json.list(facts, "requirements");
        if (!requirements.isEmpty()) {
            heading("Requirements");
            requirements.forEach(requirement -> RequirementLines.print(requirement, to, screen));
        }
        if (Json.text(facts, "state").equals("pending")) {
            heading("You");
            if (Json.yes(facts, "canApprove")) {
                to.accept(Text.of(Style.GOOD, "  can decide on this request"));
            } else {
                to.accept(Text.of("  cannot approve it: " + RequestWords.whyNot(facts)));
            }
        }
        return this;
    }

    /** The payload with its digest; {@code most} lines of it. */
    RequestPainter payload(int most) {
        PayloadBytes payload = shown.payload();
        if (payload == null) {
            heading("Payload " + shown.digest());
            to.accept(Text.of(Style.CAUTION, "  not shown: you may not read it, or it was not sent along"));
            return this;
        }
        heading("Payload " + shown.digest() + "  " + payload.mediaType() + ", " + payload.size() + " bytes");
        int left = PayloadPainter.print(payload, to, most);
        if (left > 0) {
            to.accept(Text.of(Style.CAUTION, "… " + left + " more lines: ")
                    .and(Style.ACCENT, "countersign show " + shown.number()));
        }
        return this;
    }

    RequestPainter timeline(List<JsonNode> entries) {
        if (!entries.isEmpty()) {
            heading("Timeline");
        }
        for (JsonNode entry : entries) {
            String at = Json.instant(entry, "at").map(when::full).orElse("");
            to.accept(Text.of(Style.DIM, "  " + at + "  ").and(RequestWords.entry(entry)));
        }
        return this;
    }

    private void grant() {
        if (facts.path("grant").isObject()) {
            String until =
                    Json.instant(facts, "grant", "expiresAt").map(when::full).orElse("");
            fact("grant", Json.text(facts, "grant", "id") + (until.isEmpty() ? "" : ", usable until: " + until));
        }
    }

    private void moment(String label, String field) {
        Json.instant(facts, field).ifPresent(at -> fact(label, when.full(at)));
    }

    private void fact(String label, String value) {
        if (!value.isEmpty()) {
            to.accept(Text.of(Style.DIM, "  %-13s ".formatted(label)).and(value));
        }
    }

    private void heading(String words) {
        to.accept(Text.of(""));
        to.accept(Text.of(Style.STRONG, words));
    }
}
