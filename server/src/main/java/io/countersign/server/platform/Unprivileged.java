package io.countersign.server.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How PostgreSQL, which refuses to run as root, is started by whoever we are. */
final class Unprivileged {

    private final List<String> prefix;
    private final Optional<String> owner;

    private Unprivileged(List<String> prefix, Optional<String> owner) {
        this.prefix = prefix;
        this.owner = owner;
    }

    /** As ourselves; as root in a user namespace of its own; where those are forbidden, as a service user. */
    static Unprivileged detect() {
        return detect(System.getProperty("user.name", ""), Programs::succeeds);
    }

    /** The same for this user, on a machine where these programs succeed. */
    static Unprivileged detect(String self, Predicate<List<String>> succeeds) {
        if (!self.equals("root")) {
            return new Unprivileged(List.of(), Optional.empty());
        }
        if (succeeds.test(List.of("unshare", "-U", "true"))) {
            return new Unprivileged(List.of("unshare", "-U"), Optional.empty());
        }
        String user = Stream.of("countersign", "postgres", "nobody")
                .filter(name -> succeeds.test(List.of("id", "-u", name)))
                .findFirst()
                .orElseThrow(() -> new StartRefused("PostgreSQL does not run as root, and neither a user namespace"
                        + " nor a user `countersign` is to be had: start the server as an ordinary user"));
        List<String> setpriv = List.of("setpriv", "--reuid=" + user, "--init-groups", "--");
        List<String> withTrue = new ArrayList<>(setpriv);
        withTrue.add("true");
        List<String> prefix = succeeds.test(withTrue) ? setpriv : List.of("runuser", "-u", user, "--");
        return new Unprivileged(prefix, Optional.of(user));
    }

    /** The command as it has to be called. */
    List<String> command(List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    /** Makes the folder and what is in it readable for the service user, where there is one. */
    void handOver(Path folder) throws IOException {
        if (owner.isPresent() && Files.exists(folder)) {
            Programs.run(List.of("chown", "-R", owner.get(), folder.toString()), folder);
        }
    }
}
