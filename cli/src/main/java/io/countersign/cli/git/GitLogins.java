package io.countersign.cli.git;

import io.countersign.client.wire.Answer;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import io.countersign.client.wire.ServerRefusal;
import io.countersign.client.wire.UnreachableException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out at the server who comes with a handle and a password, or with an API token as the password. A yes is kept for
 * some seconds, because one push makes several calls; a no is never kept.
 */
final class GitLogins {

    private static final Duration KEPT = Duration.ofSeconds(15);
    private static final int MOST_KEPT = 10_000;
    private static final String TOKEN = "cs_t_";
    private static final int TOO_MANY = 429;
    private static final int SERVER_FAULT = 500;

    private final URI server;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final SecretKeySpec key;

    GitLogins(URI server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    /** What the server says about a login. */
    sealed interface Login {

        /** It is this one. */
        record Known(String handle) implements Login {}

        /** It is nobody. */
        record Unknown() implements Login {}

        /** It cannot be told now. */
        record Unclear(String words) implements Login {}
    }

    private record Kept(String handle, Instant until) {}

    /** Who this is. */
    Login who(String handle, String password) {
        String plain = handle.startsWith("@") ? handle.substring(1) : handle;
        String name = fingerprint(plain + "\0" + password);
        Instant now = clock.instant();
        Kept before = kept.get(name);
        if (before != null && now.isBefore(before.until())) {
            return new Login.Known(before.handle());
        }
        kept.values().removeIf(one -> !now.isBefore(one.until()));
        Login login = asked(plain, password);
        if (login instanceof Login.Known known && kept.size() < MOST_KEPT) {
            kept.put(name, new Kept(known.handle(), now.plus(KEPT)));
        }
        return login;
    }

    private Login asked(String handle, String password) {
        try {
            String told = password.startsWith(TOKEN) ? ofToken(password) : ofPassword(handle, password);
            return told.equals(handle) ? new Login.Known(told) : new Login.Unknown();
        } catch (ServerRefusal refusal) {
            int status = refusal.problem().status();
            return status == TOO_MANY || status >= SERVER_FAULT
                    ? new Login.Unclear(refusal.problem().title())
                    : new Login.Unknown();
        } catch (UnreachableException away) {
            return new Login.Unclear(String.valueOf(away.getMessage()));
        }
    }

    private String ofToken(String token) {
        return Json.text(client(token).get("/me"), "handle");
    }

    /** Signs in and out again: only the answer matters. */
    private String ofPassword(String handle, String password) {
        ObjectNode body =
                Json.object().put("handle", handle).put("password", password).put("transport", "bearer");
        Answer session = client(null).send(new Call("POST", "/sessions", body, null, null));
        try {
            client(Json.text(session.body(), "secret")).send(Call.delete("/sessions/current"));
        } catch (ServerRefusal | UnreachableException stillOpen) {
            // It ends by itself; who it was is known all the same.
            return Json.text(session.body(), "person", "handle");
        }
        return Json.text(session.body(), "person", "handle");
    }

    private ServerClient client(@Nullable String secret) {
        return new ServerClient(server, secret, "countersign-git-serve", List.of(Duration.ofMillis(200)));
    }

    private String fingerprint(String login) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(login.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
