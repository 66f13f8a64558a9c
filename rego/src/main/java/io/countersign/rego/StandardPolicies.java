package io.countersign.rego;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** The policies that ship with the engine, as sources that others compile together with their own. */
public final class StandardPolicies {

    private static final String GATE = "approval_gate.rego";

    private StandardPolicies() {}

    /** `data.controlcore.policy.templates.approval_gate`: what an approval gate decides. */
    public static Map<String, String> approvalGate() {
        return Map.of(GATE, source(GATE));
    }

    /** The tests of the approval gate, in Rego. */
    static Map<String, String> approvalGateWithTests() {
        String tests = "approval_gate_test.rego";
        return Map.of(GATE, source(GATE), tests, source(tests));
    }

    private static String source(String name) {
        try (InputStream in = StandardPolicies.class.getResourceAsStream("policies/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
