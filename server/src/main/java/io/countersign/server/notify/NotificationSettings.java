package io.countersign.server.notify;

import io.countersign.server.platform.Setting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What is kept of notifications. */
@ConfigurationProperties("countersign.notifications")
record NotificationSettings(
        @Setting(
                "how long deliveries are listed after they ended, at least 7d; the audit log keeps what became of them")
        @DefaultValue("90d")
        Duration keepDeliveries) {}
