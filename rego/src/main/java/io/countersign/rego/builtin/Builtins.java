package io.countersign.rego.builtin;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All functions of the language, by name. */
public final class Builtins {

    private static final Map<String, Builtin> ALL = new HashMap<>();

    static {
        NumberFunctions.register();
        CollectionFunctions.register();
        StringFunctions.register();
        ObjectFunctions.register();
        EncodingFunctions.register();
        PatternFunctions.register();
        UnitFunctions.register();
        NetFunctions.register();
        TimeFunctions.register();
        TokenFunctions.register();
        CryptoFunctions.register();
        UriFunctions.register();
        AwsFunctions.register();
        PolicyFunctions.register();
        GraphqlFunctions.register();
    }

    private Builtins() {}

    static Builtin add(String name, String signature, Builtin.Body body) {
        Builtin builtin = new Builtin(name, signature, body);
        ALL.put(name, builtin);
        return builtin;
    }

    /** The function of that name, or null. */
    public static @Nullable Builtin find(String name) {
        return ALL.get(name);
    }

    /** All of them. */
    public static Map<String, Builtin> all() {
        return Map.copyOf(ALL);
    }
}
