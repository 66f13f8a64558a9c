package io.countersign.cli.git;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.payload.PushPayload;
import io.countersign.cli.payload.PushPayload.Change;
import io.countersign.client.wire.PayloadBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Works out what a push means, from the objects received and the refs as they are; it asks nobody. */
final class PushPlanner {

    private static final int MOST_REFS = 64;

    private final HookSettings settings;
    private final GitProgram git;
    private final ReceivedObjects objects;

    PushPlanner(HookSettings settings, GitProgram git, ReceivedObjects objects) {
        this.settings = settings;
        this.git = git;
        this.objects = objects;
    }

    /** A plan for every guarded ref; a ref that is neither guarded nor open fails. */
    List<PushPlan> plans(List<RefUpdate> updates) {
        if (updates.size() > MOST_REFS) {
            throw new CommandFailure(
                    ExitCode.ERROR, "a push of " + updates.size() + " refs", "push at most " + MOST_REFS + " at once");
        }
        TipHistory history = TipHistory.read(git, settings);
        List<PushPlan> plans = new ArrayList<>();
        for (RefUpdate update : updates) {
            refuseAlias(update.ref());
            Optional<HookSettings.Rule> rule = settings.rule(update.ref());
            if (rule.isPresent()) {
                plans.add(plan(update, rule.get().environment(), history));
            } else if (!settings.isOpen(update.ref())) {
                throw new CommandFailure(
                        ExitCode.ERROR,
                        update.ref() + " stands for no environment, and is not open either",
                        "push to another ref; or, whoever runs this repository: `git config --add countersign.open \""
                                + update.ref() + "\"` lets everybody push to it");
            }
        }
        return plans;
    }

    /** A ref that only points to another would change that one under a name that is not asked about. */
    private void refuseAlias(String ref) {
        if (git.attempt(GitProgram.ENOUGH, List.of("symbolic-ref", "--quiet", ref))
                        .exitCode()
                == 0) {
            throw new CommandFailure(
                    ExitCode.ERROR, ref + " is another name of another ref", "push to that one by its own name");
        }
    }

    private PushPlan plan(RefUpdate update, String environment, TipHistory history) {
        if (update.deletes()) {
            PushPayload gone = payload(update, Change.DELETE, "", List.of());
            return plan(update, environment, "release.deploy", update.oldId(), PushPlan.bytes(gone), Set.of());
        }
        String commit = objects.commit(update.newId())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.ERROR, update.ref() + " would name no commit", "push a commit, or a tag of one"));
        Optional<String> before = update.creates() ? Optional.empty() : objects.commit(update.oldId());
        Change change = before.map(old -> objects.descends(old, commit) ? Change.UPDATE : Change.REWRITE)
                .orElse(Change.CREATE);
        boolean back = before.filter(old -> objects.descends(commit, old)).isPresent();
        Optional<String> source = back ? Optional.empty() : history.elsewhere(environment, commit, objects);
        String action = back ? "rollback.execute" : source.isPresent() ? "promotion.execute" : "release.deploy";
        List<PushPayload.Line> patch = patch(before.orElse(""), commit);
        Set<String> writers = objects.writers(commit, List.copyOf(history.tipsOf(environment)));
        PayloadBytes payload = bounded(payload(update, change, commit, patch));
        return plan(update, environment, action, source.orElse(update.oldId()), payload, writers);
    }

    private PushPlan plan(
            RefUpdate update, String environment, String action, String from, PayloadBytes payload, Set<String> by) {
        return new PushPlan(update, settings.repository(), action, environment, from, payload, by);
    }

    private PushPayload payload(RefUpdate update, Change change, String commit, List<PushPayload.Line> patch) {
        return new PushPayload(
                settings.repository(), update.ref(), change, update.oldId(), update.newId(), commit, patch);
    }

    private List<PushPayload.Line> patch(String from, String to) {
        try {
            return objects.patch(from, to, settings.payloadLimit());
        } catch (TooMuchOutput much) {
            throw tooLarge();
        }
    }

    private PayloadBytes bounded(PushPayload payload) {
        PayloadBytes bytes = PushPlan.bytes(payload);
        if (bytes.size() > settings.payloadLimit()) {
            throw tooLarge();
        }
        return bytes;
    }

    private CommandFailure tooLarge() {
        return new CommandFailure(
                ExitCode.ERROR,
                "the change is too large to be shown to approvers: more than " + settings.payloadLimit() + " bytes",
                "push it in smaller steps; large files belong elsewhere, with their digest in the repository");
    }
}
