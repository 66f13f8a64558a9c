package io.countersign.server.signing;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The one form in which things are signed here: the compact serialization of RFC 7515. */
final class CompactJws {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CompactJws() {}

    static String sign(KeyUse use, String kid, Map<String, ?> claims, PrivateKey key) {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("alg", use.algorithm().id());
        header.put("kid", kid);
        header.put("typ", use.type());
        String message = part(header) + "." + part(claims);
        byte[] signature = use.algorithm().sign(key, message.getBytes(StandardCharsets.US_ASCII));
        return message + "." + JoseAlgorithm.base64(signature);
    }

    private static String part(Map<String, ?> members) {
        return JoseAlgorithm.base64(JSON.writeValueAsBytes(members));
    }
}
