package io.countersign.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    private static final byte[] SECRET = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String EXPECTED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void signsAsTheStandardsExampleDoes() {
        assertThat(WebhookSignature.header(List.of(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY))
                .isEqualTo(EXPECTED);
    }

    @Test
    void signsWithEverySecretThatIsValid() {
        String both = WebhookSignature.header(
                List.of(WebhookSignature.draw(), SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY);
        assertThat(both.split(" ", -1)).hasSize(2).endsWith(EXPECTED);
    }

    @Test
    void drawsSecretsOf256Bits() {
        assertThat(WebhookSignature.shown(WebhookSignature.draw())).matches("whsec_[A-Za-z0-9+/]{43}=");
    }
}
