package io.countersign.server.notify;

import io.countersign.server.platform.Setting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where webhooks may lead. */
@ConfigurationProperties("countersign.webhooks")
record WebhookSettings(
        @Setting(
                "networks, with commas, such as `10.1.2.0/24`, that webhooks may reach although they are no public ones;"
                        + " none when empty")
        @DefaultValue("")
        String allowedNetworks,

        @Setting("whether webhooks may go to http addresses; what is sent can be read on the way then")
        @DefaultValue("false")
        boolean plainHttp) {}
