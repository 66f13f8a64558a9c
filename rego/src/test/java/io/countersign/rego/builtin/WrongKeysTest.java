package io.countersign.rego.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.rego.Answers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys whose numbers are of the wrong size, or none at all, are an error of the policy's input and never one of the engine. */
class WrongKeysTest {

    private static final List<String> NUMBERS = List.of(
            encoded(new byte[0]), encoded(new byte[] {0}), encoded(new byte[] {1}), bytes(32), bytes(70), bytes(256));

    @Test
    void aTokenIsVerifiedWithNoneOfThem() {
        List<String> keys =
                new ArrayList<>(List.of("{}", "{`keys`: [1]}", "{`keys`: [null, {}]}", "{`keys`: {}}", "[]"));
        // A guided fuzzer found this one: nothing else said that its numbers do not fit the field.
        keys.add("{`kty`: `EC`, `crv`: `P-256`, `x`: `9Qq5S5VqMQoH-MJnC87ZuJagDW1ZWCmU3psdsVanmFFh0DP6z0fsA4h8G2n9-qp-"
                + "LEKFaWwo3IWlOsIzU3MHdcEiGw`}");
        for (String x : NUMBERS) {
            keys.add("{`kty`: `oct`, `k`: `%s`}".formatted(x));
            keys.add("{`kty`: `OKP`, `crv`: `Ed25519`, `x`: `%s`}".formatted(x));
            for (String y : NUMBERS) {
                keys.add("{`kty`: `RSA`, `n`: `%s`, `e`: `%s`}".formatted(x, y));
                for (String curve : List.of("", "P-256", "P-384", "P-521")) {
                    keys.add("{`kty`: `EC`, `crv`: `%s`, `x`: `%s`, `y`: `%s`}".formatted(curve, x, y));
                }
            }
        }
        List<String> faults = new ArrayList<>();
        for (String key : keys) {
            for (String algorithm : List.of("RS256", "PS256", "ES256", "ES512", "EdDSA", "HS256")) {
                String token = encoded("{\"alg\": \"%s\"}".formatted(algorithm).getBytes(StandardCharsets.UTF_8)) + "."
                        + encoded("{}".getBytes(StandardCharsets.UTF_8)) + "." + bytes(64);
                for (String set : List.of(key, "{`keys`: [" + key + "]}")) {
                    note(
                            "io.jwt.decode_verify(`%s`, {\"cert\": `%s`})".formatted(token, set.replace('`', '"')),
                            faults);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void nothingIsSignedWithThem() {
        List<String> faults = new ArrayList<>();
        for (String d : NUMBERS) {
            sign("EdDSA", "{`kty`: `OKP`, `crv`: `Ed25519`, `x`: `%1$s`, `d`: `%1$s`}".formatted(d), faults);
            for (String curve : List.of("", "P-256", "P-384", "P-521")) {
                sign("ES256", "{`kty`: `EC`, `crv`: `%s`, `d`: `%s`}".formatted(curve, d), faults);
            }
            for (String n : NUMBERS) {
                sign("RS256", "{`kty`: `RSA`, `n`: `%s`, `d`: `%s`}".formatted(n, d), faults);
                for (String p : NUMBERS) {
                    for (String q : NUMBERS) {
                        sign(
                                "RS256",
                                "{`kty`: `RSA`, `n`: `%s`, `e`: `AQAB`, `d`: `%s`, `p`: `%s`, `q`: `%s`}"
                                        .formatted(n, d, p, q),
                                faults);
                    }
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private static void sign(String algorithm, String key, List<String> faults) {
        note(
                "io.jwt.encode_sign({`alg`: `%s`}, {}, %s)"
                        .formatted(algorithm, key)
                        .replace('`', '"'),
                faults);
    }

    private static void note(String term, List<String> faults) {
        String answer = Answers.of(term);
        if (answer.contains("eval_internal_error")) {
            faults.add(term + " => " + answer);
        }
    }

    private static String bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (200 + 7 * i);
        }
        return encoded(bytes);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
