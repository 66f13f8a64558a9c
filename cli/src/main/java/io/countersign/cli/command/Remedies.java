package io.countersign.cli.command;

import java.util.HashMap;
import java.util.Map;

/**
 * What to do about a refusal, for whoever is told: the server's own remedies name the calls and fields of the API, which is
 * not what he types.
 *
 * @param byCode the remedy of each code that has one of its own
 */
public record Remedies(Map<String, String> byCode) {

    /** For whoever types a command. */
    public static final Remedies TYPED = new Remedies(Map.of(
            "unknown-action", "choose one of those that `countersign directory actions list` shows",
            "sign-in-too-old", "give your password once more with `countersign login`, and vote again",
            "payload-required", "name the file with what is to be done: `--payload FILE`",
            "organization-required", "say which with `--organization HANDLE`",
            "reason-required", "say why with --reason WHY; with --because WHY where a command has no --reason"));

    /** For whoever pushes. */
    public static final Remedies PUSHED = TYPED.with(Map.of(
            "reason-required", "say why: `git push -o reason=\"...\"`",
            "denied", "change what is pushed, or put it again as a person: `git push -o resubmit -o reason=\"...\"`",
            "expired", "change what is pushed, or put it again as a person: `git push -o resubmit -o reason=\"...\"`"));

    public Remedies {
        byCode = Map.copyOf(byCode);
    }

    private Remedies with(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(byCode);
        all.putAll(others);
        return new Remedies(all);
    }

    /** The remedy for a code; the server's own where the code has no other. */
    public String of(String code, String said) {
        return byCode.getOrDefault(code, said);
    }
}
