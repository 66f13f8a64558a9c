package io.countersign.cli.request;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.cli.terminal.When;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.PayloadBytes;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Shows a request to somebody who decides on it or wants to know how it stands. */
final class RequestPainter {

    private final ShownRequest shown;
    private final JsonNode facts;
    private final JsonNode request;
    private final Screen screen;
    private final When when;
    private final Consumer<Text> to;

    /** @param to where the lines go: data when it was asked for, to the person when it is only the way to a decision */
    RequestPainter(ShownRequest shown, Invocation invocation, Consumer<Text> to) {
        this.shown = shown;
        this.facts = shown.facts();
        this.request = shown.request();
        this.screen = invocation.screen();
        this.when = invocation.when();
        this.to = to;
    }

    RequestPainter facts() {
        to.accept(Text.of(Style.STRONG, shown.number() + "  ")
                .and(StateLabels.style(shown.state()), StateLabels.of(facts))
                .and("  " + Json.text(request, "action", "id") + " on " + RequestWords.resource(request)));
        fact("asked by", RequestWords.people(request));
        fact("owned by", Details.words(facts.path("owners"), when));
        fact("written by", Details.words(facts.path("authors"), when));
        fact("reason", Json.text(request, "reason"));
        fact("risk", shown.risk());
        fact("release", Json.text(request, "resource", "release"));
        fact("from", Json.text(request, "resource", "from"));
        fact("to", Json.text(request, "resource", "to"));
        request.path("resource")
                .path("attributes")
                .properties()
                .forEach(attribute ->
                        fact(attribute.getKey(), attribute.getValue().asString("")));
        moment("opened", request, "openedAt");
        moment("deadline", request, "deadline");
        history();
        return this;
    }

    private void history() {
        fact("supersedes", Json.text(facts, "supersedes"));
        fact("superseded by", Json.text(facts, "successor"));
        fact("resubmits", Json.text(facts, "resubmits"));
        for (JsonNode denial : Json.list(facts, "earlierDenials")) {
            String note = Json.text(denial, "note");
            fact(
                    "denied before",
                    Json.text(denial, "number") + " by " + RequestWords.person(denial.path("by"))
                            + (note.isEmpty() ? "" : ": " + note));
        }
        moment("grant until", facts.path("grant"), "usableUntil");
        fact("execution", Json.text(facts, "execution", "executionId"));
        fact("outcome", Json.text(facts, "outcome", "text"));
        fact("link", Json.text(facts, "outcome", "link"));
        fact("artifacts", Details.words(Json.at(facts, "outcome", "artifacts"), when));
        moment("ended", facts, "endedAt");
        fact("ended by", RequestWords.person(facts.path("endedBy")));
    }

    RequestPainter requirements() {
        List<JsonNode> requirements = Json.list(facts, "requirements");
        if (!requirements.isEmpty()) {
            heading("Requirements");
            requirements.forEach(requirement -> RequirementLines.print(requirement, to, screen));
        }
        if (shown.state().equals("pending")) {
            heading("You");
            if (shown.canApprove()) {
                to.accept(Text.of(Style.GOOD, "  can decide on this request"));
            } else {
                to.accept(Text.of("  cannot approve it: " + RequestWords.whyNot(request)));
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
        if (shown.covered() > 0) {
            to.accept(Text.of(
                            Style.CAUTION,
                            "  " + shown.covered()
                                    + (shown.covered() == 1 ? " likely secret is" : " likely secrets are")
                                    + " covered by stars; the digest is of the true bytes. To see them, on record: ")
                    .and(Style.ACCENT, "countersign show " + shown.number() + " --reveal"));
        }
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

    private void moment(String label, JsonNode of, String field) {
        Json.instant(of, field).ifPresent(at -> fact(label, when.full(at)));
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
