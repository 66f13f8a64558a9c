package io.countersign.server.directory;

import io.countersign.server.platform.Setting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How people get in, and how long what they get in with lasts. */
@ConfigurationProperties("countersign.access")
record AccessSettings(
        @Setting("how long a sign-in lasts at most") @DefaultValue("12h")
        Duration sessionLifetime,

        @Setting("how long a sign-in lasts while nobody uses it") @DefaultValue("4h")
        Duration sessionIdle,

        @Setting("how long a link works by which a new person sets a password") @DefaultValue("7d")
        Duration enrolmentLinkLifetime,

        @Setting("how long a link works by which a forgotten password is set anew") @DefaultValue("1h")
        Duration resetLinkLifetime,

        @Setting("failed sign-ins of one handle within the window, after which it has to wait") @DefaultValue("10")
        int failuresPerHandle,

        @Setting("failed sign-ins from one address within the window, after which it has to wait") @DefaultValue("100")
        int failuresPerAddress,

        @Setting("how long a failed sign-in counts") @DefaultValue("15m")
        Duration failureWindow) {}
