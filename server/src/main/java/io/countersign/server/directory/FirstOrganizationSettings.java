package io.countersign.server.directory;

import io.countersign.server.platform.Setting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The organization that a server makes on its first start. */
@ConfigurationProperties("countersign.organization")
record FirstOrganizationSettings(
        @Setting("handle of the organization that the first start makes") @DefaultValue("main")
        String handle,

        @Setting("name of the organization that the first start makes") @DefaultValue("My organization")
        String name,

        @Setting("handle of its first administrator, who is invited by a link that the first start prints")
        @DefaultValue("admin")
        String adminHandle,

        @Setting("name of its first administrator") @DefaultValue("Administrator")
        String adminName) {}
