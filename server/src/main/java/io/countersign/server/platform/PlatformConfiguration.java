package io.countersign.server.platform;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.ConfigurableEnvironment;

/** Puts the ground together: settings are checked first, then the database, then the pool that works on it. */
@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {

    @Bean
    static SettingsGuard settingsGuard(ConfigurableEnvironment environment) {
        return new SettingsGuard(environment);
    }

    @Bean
    Database database(HomeSettings home, DatabaseSettings database, ClockSettings clock, ServerSettings server) {
        return Database.open(home, database, clock, server);
    }

    @Bean
    HikariDataSource dataSource(Database database, DatabaseSettings settings) {
        return database.pool(settings.poolSize());
    }

    /** For single statements whose commit nobody waits for; to be asked for by this name. */
    @Bean(defaultCandidate = false)
    HikariDataSource unwaited(Database database) {
        return database.unwaited();
    }

    /** Stopped before the pool closes: the jobs work on it. */
    @Bean
    @DependsOn("dataSource")
    Ticker ticker() {
        return new Ticker();
    }
}
