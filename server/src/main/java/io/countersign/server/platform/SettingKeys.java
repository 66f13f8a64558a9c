package io.countersign.server.platform;

import io.countersign.core.declaration.Nearest;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** All configuration keys the server knows, read from its settings records. */
final class SettingKeys {

    /** Variables of the environment that are no keys: the administration token, the launcher's and the CLI's. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            "COUNTERSIGN_ADMIN_TOKEN",
            "COUNTERSIGN_JAVA_HOME",
            "COUNTERSIGN_LAUNCHER",
            "COUNTERSIGN_URL",
            "COUNTERSIGN_TOKEN");

    private static final String PREFIX = "countersign.";

    /** One key with what stands when nobody sets it. */
    record Key(String name, String defaultValue, String description) {}

    private final List<Key> keys;

    private SettingKeys(List<Key> keys) {
        this.keys = keys;
    }

    /** The keys of these records; a component without {@link Setting} is a mistake of ours. */
    static SettingKeys of(Stream<Class<?>> settings) {
        List<Key> keys = new ArrayList<>();
        settings.filter(Class::isRecord)
                .filter(type -> type.isAnnotationPresent(ConfigurationProperties.class))
                .distinct()
                .forEach(type -> keys.addAll(keysOf(type)));
        keys.sort(Comparator.comparing(Key::name));
        return new SettingKeys(List.copyOf(keys));
    }

    private static List<Key> keysOf(Class<?> type) {
        String prefix = type.getAnnotation(ConfigurationProperties.class).value();
        List<Key> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            if (setting == null) {
                throw new IllegalStateException(type + "." + component.getName() + " lacks @Setting");
            }
            DefaultValue value = constructorDefault(type, component.getName());
            keys.add(new Key(
                    prefix + "." + dashed(component.getName()),
                    value == null ? "" : String.join(",", value.value()),
                    setting.value()));
        }
        return keys;
    }

    private static @Nullable DefaultValue constructorDefault(Class<?> type, String name) {
        return Stream.of(type.getDeclaredConstructors())
                .flatMap(constructor -> Stream.of(constructor.getParameters()))
                .filter(parameter -> parameter.getName().equals(name))
                .map(parameter -> parameter.getAnnotation(DefaultValue.class))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String dashed(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    List<Key> all() {
        return keys;
    }

    /** What is wrong with a key or an environment variable, if it looks like one of ours and is none. */
    Optional<String> complaint(String name) {
        if (name.startsWith("COUNTERSIGN_")) {
            return variables().contains(name) ? Optional.empty() : Optional.of(unknown(name, nearestVariable(name)));
        }
        if (!name.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
            return Optional.empty();
        }
        return names().contains(name) ? Optional.empty() : Optional.of(unknown(name, nearest(name, names())));
    }

    private static String unknown(String name, String nearest) {
        return "there is no setting `" + name + "`; the nearest one is `" + nearest + "`";
    }

    private Set<String> names() {
        return keys.stream().map(Key::name).collect(Collectors.toSet());
    }

    /** Every spelling of a key that Spring Boot takes from the environment, and the other variables. */
    private Set<String> variables() {
        return Stream.concat(
                        OTHER_VARIABLES.stream(),
                        keys.stream()
                                .flatMap(key -> Stream.of(
                                                variable(key), variable(key).replace("_DASH_", ""))
                                        .map(text -> text.replace("_DASH_", "_"))))
                .collect(Collectors.toSet());
    }

    private String nearestVariable(String name) {
        Set<String> spelled =
                keys.stream().map(key -> variable(key).replace("_DASH_", "_")).collect(Collectors.toSet());
        return nearest(
                name, Stream.concat(spelled.stream(), OTHER_VARIABLES.stream()).collect(Collectors.toSet()));
    }

    private static String variable(Key key) {
        return key.name().replace("-", "_DASH_").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static String nearest(String name, Set<String> known) {
        return Nearest.of(name, known).orElse("");
    }
}
