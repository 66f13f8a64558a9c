package io.countersign.server.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LikelySecretsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB_PASSWORD=hunter2                      | DB_PASSWORD=*******",
                "+  password: \"two words, and more\"      | +  password: \"*******************\"",
                "{\"apiKey\":\"abcd1234\",\"size\":3}     | {\"apiKey\":\"********\",\"size\":3}",
                "text: \\n  token: \\\"abcd1234\\\"\\n    | text: \\n  token: \\\"********\\\"\\n",
                "- name: SMTP_SECRET\\n  value: abcd1234  | - name: SMTP_SECRET\\n  value: ********",
                "[\"+  - name: A_TOKEN\",\"+    value: x1y2z3\"] | [\"+  - name: A_TOKEN\",\"+    value: ******\"]",
                "{\"name\":\"API_KEY\",\"value\":\"abcd\"} | {\"name\":\"API_KEY\",\"value\":\"****\"}",
                "postgres://app:s3cret@db:5432/x          | postgres://app:******@db:5432/x",
                "Authorization: Bearer abcdef0123456789   | Authorization: Bearer ****************",
                "id AKIAIOSFODNN7EXAMPLE end              | id AKIA**************** end",
                "x ghp_abcdefghijklmnopqrstuvwxyz0123456789 | x ghp_************************************",
                "cs_t_abcdefghijklmnop                    | cs_t_****************",
                "j eyJhbGciOi1.eyJzdWIiOi1.c2lnbmF0dXJl   | j eyJ*********************************",
            })
    void coversTheSecretAndNothingElse(String payload, String shown) {
        LikelySecrets.Covered covered = LikelySecrets.cover(payload(payload));
        assertThat(text(covered)).isEqualTo(shown);
        assertThat(covered.findings()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replicas: 3",
                "secretName: payments-tls",
                "automountServiceAccountToken: false",
                "password: ${DB_PASSWORD}",
                "password: *anchor",
                "token: null",
                "valueFrom: {secretKeyRef: {name: db, key: password}}",
                "imagePullSecrets:\n  - name: registry",
                "see https://example.org/a:b/c@d",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
            })
    void leavesAloneWhatOnlySpeaksOfSecrets(String payload) {
        LikelySecrets.Covered covered = LikelySecrets.cover(payload(payload));
        assertThat(text(covered)).isEqualTo(payload);
        assertThat(covered.findings()).isZero();
    }

    @Test
    void coversTheLettersOfAPrivateKeyInTextInJsonAndInADiff() {
        assertThat(shown("-----BEGIN RSA PRIVATE KEY-----\nMIIE+a=\nQ/==\n-----END RSA PRIVATE KEY-----\nrest"))
                .isEqualTo("-----BEGIN RSA PRIVATE KEY-----\n*******\n****\n-----END RSA PRIVATE KEY-----\nrest");
        assertThat(shown("\"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n\""))
                .isEqualTo("\"-----BEGIN PRIVATE KEY-----\\n****\\n-----END PRIVATE KEY-----\\n\"");
        assertThat(shown("[\"+-----BEGIN PRIVATE KEY-----\",\"+MIIE\",\"+-----END PRIVATE KEY-----\",\"+a: b\"]"))
                .isEqualTo("[\"+-----BEGIN PRIVATE KEY-----\",\"+****\",\"+-----END PRIVATE KEY-----\",\"+a: b\"]");
        assertThat(shown("-----BEGIN PRIVATE KEY-----\nMIIE")).isEqualTo("-----BEGIN PRIVATE KEY-----\n****");
    }

    @Test
    void countsEachFindingOnce() {
        assertThat(LikelySecrets.cover(payload("token: ghp_abcdefghijklmnopqrstuvwxyz0123456789\npassword: abcd"))
                        .findings())
                .isEqualTo(2);
    }

    @Test
    void movesNoByteOfWhatIsNoText() {
        byte[] payload = new byte[70_000];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i * 31 + (i >> 8));
        }
        assertThat(LikelySecrets.cover(payload).bytes()).hasSize(payload.length);
    }

    private static String shown(String payload) {
        return text(LikelySecrets.cover(payload(payload)));
    }

    private static byte[] payload(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(LikelySecrets.Covered covered) {
        return new String(covered.bytes(), StandardCharsets.UTF_8);
    }
}
