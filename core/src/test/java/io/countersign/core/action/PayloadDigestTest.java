package io.countersign.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PayloadDigestTest {

    @Test
    void isTheHashOfADomainPrefixTheLengthAndTheBytes() throws Exception {
        byte[] payload = "plan".getBytes(StandardCharsets.UTF_8);
        ByteBuffer hashed = ByteBuffer.allocate(23 + 8 + 4);
        hashed.put("countersign/payload/v1\n".getBytes(StandardCharsets.US_ASCII));
        hashed.putLong(4).put(payload);
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(hashed.array());
        assertThat(PayloadDigest.of(payload).value())
                .isEqualTo("sha256:" + HexFormat.of().formatHex(expected));
    }

    @Test
    void staysTheSameForEver() {
        assertThat(PayloadDigest.of(new byte[0]).value())
                .isEqualTo("sha256:bd1329c05936732dbebdebdec668db8cd00c5885c7f28093cc880deb74a914ef");
    }

    @Test
    void differsWithTheLastByte() {
        assertThat(PayloadDigest.of(new byte[] {1, 2})).isNotEqualTo(PayloadDigest.of(new byte[] {1, 3}));
        assertThat(PayloadDigest.of(new byte[] {0})).isNotEqualTo(PayloadDigest.of(new byte[] {0, 0}));
    }

    @Test
    void takesNoOtherForm() {
        String digest = PayloadDigest.of(new byte[0]).value();
        assertThat(new PayloadDigest(digest)).isEqualTo(PayloadDigest.of(new byte[0]));
        for (String wrong : new String[] {
            "",
            digest.substring(7),
            digest.toUpperCase(java.util.Locale.ROOT),
            digest + "0",
            digest.substring(0, 70),
            "sha512:" + digest.substring(7),
            digest + "\n"
        }) {
            assertThatThrownBy(() -> new PayloadDigest(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`" + wrong + "`");
        }
    }
}
