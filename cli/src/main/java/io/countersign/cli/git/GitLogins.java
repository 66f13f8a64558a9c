package io.countersign.cli.git;

import io.countersign.cli.command.CommandFailure;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import io.countersign.client.wire.ServerRefusal;
import io.countersign.client.wire.UnreachableException;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out at the server who comes with a handle and a password, or with an API token as the password, and lets in whom the
 * organization of the door's own token has. A yes is kept for some seconds, because one push makes several calls; a no is
 * never kept.
 */
final class GitLogins {

    private static final Duration KEPT = Duration.ofSeconds(15);
    private static final int MOST_KEPT = 10_000;
    private static final String TOKEN = "cs_t_";
    private static final int TOO_MANY = 429;
    private static final int SERVER_FAULT = 500;

    private final HookSettings door;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final SecretKeySpec key;

    GitLogins(HookSettings door, InstantSource clock) {
        this.door = door;
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

    /** Where somebody belongs: an organization, which has an id for ever and a handle for now, and his handle in it. */
    private record Belonging(String organizationId, String handle) {}

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
        JsonNode home;
        try {
            home = client(door.token()).get("/me").path("organization");
        } catch (ServerRefusal | UnreachableException | CommandFailure unknown) {
            return new Login.Unclear("the door itself is not known: " + unknown.getMessage());
        }
        return asked(home, handle, password);
    }

    private Login asked(JsonNode home, String handle, String password) {
        Belonging wanted = new Belonging(Json.text(home, "id"), handle);
        try {
            Belonging told = password.startsWith(TOKEN)
                    ? ofToken(password)
                    : ofPassword(Json.text(home, "handle"), handle, password);
            return told.equals(wanted) ? new Login.Known(handle) : new Login.Unknown();
        } catch (ServerRefusal refusal) {
            int status = refusal.problem().status();
            return status == TOO_MANY || status >= SERVER_FAULT
                    ? new Login.Unclear(refusal.problem().title())
                    : new Login.Unknown();
        } catch (UnreachableException away) {
            return new Login.Unclear(String.valueOf(away.getMessage()));
        }
    }

    private Belonging ofToken(String token) {
        JsonNode me = client(token).get("/me");
        return new Belonging(Json.text(me, "organization", "id"), Json.text(me, "handle"));
    }

    /** Signs in and out again: only the answer matters. */
    private Belonging ofPassword(String organization, String handle, String password) {
        ObjectNode body = Json.object()
                .put("organization", organization)
                .put("handle", handle)
                .put("password", password)
                .put("transport", "bearer");
        JsonNode session = client(null)
                .send(new Call("POST", "/sessions", body, null, null))
                .body();
        try {
            client(Json.text(session, "secret")).send(Call.delete("/sessions/current"));
        } catch (ServerRefusal | UnreachableException stillOpen) {
            // It ends by itself; who it was is known all the same.
            return belonging(session);
        }
        return belonging(session);
    }

    private static Belonging belonging(JsonNode session) {
        return new Belonging(Json.text(session, "organizationId"), Json.text(session, "person", "handle"));
    }

    private ServerClient client(@Nullable String secret) {
        return new ServerClient(door.server(), secret, "countersign-git-serve", List.of(Duration.ofMillis(200)));
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
