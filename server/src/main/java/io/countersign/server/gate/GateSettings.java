package io.countersign.server.gate;

import io.countersign.server.platform.Setting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What the doors keep. */
@ConfigurationProperties("countersign.gate")
record GateSettings(
        @Setting("how long asks are kept, to try rules on them before they are saved") @DefaultValue("90d")
        Duration keepAsks) {}
