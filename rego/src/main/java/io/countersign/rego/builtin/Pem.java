package io.countersign.rego.builtin;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Blocks of PEM, and the keys and certificates in them. */
@SuppressWarnings("ArrayRecordComponent")
final class Pem {

    /** One block: its label and its bytes. */
    record Block(String label, byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private Pem() {}

    static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        int at = 0;
        while (true) {
            int begin = text.indexOf("-----BEGIN ", at);
            int labelEnd = begin < 0 ? -1 : text.indexOf("-----", begin + 11);
            if (labelEnd < 0) {
                return blocks;
            }
            String label = text.substring(begin + 11, labelEnd);
            String last = "-----END " + label + "-----";
            int end = text.indexOf(last, labelEnd);
            if (end < 0) {
                return blocks;
            }
            try {
                blocks.add(new Block(label, Base64.getMimeDecoder().decode(text.substring(labelEnd + 5, end))));
            } catch (IllegalArgumentException notBase64) {
                throw BuiltinFailure.error("failed to decode PEM block");
            }
            at = end + last.length();
        }
    }

    static List<PublicKey> publicKeys(String text) {
        List<Block> blocks = blocks(text);
        if (blocks.isEmpty()) {
            throw BuiltinFailure.error("failed to extract a Key from the PEM certificate");
        }
        int end = text.lastIndexOf("-----END");
        int tail = text.indexOf("-----", end + 8);
        boolean extra = tail >= 0 && !text.substring(tail + 5).isBlank();
        if (extra || blocks.size() > 1) {
            throw BuiltinFailure.error("extra data after a PEM certificate block");
        }
        List<PublicKey> keys = new ArrayList<>();
        Block block = blocks.get(0);
        switch (block.label()) {
            case "CERTIFICATE" -> keys.add(certificate(block.bytes()).getPublicKey());
            case "PUBLIC KEY" -> keys.add(publicKey(block.bytes()));
            default -> throw BuiltinFailure.error("failed to extract a Key from the PEM certificate");
        }
        return keys;
    }

    static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException wrong) {
            throw BuiltinFailure.error("x509: malformed certificate");
        }
    }

    private static PublicKey publicKey(byte[] der) {
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
            } catch (InvalidKeySpecException other) {
                // It is a key of another kind.
            } catch (GeneralSecurityException missing) {
                throw BuiltinFailure.error("failed to parse a PEM key: " + missing.getMessage());
            }
        }
        throw BuiltinFailure.error("failed to parse a PEM key");
    }

    /** The private key of a block of any of the usual labels. */
    static PrivateKey privateKey(Block block) {
        byte[] der = block.bytes();
        if (block.label().equals("RSA PRIVATE KEY")) {
            der = Der.sequence(
                    Der.integer(0),
                    Der.sequence(Der.objectIdentifier("1.2.840.113549.1.1.1"), Der.nothing()),
                    Der.octets(der));
        }
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException other) {
                // It is a key of another kind.
            } catch (GeneralSecurityException missing) {
                throw BuiltinFailure.error("failed to parse a PEM key: " + missing.getMessage());
            }
        }
        throw BuiltinFailure.error("failed to parse a PEM key");
    }
}
