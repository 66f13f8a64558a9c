package io.countersign.rego.value;

/** Says where a text stops being YAML. */
public final class YamlFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The fault and its place. */
    public YamlFault(String message) {
        super(message, null, false, false);
    }
}
