package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.CountersignServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

class SettingKeysTest {

    private final SettingKeys keys = SettingKeys.of(records().stream());

    private static List<Class<?>> records() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        List<Class<?>> records = new ArrayList<>();
        scanner.findCandidateComponents(CountersignServer.class.getPackageName())
                .forEach(found ->
                        records.add(ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null)));
        return records;
    }

    @Test
    void knowsEveryKeyWithItsDefault() {
        assertThat(keys.all().stream().map(key -> key.name() + "=" + key.defaultValue()))
                .containsExactly(
                        "countersign.access.enrolment-link-lifetime=7d",
                        "countersign.access.failure-window=15m",
                        "countersign.access.failures-per-address=100",
                        "countersign.access.failures-per-handle=10",
                        "countersign.access.reset-link-lifetime=1h",
                        "countersign.access.session-idle=4h",
                        "countersign.access.session-lifetime=12h",
                        "countersign.clock.simulated=",
                        "countersign.database.owner-password=",
                        "countersign.database.owner-user=",
                        "countersign.database.password=",
                        "countersign.database.pool-size=16",
                        "countersign.database.url=",
                        "countersign.database.user=countersign_app",
                        "countersign.gate.keep-asks=90d",
                        "countersign.home=~/.countersign",
                        "countersign.mail.ca-file=",
                        "countersign.mail.from=",
                        "countersign.mail.host=",
                        "countersign.mail.password=",
                        "countersign.mail.password-file=",
                        "countersign.mail.port=587",
                        "countersign.mail.security=starttls",
                        "countersign.mail.user=",
                        "countersign.notifications.keep-deliveries=90d",
                        "countersign.organization.admin-handle=admin",
                        "countersign.organization.admin-name=Administrator",
                        "countersign.organization.handle=main",
                        "countersign.organization.name=My organization",
                        "countersign.secrets.key-file=",
                        "countersign.server.address=127.0.0.1",
                        "countersign.server.body-limit=24MB",
                        "countersign.server.port=7878",
                        "countersign.server.public-url=",
                        "countersign.server.stop-within=10s",
                        "countersign.server.trusted-proxies=",
                        "countersign.webhooks.allowed-networks=",
                        "countersign.webhooks.plain-http=false");
    }

    @Test
    void describesEveryKey() {
        assertThat(keys.all()).allSatisfy(key -> assertThat(key.description()).hasSizeGreaterThan(15));
    }

    @Test
    void areAllInTheTableOfTheOperationsGuide() throws IOException {
        Path guide = Path.of(Objects.requireNonNull(System.getProperty("house.root")), "docs", "operations.md");
        assertThat(Files.readAllLines(guide).stream().filter(line -> line.startsWith("| `countersign.")))
                .as("docs/operations.md: a row for every key, with its default and its description")
                .containsExactlyInAnyOrderElementsOf(keys.all().stream()
                        .map(key -> "| `%s` |%s | %s |"
                                .formatted(
                                        key.name(),
                                        key.defaultValue().isEmpty() ? "" : " `" + key.defaultValue() + "`",
                                        key.description()))
                        .toList());
    }

    @Test
    void namesTheNearestKeyForAMisspeltOne() {
        assertThat(keys.complaint("countersign.server.prot").orElseThrow())
                .isEqualTo("there is no setting `countersign.server.prot`; the nearest one is"
                        + " `countersign.server.port`");
        assertThat(keys.complaint("countersign.servre.port")).isPresent();
        assertThat(keys.complaint("countersign.server.port")).isEmpty();
        assertThat(keys.complaint("server.port")).isEmpty();
    }

    @Test
    void looksAtTheEnvironmentToo() {
        assertThat(keys.complaint("COUNTERSIGN_SERVER_PROT").orElseThrow()).contains("`COUNTERSIGN_SERVER_PORT`");
        assertThat(keys.complaint("COUNTERSIGN_SERVER_PUBLIC_URL")).isEmpty();
        assertThat(keys.complaint("COUNTERSIGN_SERVER_PUBLICURL")).isEmpty();
        assertThat(keys.complaint("COUNTERSIGN_ADMIN_TOKEN")).isEmpty();
        assertThat(keys.complaint("COUNTERSIGN_ADMIN_TOKN").orElseThrow()).contains("`COUNTERSIGN_ADMIN_TOKEN`");
        assertThat(keys.complaint("HOME")).isEmpty();
    }

    @Test
    void refusesToStartOnAKeyNobodyReads() {
        assertThatThrownBy(() -> TestServer.start("--countersign.server.prot=1"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("`countersign.server.port`");
    }
}
