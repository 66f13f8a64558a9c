package io.countersign.server.notify;

import io.countersign.server.notify.Attempt.Arrived;
import io.countersign.server.notify.Attempt.Gone;
import io.countersign.server.notify.Attempt.Missed;
import io.countersign.server.notify.EgressGuard.NoWay;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Posts a body to a webhook, signed as Standard Webhooks 1.0 says. */
@Component
class WebhookSender {

    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final EgressGuard guard;
    private final PinnedClient client;

    @Autowired
    WebhookSender(EgressGuard guard) {
        this(guard, new PinnedClient(() -> (SSLSocketFactory) SSLSocketFactory.getDefault(), WITHIN));
    }

    WebhookSender(EgressGuard guard, PinnedClient client) {
        this.guard = guard;
        this.client = client;
    }

    /**
     * Sends it once.
     *
     * @param id the same at every attempt: receivers know by it what they have already
     * @param secrets what it is signed with, the present one first
     */
    Attempt send(String url, List<byte[]> secrets, String id, byte[] body) {
        // Receivers compare it with their own clocks, so this is the machine's time even where ours is simulated.
        long seconds = System.currentTimeMillis() / 1_000;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", Envelope.MEDIA_TYPE);
        headers.put("User-Agent", "Countersign");
        headers.put("Accept", "*/*");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put("webhook-signature", WebhookSignature.header(secrets, id, seconds, body));
        try {
            return judge(client.post(guard.way(url), headers, body));
        } catch (NoWay refused) {
            return Missed.because("not sent: " + refused.why());
        } catch (SSLException untrusted) {
            return Missed.because("no trusted TLS connection");
        } catch (ConnectException refused) {
            return Missed.because("connection refused");
        } catch (IOException failed) {
            return Missed.because("no answer");
        }
    }

    private static Attempt judge(PinnedClient.Head head) {
        String result = "status " + head.status();
        if (head.status() / 100 == 2) {
            return new Arrived(result);
        }
        if (head.status() / 100 == 3) {
            return Missed.because(result + ", redirects are not followed");
        }
        return head.status() == 410 ? new Gone(result) : new Missed(result, head.retryAfter());
    }
}
