package io.countersign.server.platform;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** Refuses to start on a key nobody reads, wherever it was set: a misspelt setting must not pass for a default. */
final class SettingsGuard implements BeanFactoryPostProcessor {

    private final ConfigurableEnvironment environment;

    SettingsGuard(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        SettingKeys keys = SettingKeys.of(Arrays.stream(beans.getBeanDefinitionNames())
                .<Class<?>>map(name -> beans.getType(name, false))
                .filter(Objects::nonNull));
        Optional<String> complaint = environment.getPropertySources().stream()
                .flatMap(source -> source instanceof EnumerablePropertySource<?> listed
                        ? Stream.of(listed.getPropertyNames())
                        : Stream.of())
                .distinct()
                .flatMap(name -> keys.complaint(name).stream())
                .findFirst();
        if (complaint.isPresent()) {
            throw new StartRefused(complaint.get());
        }
    }
}
