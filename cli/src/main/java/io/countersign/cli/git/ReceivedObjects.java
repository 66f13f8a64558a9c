package io.countersign.cli.git;

import io.countersign.cli.payload.PushPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The objects of a repository and those of the push that is being received, seen from an empty repository of our own. So
 * nothing but objects is looked at: no configuration, attributes, replacements, grafts or refs, whoever made them.
 */
final class ReceivedObjects implements AutoCloseable {

    private static final String OBJECTS = "GIT_OBJECT_DIRECTORY";
    private static final String MORE_OBJECTS = "GIT_ALTERNATE_OBJECT_DIRECTORIES";
    private static final Set<String> QUARANTINE = Set.of("GIT_QUARANTINE_PATH", MORE_OBJECTS);
    private static final int NO = 1;

    private final Path empty;
    private final GitProgram git;
    private final String emptyTree;

    private ReceivedObjects(Path empty, GitProgram git) {
        this.empty = empty;
        this.git = git;
        this.emptyTree = git.run("hash-object", "-t", "tree", "/dev/null").text();
    }

    /**
     * The objects that a hook of this repository may see.
     *
     * @param there git in that repository
     * @param environment the hook's own, of which only the places of objects are taken
     */
    static ReceivedObjects of(Path repository, GitProgram there, Map<String, String> environment) {
        try {
            Path empty = Files.createTempDirectory("countersign-push");
            Files.createDirectories(empty.resolve("objects"));
            Files.createDirectories(empty.resolve("refs"));
            Files.writeString(empty.resolve("HEAD"), "ref: refs/heads/none\n");
            Files.writeString(empty.resolve("config"), configuration(repository, there));
            Map<String, String> only = new HashMap<>();
            only.put("PATH", environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
            only.put("GIT_DIR", empty.toString());
            String objects = environment.getOrDefault(OBJECTS, "");
            only.put(
                    OBJECTS,
                    repository.resolve(objects.isEmpty() ? "objects" : objects).toString());
            environment.forEach((name, value) -> {
                if (QUARANTINE.contains(name)) {
                    only.put(name, value);
                }
            });
            return new ReceivedObjects(empty, new GitProgram(repository, only));
        } catch (IOException noRoom) {
            throw new UncheckedIOException(noRoom);
        }
    }

    /** Only the way objects are named is taken over from the repository. */
    private static String configuration(Path repository, GitProgram there) {
        GitProgram.Ended format = there.attempt(
                GitProgram.ENOUGH,
                List.of("config", "--file", repository.resolve("config").toString(), "extensions.objectformat"));
        return format.text().equals("sha256")
                ? "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n"
                : "[core]\n\trepositoryformatversion = 0\n\tbare = true\n";
    }

    /** The commit this object is, or is a tag of; nothing where it is neither. */
    Optional<String> commit(String id) {
        GitProgram.Ended ended = git.attempt(
                GitProgram.ENOUGH, List.of("rev-parse", "--verify", "--quiet", "--end-of-options", id + "^{commit}"));
        return ended.exitCode() == 0 ? Optional.of(ended.text()) : Optional.empty();
    }

    /** Whether the second commit descends from the first, or is it. */
    boolean descends(String ancestor, String commit) {
        List<String> words = List.of("merge-base", "--is-ancestor", ancestor, commit);
        GitProgram.Ended ended = git.attempt(GitProgram.ENOUGH, words);
        if (ended.exitCode() > NO) {
            throw new GitFailure(String.join(" ", words), ended.words());
        }
        return ended.exitCode() == 0;
    }

    /**
     * The whole patch from one commit to another; an empty name stands for the empty tree. Every file is compared as text
     * and in full, whatever attributes, drivers or settings say.
     */
    List<PushPayload.Line> patch(String from, String to, long mostBytes) {
        List<String> words = List.of(
                "-c",
                "core.attributesFile=/dev/null",
                "-c",
                "attr.tree=" + emptyTree,
                "-c",
                "core.quotePath=true",
                "diff",
                "--full-index",
                "--binary",
                "--text",
                "--no-ext-diff",
                "--no-textconv",
                "--no-renames",
                "--no-color",
                "--no-relative",
                "--no-indent-heuristic",
                "--diff-algorithm=myers",
                "--unified=3",
                "--inter-hunk-context=0",
                "--submodule=short",
                "--ignore-submodules=none",
                "--src-prefix=a/",
                "--dst-prefix=b/",
                from.isEmpty() ? emptyTree : from,
                to,
                "--");
        GitProgram.Ended ended = git.attempt(mostBytes, words);
        if (ended.exitCode() != 0) {
            throw new GitFailure("diff " + from + " " + to, ended.words());
        }
        return PushPayload.lines(ended.output());
    }

    /** The e-mail addresses of authors and committers of what one commit has and the others have not. */
    Set<String> writers(String commit, List<String> without) {
        List<String> words = new ArrayList<>(List.of(
                "-c",
                "log.showSignature=false",
                "log",
                "--no-mailmap",
                "--encoding=UTF-8",
                "--format=%ae%n%ce",
                commit,
                "--not"));
        words.addAll(without);
        words.add("--");
        Set<String> writers = new TreeSet<>();
        git.run(words.toArray(String[]::new)).lines().stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(writers::add);
        return writers;
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(empty)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
