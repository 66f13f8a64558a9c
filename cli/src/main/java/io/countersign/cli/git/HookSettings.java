package io.countersign.cli.git;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a repository is guarded, as its owner wrote it into the repository's own configuration below
 * {@code countersign.}; the README of examples/git-hook explains the keys.
 *
 * @param repository the name approvers see
 * @param rules which refs stand for which environment
 * @param open patterns of refs that are pushed to without asking
 */
record HookSettings(
        URI server,
        Path tokenFile,
        String repository,
        Pusher pusher,
        List<Rule> rules,
        List<String> open,
        String link,
        long payloadLimit) {

    private static final String SECTION = "countersign.";
    private static final long STANDARD_LIMIT = 16L << 20;
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> KEYS = Set.of(
            "url", "tokenfile", "repository", "pusher", "open", "link", "payloadlimit", "allowplainhttp", "command");

    /** Who counts as the one who pushes. */
    enum Pusher {
        /** Whom the transport authenticated: {@code REMOTE_USER}, as {@code countersign git serve} sets it. */
        TRANSPORT,
        /** The account whose token the hook has. */
        ACCOUNT,
        /** Whom the transport authenticated where it did, else the account. */
        EITHER
    }

    /**
     * Which environment a ref stands for.
     *
     * @param pattern a ref's full name, in which {@code *} stands for anything
     * @param environment the environment as {@code project/environment}
     */
    record Rule(String pattern, String environment) {

        boolean covers(String ref) {
            return matches(pattern, ref);
        }
    }

    HookSettings {
        rules = List.copyOf(rules);
        open = List.copyOf(open);
    }

    /** Reads them; anything missing, unknown or contradictory fails, because a door half set up must not open. */
    static HookSettings read(Path repository, GitProgram git) {
        Entries entries = Entries.of(repository, git);
        entries.refuseUnknown();
        String url = entries.one("url").orElseThrow(() -> missing("url", "https://countersign.example"));
        String token =
                entries.one("tokenfile").orElseThrow(() -> missing("tokenFile", "/etc/countersign/git-door.token"));
        List<Rule> rules = entries.rules();
        List<String> open = entries.all("open");
        if (rules.isEmpty()) {
            throw missing("refs/heads/production.environment", "payments/production");
        }
        return new HookSettings(
                address(url, entries.one("allowplainhttp").orElse("").equals("true")),
                repository.resolve(token),
                entries.one("repository").orElseGet(() -> name(repository)),
                pusher(entries.one("pusher").orElse("either")),
                rules,
                open,
                entries.one("link").orElse(""),
                limit(entries.one("payloadlimit")));
    }

    /** The rule for a ref: the longest pattern that covers it. Two of one length for two environments are refused. */
    Optional<Rule> rule(String ref) {
        List<Rule> covering = rules.stream().filter(rule -> rule.covers(ref)).toList();
        int longest = covering.stream()
                .mapToInt(rule -> rule.pattern().length())
                .max()
                .orElse(0);
        List<Rule> closest = covering.stream()
                .filter(rule -> rule.pattern().length() == longest)
                .toList();
        if (closest.stream().map(Rule::environment).distinct().count() > 1) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    ref + " stands for two environments: "
                            + closest.stream().map(Rule::pattern).collect(Collectors.joining(" and ")),
                    "tell who runs this repository: one of the patterns must be longer");
        }
        return closest.stream().findFirst();
    }

    /** Whether a ref without a rule is pushed to without asking. */
    boolean isOpen(String ref) {
        return open.stream().anyMatch(pattern -> matches(pattern, ref));
    }

    /** The token, read when it is needed; a file that others can read is refused. */
    String token() {
        try {
            boolean foreign = Files.getPosixFilePermissions(tokenFile, LinkOption.NOFOLLOW_LINKS).stream()
                    .anyMatch(permission -> !permission.name().startsWith("OWNER_"));
            if (foreign) {
                throw new CommandFailure(
                        ExitCode.ERROR,
                        "the file with the token can be read or written by others",
                        "whoever runs this repository: `chmod 600` it, and revoke the token if it should not have been");
            }
            String token = Files.readString(tokenFile, StandardCharsets.UTF_8).strip();
            if (!token.matches("[\\x21-\\x7e]{8,500}")) {
                throw new CommandFailure(ExitCode.ERROR, "the file with the token holds no token", "");
            }
            return token;
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    "the file with the token cannot be read",
                    "whoever runs this repository: `git config countersign.tokenFile` must name it");
        }
    }

    private static boolean matches(String pattern, String ref) {
        String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
        return ref.matches(expression);
    }

    private static String name(Path repository) {
        Path last = repository.toAbsolutePath().normalize().getFileName();
        return last == null ? "repository" : last.toString().replaceFirst("\\.git$", "");
    }

    private static Pusher pusher(String word) {
        return switch (word) {
            case "transport" -> Pusher.TRANSPORT;
            case "account" -> Pusher.ACCOUNT;
            case "either" -> Pusher.EITHER;
            default -> throw unclear("pusher", word, "transport, account or either");
        };
    }

    private static long limit(Optional<String> text) {
        String bytes = text.orElse(Long.toString(STANDARD_LIMIT));
        if (!bytes.matches("[1-9][0-9]{0,8}")) {
            throw unclear("payloadLimit", bytes, "a number of bytes");
        }
        return Long.parseLong(bytes);
    }

    private static URI address(String text, boolean plainAllowed) {
        URI address;
        try {
            address = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException unreadable) {
            throw unclear("url", text, "an address such as https://countersign.example");
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        String host = address.getHost();
        boolean safe = scheme.equals("https")
                || (scheme.equals("http") && (plainAllowed || THIS_MACHINE.contains(String.valueOf(host))));
        if (host == null || !safe) {
            throw unclear("url", text, "an https address; http only for this machine");
        }
        return address;
    }

    private static CommandFailure missing(String key, String example) {
        return new CommandFailure(
                ExitCode.ERROR,
                "this repository is not set up: countersign." + key + " is missing",
                "whoever runs it: `git config countersign." + key + " " + example + "` in the repository");
    }

    private static CommandFailure unclear(String key, String value, String wanted) {
        return new CommandFailure(
                ExitCode.ERROR,
                "countersign." + key + " is `" + value + "`",
                "whoever runs this repository: " + wanted);
    }

    /** The lines of the configuration that are ours. */
    private record Entries(List<Map.Entry<String, String>> lines) {

        static Entries of(Path repository, GitProgram git) {
            String listed = git.run(
                            "config",
                            "--file",
                            repository.resolve("config").toString(),
                            "--no-includes",
                            "--null",
                            "--list")
                    .text();
            List<Map.Entry<String, String>> lines = new ArrayList<>();
            for (String entry : listed.split("\0", -1)) {
                int end = entry.indexOf('\n');
                String key = end < 0 ? entry : entry.substring(0, end);
                if (key.startsWith(SECTION)) {
                    lines.add(Map.entry(key.substring(SECTION.length()), end < 0 ? "true" : entry.substring(end + 1)));
                }
            }
            return new Entries(lines);
        }

        List<String> all(String key) {
            return lines.stream()
                    .filter(line -> line.getKey().equals(key))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        Optional<String> one(String key) {
            List<String> values = all(key);
            if (values.size() > 1) {
                throw unclear(key, String.join("` and `", values), "say it once");
            }
            return values.stream().findFirst();
        }

        List<Rule> rules() {
            return lines.stream()
                    .filter(line -> line.getKey().endsWith(".environment"))
                    .map(line -> new Rule(
                            line.getKey().substring(0, line.getKey().length() - ".environment".length()),
                            line.getValue()))
                    .toList();
        }

        void refuseUnknown() {
            for (Map.Entry<String, String> line : lines) {
                String key = line.getKey();
                boolean rule = key.startsWith("refs/") && key.endsWith(".environment");
                if (!rule && !KEYS.contains(key)) {
                    throw unclear(key, line.getValue(), "there is no such key");
                }
                if (rule && !line.getValue().matches("[^/\\s]+(/[^/\\s]+)?")) {
                    throw unclear(key, line.getValue(), "an environment such as payments/production");
                }
            }
        }
    }
}
