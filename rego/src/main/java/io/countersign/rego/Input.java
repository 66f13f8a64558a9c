package io.countersign.rego;

import io.countersign.rego.value.JavaValues;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The input document of an evaluation, which may be absent; absent is not null. Made once, used any number of times. */
public final class Input {

    private static final Input ABSENT = new Input(null);

    private final @Nullable Value value;

    private Input(@Nullable Value value) {
        this.value = value;
    }

    /** No input: `input` is undefined. */
    public static Input absent() {
        return ABSENT;
    }

    /** A value as the input. */
    public static Input of(Value value) {
        return new Input(value);
    }

    /** The input of a JSON text. Fails with {@link io.countersign.rego.value.JsonFault}. */
    public static Input json(String json) {
        return new Input(JsonReader.read(json));
    }

    /** The input of null, booleans, numbers, strings, collections and maps; others are an IllegalArgumentException. */
    public static Input java(@Nullable Object object) {
        return new Input(JavaValues.of(object));
    }

    /** The document, if there is one. */
    public Optional<Value> value() {
        return Optional.ofNullable(value);
    }

    @Nullable
    Value orNull() {
        return value;
    }
}
