package io.countersign.cli.command;

import io.countersign.client.wire.Json;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kept sign-in: which server, who, and the session's secret.
 *
 * @param secret the bearer session's secret, or none after signing out, when only the address is kept
 */
public record SignIn(URI server, String handle, @Nullable String secret, String expiresAt) {

    static SignIn read(JsonNode json) {
        String secret = Json.text(json, "secret");
        return new SignIn(
                URI.create(Json.text(json, "server")),
                Json.text(json, "handle"),
                secret.isEmpty() ? null : secret,
                Json.text(json, "expiresAt"));
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("server", server.toString()).put("handle", handle);
        if (secret != null) {
            json.put("secret", secret);
        }
        return json.put("expiresAt", expiresAt);
    }

    /** The same without its secret. */
    public SignIn signedOut() {
        return new SignIn(server, handle, null, "");
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "SignIn[" + handle + " at " + server + "]";
    }
}
