package io.countersign.cli.git;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which commits the guarded refs of a repository name now, and have named before. */
final class TipHistory {

    private final GitProgram git;
    private final HookSettings settings;
    private final Map<String, String> tips = new LinkedHashMap<>();

    private TipHistory(GitProgram git, HookSettings settings) {
        this.git = git;
        this.settings = settings;
    }

    /** Reads the refs as they are now. */
    static TipHistory read(GitProgram git, HookSettings settings) {
        TipHistory history = new TipHistory(git, settings);
        for (String line :
                git.run("for-each-ref", "--format=%(objectname) %(refname)").lines()) {
            int space = line.indexOf(' ');
            history.tips.put(line.substring(space + 1), line.substring(0, space));
        }
        return history;
    }

    /** The objects that refs of this environment name now. */
    Collection<String> tipsOf(String environment) {
        return refs(environment, true).stream().map(tips::get).toList();
    }

    /** An environment other than this one whose ref names this commit, or has named it. */
    Optional<String> elsewhere(String environment, String commit, ReceivedObjects objects) {
        for (String ref : refs(environment, false)) {
            List<String> log = log(ref);
            String tip = tips.getOrDefault(ref, "");
            boolean had = tip.equals(commit)
                    || log.contains(commit)
                    || objects.commit(tip)
                            .filter(there -> there.equals(commit) || (log.isEmpty() && objects.descends(commit, there)))
                            .isPresent();
            if (had) {
                return settings.rule(ref).map(HookSettings.Rule::environment);
            }
        }
        return Optional.empty();
    }

    private List<String> refs(String environment, boolean same) {
        List<String> refs = new ArrayList<>();
        for (String ref : tips.keySet()) {
            settings.rule(ref)
                    .filter(rule -> rule.environment().equals(environment) == same)
                    .ifPresent(rule -> refs.add(ref));
        }
        return refs;
    }

    /** What the ref has named, where git kept a log of it; empty where it did not. */
    private List<String> log(String ref) {
        GitProgram.Ended ended = git.attempt(
                GitProgram.ENOUGH,
                List.of("-c", "log.showSignature=false", "reflog", "show", "--format=%H", ref, "--"));
        return ended.exitCode() == 0 ? ended.lines() : List.of();
    }
}
