package io.countersign.rego.tool;

import io.countersign.rego.Input;
import io.countersign.rego.Limits;
import io.countersign.rego.Policy;
import io.countersign.rego.PolicyOptions;
import io.countersign.rego.RegoDecision;
import io.countersign.rego.syntax.ParserOptions;
import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.syntax.RegoFormatter;
import io.countersign.rego.value.JsonFault;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.Value;
import io.countersign.rego.value.YamlFault;
import io.countersign.rego.value.YamlReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** What a fuzzer runs with any bytes: all of it must end in an answer or in an error that says what is wrong. */
public final class FuzzTargets {

    private static final Limits LIMITS = new Limits(20_000, Duration.ofSeconds(2), 20_000, 100);
    private static final Input INPUT = Input.json("{\"go\":true,\"list\":[1,2],\"a\":{\"b\":\"c\"}}");

    private FuzzTargets() {}

    /** The fuzzer's way in: the first byte chooses what the rest is for. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length > 0) {
            run(data[0], new String(data, 1, data.length - 1, StandardCharsets.UTF_8));
        }
    }

    static void run(int kind, String text) {
        switch (kind & 3) {
            case 0 -> evaluate(text, PolicyOptions.DEFAULT);
            case 1 -> evaluate(text, PolicyOptions.DEFAULT.v0());
            case 2 -> format(text);
            default -> read(text);
        }
    }

    /** Whether it compiles; whatever it does then must be a decision. */
    static boolean evaluate(String source, PolicyOptions options) {
        Policy policy;
        try {
            policy = Policy.compile(Map.of("a.rego", source), RegoObject.EMPTY, options.limits(LIMITS));
        } catch (RegoFailure refused) {
            return false;
        }
        if (policy.question("data").ask(INPUT) instanceof RegoDecision.Failed failed
                && failed.errors().get(0).code().equals("eval_internal_error")) {
            throw new IllegalStateException(failed.errors().get(0) + " of\n" + source);
        }
        return true;
    }

    /** Whether it can be formatted; then formatting again changes nothing. */
    static boolean format(String source) {
        String once;
        try {
            once = RegoFormatter.format("a.rego", source, ParserOptions.V1);
        } catch (RegoFailure refused) {
            return false;
        }
        String twice = RegoFormatter.format("a.rego", once, ParserOptions.V1);
        if (!twice.equals(once)) {
            throw new IllegalStateException("formatting again changes\n" + once + "\ninto\n" + twice);
        }
        return true;
    }

    private static void read(String text) {
        try {
            Value value = JsonReader.read(text);
            if (!JsonReader.read(value.toJson()).equals(value)) {
                throw new IllegalStateException("written and read again, it is another value: " + text);
            }
        } catch (JsonFault refused) {
            // It said what is wrong.
        }
        try {
            YamlReader.read(text);
        } catch (YamlFault refused) {
            // It said what is wrong.
        }
    }
}
