package io.countersign.server;

import io.countersign.server.platform.StartRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an operator types after {@code serve}, turned into configuration keys. */
final class ServeArguments {

    private static final Map<String, String> SHORT = Map.of(
            "--port", "countersign.server.port",
            "--address", "countersign.server.address",
            "--data", "countersign.home",
            "--public-url", "countersign.server.public-url",
            "--simulated-clock", "countersign.clock.simulated");

    private ServeArguments() {}

    /** The same arguments as {@code --key=value}; anything that is no option, or has no value, refuses the start. */
    static String[] keys(List<String> arguments) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!SHORT.containsKey(name) && !name.startsWith("--countersign.")) {
                throw new StartRefused("`" + argument + "` is no option of the server; there are "
                        + String.join(", ", SHORT.keySet().stream().sorted().toList())
                        + ", and every setting as --countersign.<room>.<key>=<value>");
            }
            if (equals < 0 && i + 1 == arguments.size()) {
                throw new StartRefused("`" + name + "` needs a value");
            }
            String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
            keys.add("--" + SHORT.getOrDefault(name, name.replaceFirst("^--", "")) + "=" + value);
        }
        return keys.toArray(String[]::new);
    }
}
