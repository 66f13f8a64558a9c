package io.countersign.rego.value;

/** Says where a text stops being JSON. */
public final class JsonFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The fault and its place. */
    public JsonFault(String message) {
        super(message, null, false, false);
    }
}
