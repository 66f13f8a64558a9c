package io.countersign.cli.command;

import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Text;
import io.countersign.cli.terminal.When;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import io.countersign.client.wire.ServerRefusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Stack;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;

/** One run of the program: the options that every command takes, and what follows from them. */
@Command
public class Invocation {

    private final Surroundings surroundings;
    private final Connection connection;
    private @Nullable Screen screen;
    private @Nullable ServerClient server;
    private @Nullable When when;

    @Option(
            names = "--json",
            arity = "0..1",
            paramLabel = "FIELDS",
            scope = ScopeType.INHERIT,
            preprocessor = OnlyAttached.class,
            description = "write JSON; --json=a,b.c only these fields")
    private @Nullable String json;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "no colours (nor with NO_COLOR or TERM=dumb)")
    private boolean noColor;

    @Option(
            names = "--no-input",
            scope = ScopeType.INHERIT,
            description = "never ask back; fail where an answer is needed")
    private boolean noInput;

    @Option(
            names = {"-y", "--yes"},
            scope = ScopeType.INHERIT,
            description = "answer yes to whether you are sure")
    private boolean yes;

    @Option(
            names = "--await-approval",
            scope = ScopeType.INHERIT,
            description = "where people must approve it first: wait for them, and do it then")
    private boolean awaitApproval;

    @Option(
            names = "--because",
            paramLabel = "TEXT",
            scope = ScopeType.INHERIT,
            description = "why, where a policy demands a reason for a change of Countersign itself")
    private @Nullable String because;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "the server (else COUNTERSIGN_URL, else where you signed in)")
    private @Nullable String url;

    /** Read by the parser alone. */
    @SuppressWarnings("unused")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "say how this command is used")
    private boolean help;

    public Invocation(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    /** Where the sign-in is kept. */
    public SignInFile signInFile() {
        return SignInFile.below(surroundings.configuration());
    }

    /** The server, with the credential that belongs to it; fails in words where there is none. */
    public ServerClient server() {
        ServerClient present = server;
        if (present == null) {
            present = connection.signedIn(url).because(because);
            server = present;
        }
        return present;
    }

    /** Whether what is held is to be done once it is approved. */
    public boolean awaitsApproval() {
        return awaitApproval;
    }

    /** The server named on the command line, or none. */
    public @Nullable String url() {
        return url;
    }

    /** The server without any credential: to sign in. */
    public ServerClient anonymousServer(String preferred) {
        return connection.anonymous(url != null ? url : preferred);
    }

    /** The server of a kept sign-in, wherever the options point. */
    public ServerClient keptServer(SignIn kept) {
        return Connection.client(kept.server(), kept.secret());
    }

    /** Standard output and error, as colourful as the terminal and the options allow. */
    public Screen screen() {
        Screen present = screen;
        if (present == null) {
            present = new Looks(surroundings).screen(!noColor);
            screen = present;
        }
        return present;
    }

    /** The same while the options are not read yet, to show how a command is used. */
    public Screen screenBeforeParsing(boolean colour) {
        return new Looks(surroundings).screen(colour);
    }

    /** Asking the person back. */
    public Questions questions() {
        return new Questions(surroundings, screen(), yes, noInput);
    }

    /** Moments told from the server's now, which may be simulated, in the person's own zone. */
    public When when() {
        When present = when;
        if (present == null) {
            present = new When(now(), surroundings.zone());
            when = present;
        }
        return present;
    }

    private Instant now() {
        Instant here = surroundings.clock().instant();
        if (server == null) {
            return here;
        }
        try {
            return Json.instant(server.get("/clock"), "now").orElse(here);
        } catch (ServerRefusal unknown) {
            return here;
        }
    }

    /** A key for one thing to be done, kept while it is tried again. */
    public String key() {
        return UUID.randomUUID().toString();
    }

    /** Whether data goes out as JSON. */
    public boolean asJson() {
        return json != null;
    }

    /** Writes the data as JSON where that was asked for, in words otherwise. */
    public void data(JsonNode data, Runnable inWords) {
        if (json == null) {
            inWords.run();
        } else {
            screen().json(Json.pretty(new FieldSelection(json).of(data, missing -> screen().say(missing))));
        }
    }

    /** Says what was done where the server has nothing to show for it: as JSON, or in a sentence to the person. */
    public void done(JsonNode what, String sentence) {
        data(what, () -> screen().say(sentence));
    }

    /** Whether JSON is written, so that nothing else may stand beside it. */
    public boolean inJson() {
        return json != null;
    }

    /** Writes a list: JSON, a table for a person, or lines with tabs for a program. */
    public void list(List<JsonNode> items, String nothing, List<String> headings, Function<JsonNode, List<Text>> row) {
        data(Json.array().addAll(items), () -> {
            if (items.isEmpty()) {
                screen().say(nothing);
            } else {
                screen().table(headings, items.stream().map(row).toList());
            }
        });
    }

    /** Lets {@code --json} take fields only after an equals sign, so that it never swallows the next word. */
    static final class OnlyAttached implements IParameterPreprocessor {

        @Override
        public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> state) {
            if (!Objects.equals(state.get("separator"), "=")) {
                words.push("");
            }
            return false;
        }
    }
}
