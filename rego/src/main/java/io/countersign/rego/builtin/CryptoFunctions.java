package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.string;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNull;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Digests, certificates, keys. */
@SuppressWarnings("JavaUtilDate")
final class CryptoFunctions {

    private static final Map<String, String> NAME_FIELDS = Map.of(
            "2.5.4.6", "Country",
            "2.5.4.10", "Organization",
            "2.5.4.11", "OrganizationalUnit",
            "2.5.4.7", "Locality",
            "2.5.4.8", "Province",
            "2.5.4.9", "StreetAddress",
            "2.5.4.17", "PostalCode");

    private CryptoFunctions() {}

    static void register() {
        Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256")
                .forEach((name, algorithm) -> add(
                        "crypto." + name,
                        "string->string",
                        (host, a) ->
                                RegoString.of(HexFormat.of().formatHex(digest(algorithm, Bytes.of(string(a, 0)))))));
        Map.of("md5", "HmacMD5", "sha1", "HmacSHA1", "sha256", "HmacSHA256", "sha512", "HmacSHA512")
                .forEach((name, algorithm) -> add(
                        "crypto.hmac." + name,
                        "string,string->string",
                        (host, a) -> RegoString.of(HexFormat.of()
                                .formatHex(hmac(algorithm, Bytes.of(string(a, 0)), Bytes.of(string(a, 1)))))));
        add(
                "crypto.hmac.equal",
                "string,string->boolean",
                (host, a) -> RegoBoolean.of(MessageDigest.isEqual(Bytes.of(string(a, 0)), Bytes.of(string(a, 1)))));
        add("crypto.x509.parse_certificates", "string->array[object[string: any]]", (host, a) -> {
            List<Value> found = new ArrayList<>();
            certificates(string(a, 0)).forEach(certificate -> found.add(shown(certificate)));
            return RegoArray.of(found);
        });
        String verified = "array<boolean, array[object[string: any]]>";
        add(
                "crypto.x509.parse_and_verify_certificates",
                "string->" + verified,
                (host, a) -> verify(host, string(a, 0), null));
        add(
                "crypto.x509.parse_and_verify_certificates_with_options",
                "string,object[string: any]->" + verified,
                (host, a) -> verify(host, string(a, 0), Operands.object(a, 1)));
        add("crypto.x509.parse_certificate_request", "string->object[string: any]", (host, a) -> request(string(a, 0)));
        add(
                "crypto.x509.parse_keypair",
                "string,string->object[string: any]",
                (host, a) -> pair(string(a, 0), string(a, 1)));
        add("crypto.x509.parse_rsa_private_key", "string->object[string: any]", (host, a) -> {
            String text = string(a, 0);
            if (!text.contains("-----BEGIN")) {
                text = new String(base64(text), StandardCharsets.UTF_8);
            }
            for (Pem.Block block : Pem.blocks(text)) {
                if (block.label().endsWith("PRIVATE KEY")) {
                    return jwk(Pem.privateKey(block));
                }
            }
            throw BuiltinFailure.error("failed to parse a PEM-encoded private key");
        });
        add("crypto.parse_private_keys", "string->array[object[string: any]]", (host, a) -> {
            String text = string(a, 0);
            if (text.isEmpty()) {
                return RegoArray.EMPTY;
            }
            if (!text.contains("-----BEGIN")) {
                text = new String(base64(text), StandardCharsets.UTF_8);
            }
            List<Value> keys = new ArrayList<>();
            for (Pem.Block block : Pem.blocks(text)) {
                if (block.label().endsWith("PRIVATE KEY")) {
                    keys.add(key(Pem.privateKey(block)));
                }
            }
            return RegoArray.of(keys);
        });
    }

    static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (GeneralSecurityException missing) {
            throw BuiltinFailure.error(algorithm + " is not available");
        }
    }

    static byte[] hmac(String algorithm, byte[] content, byte[] key) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return mac.doFinal(content);
        } catch (GeneralSecurityException missing) {
            throw BuiltinFailure.error(algorithm + " is not available");
        }
    }

    private static byte[] base64(String text) {
        try {
            String clean = text.replaceAll("\\s", "");
            if (clean.length() % 4 != 0) {
                throw new IllegalArgumentException("length");
            }
            return Base64.getDecoder().decode(clean);
        } catch (IllegalArgumentException wrong) {
            throw BuiltinFailure.error("illegal base64 data at input byte " + text.length() / 4 * 4);
        }
    }

    // --- Certificates ---

    private static List<X509Certificate> certificates(String text) {
        String pem = text;
        byte[] der = {};
        if (!text.contains("-----BEGIN")) {
            der = base64(text);
            pem = new String(der, StandardCharsets.ISO_8859_1);
        }
        List<X509Certificate> found = new ArrayList<>();
        if (pem.contains("-----BEGIN")) {
            for (Pem.Block block : Pem.blocks(pem)) {
                if (block.label().equals("CERTIFICATE")) {
                    found.add(Pem.certificate(block.bytes()));
                }
            }
            if (found.isEmpty()) {
                throw BuiltinFailure.error("x509: malformed certificate");
            }
            return found;
        }
        int at = 0;
        while (at < der.length) {
            X509Certificate certificate = Pem.certificate(java.util.Arrays.copyOfRange(der, at, der.length));
            found.add(certificate);
            try {
                at += certificate.getEncoded().length;
            } catch (GeneralSecurityException wrong) {
                throw BuiltinFailure.error("x509: malformed certificate");
            }
        }
        if (found.isEmpty()) {
            throw BuiltinFailure.error("x509: malformed certificate");
        }
        return found;
    }

    private static RegoObject shown(X509Certificate certificate) {
        RegoObject.Builder out = new RegoObject.Builder(16);
        try {
            out.put("Raw", RegoString.of(Base64.getEncoder().encodeToString(certificate.getEncoded())));
            out.put("Subject", name(certificate.getSubjectX500Principal().getEncoded()));
            out.put("Issuer", name(certificate.getIssuerX500Principal().getEncoded()));
            out.put("SerialNumber", RegoNumber.of(certificate.getSerialNumber()));
            out.put("Version", RegoNumber.of(certificate.getVersion()));
            out.put("NotBefore", time(certificate.getNotBefore()));
            out.put("NotAfter", time(certificate.getNotAfter()));
            out.put("IsCA", RegoBoolean.of(certificate.getBasicConstraints() >= 0));
            out.put("BasicConstraintsValid", RegoBoolean.of(certificate.getExtensionValue("2.5.29.19") != null));
            out.put("MaxPathLen", RegoNumber.of(maxPath(certificate)));
            out.put(
                    "PublicKeyAlgorithm",
                    RegoNumber.of(certificate.getPublicKey().getAlgorithm().equals("RSA") ? 1 : 3));
            out.put("Signature", RegoString.of(Base64.getEncoder().encodeToString(certificate.getSignature())));
            out.put("DNSNames", names(certificate, 2));
            out.put("EmailAddresses", names(certificate, 1));
            out.put("IPAddresses", names(certificate, 7));
            out.put("URIs", names(certificate, 6));
            out.put("URIStrings", names(certificate, 6));
        } catch (GeneralSecurityException wrong) {
            throw BuiltinFailure.error("x509: malformed certificate");
        }
        return out.build();
    }

    private static int maxPath(X509Certificate certificate) {
        int length = certificate.getBasicConstraints();
        return length == Integer.MAX_VALUE || length < 0 ? -1 : length;
    }

    private static Value time(Date date) {
        return RegoString.of(date.toInstant().toString());
    }

    private static Value names(X509Certificate certificate, int kind) throws CertificateParsingException {
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        List<Value> found = new ArrayList<>();
        if (all != null) {
            for (List<?> name : all) {
                if (Integer.valueOf(kind).equals(name.get(0)) && name.get(1) instanceof String text) {
                    found.add(RegoString.of(text));
                }
            }
        }
        return found.isEmpty() ? RegoNull.NULL : RegoArray.of(found);
    }

    private static RegoObject name(byte[] der) {
        Map<String, List<Value>> fields = new LinkedHashMap<>();
        NAME_FIELDS.values().forEach(field -> fields.put(field, new ArrayList<>()));
        List<Value> names = new ArrayList<>();
        String common = "";
        String serial = "";
        for (Der set : Der.read(der).children()) {
            for (Der pair : set.children()) {
                String identifier = pair.child(0).identifier();
                String text = pair.child(1).text();
                List<Value> numbers = new ArrayList<>();
                for (String part : identifier.split("\\.", -1)) {
                    numbers.add(RegoNumber.parse(part));
                }
                names.add(new RegoObject.Builder(2)
                        .put("Type", RegoArray.of(numbers))
                        .put("Value", RegoString.of(text))
                        .build());
                String field = NAME_FIELDS.get(identifier);
                if (field != null) {
                    fields.computeIfAbsent(field, f -> new ArrayList<>()).add(RegoString.of(text));
                }
                common = identifier.equals("2.5.4.3") ? text : common;
                serial = identifier.equals("2.5.4.5") ? text : serial;
            }
        }
        RegoObject.Builder out = new RegoObject.Builder(12);
        fields.forEach((field, values) -> out.put(field, values.isEmpty() ? RegoNull.NULL : RegoArray.of(values)));
        out.put("CommonName", RegoString.of(common));
        out.put("SerialNumber", RegoString.of(serial));
        out.put("Names", names.isEmpty() ? RegoNull.NULL : RegoArray.of(names));
        out.put("ExtraNames", RegoNull.NULL);
        return out.build();
    }

    private static Value verify(Host host, String text, @Nullable RegoObject options) {
        RegoArray invalid = RegoArray.of(RegoBoolean.FALSE, RegoArray.EMPTY);
        List<X509Certificate> all;
        try {
            all = certificates(text);
        } catch (BuiltinFailure malformed) {
            return invalid;
        }
        if (all.size() < 2) {
            return invalid;
        }
        long nanos = host.nowNanos();
        if (options != null && options.get("CurrentTime") instanceof RegoNumber number) {
            nanos = number.integer().longValue();
        }
        if (options != null
                && options.get("DNSName") instanceof RegoString wanted
                && !covers(all.get(all.size() - 1), wanted.value())) {
            return invalid;
        }
        try {
            List<X509Certificate> path = new ArrayList<>();
            for (int i = all.size() - 1; i > 0; i--) {
                path.add(all.get(i));
            }
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(all.get(0), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(new Date(nanos / 1_000_000));
            all.get(0).checkValidity(new Date(nanos / 1_000_000));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (GeneralSecurityException notTrusted) {
            return invalid;
        }
        List<Value> chain = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            chain.add(shown(all.get(i)));
        }
        return RegoArray.of(RegoBoolean.TRUE, RegoArray.of(chain));
    }

    private static boolean covers(X509Certificate certificate, String name) {
        try {
            return names(certificate, 2) instanceof RegoArray names
                    && names.list().stream()
                            .anyMatch(n -> n instanceof RegoString s
                                    && (s.value().equalsIgnoreCase(name)
                                            || (s.value().startsWith("*.")
                                                    && name.indexOf('.') > 0
                                                    && s.value()
                                                            .substring(1)
                                                            .equalsIgnoreCase(name.substring(name.indexOf('.'))))));
        } catch (CertificateParsingException wrong) {
            return false;
        }
    }

    private static Value request(String text) {
        String pem = text;
        byte[] der = {};
        if (!text.contains("-----BEGIN")) {
            der = base64(text);
            pem = new String(der, StandardCharsets.ISO_8859_1);
        }
        for (Pem.Block block : Pem.blocks(pem)) {
            if (!block.label().endsWith("CERTIFICATE REQUEST")) {
                throw BuiltinFailure.error("invalid PEM-encoded certificate signing request");
            }
            der = block.bytes();
        }
        Der root = Der.read(der);
        if (root.tag() != 0x30) {
            throw BuiltinFailure.error("asn1: structure error: tags don't match");
        }
        Der info = root.child(0);
        RegoObject.Builder out = new RegoObject.Builder(8);
        out.put("Raw", RegoString.of(Base64.getEncoder().encodeToString(der)));
        out.put("Version", RegoNumber.of(new BigInteger(info.child(0).content())));
        out.put("Subject", requestName(info.child(1)));
        List<Value> dns = new ArrayList<>();
        info.children().stream().skip(3).forEach(attributes -> alternativeNames(attributes, dns));
        out.put("DNSNames", dns.isEmpty() ? RegoNull.NULL : RegoArray.of(dns));
        out.put("EmailAddresses", RegoNull.NULL);
        out.put("IPAddresses", RegoNull.NULL);
        out.put("URIs", RegoNull.NULL);
        return out.build();
    }

    private static RegoObject requestName(Der name) {
        byte[][] parts = {Der.sequence(name.content())};
        return name(parts[0]);
    }

    /** The DNS names in the extensions that a request asks for. */
    private static void alternativeNames(Der attributes, List<Value> found) {
        for (Der attribute : attributes.children()) {
            if (!attribute.child(0).identifier().equals("1.2.840.113549.1.9.14")) {
                continue;
            }
            for (Der extension : attribute.child(1).child(0).children()) {
                if (extension.child(0).identifier().equals("2.5.29.17")) {
                    List<Der> parts = extension.children();
                    for (Der name :
                            Der.read(parts.get(parts.size() - 1).content()).children()) {
                        if (name.tag() == 0x82) {
                            found.add(RegoString.of(name.text()));
                        }
                    }
                }
            }
        }
    }

    private static Value pair(String certificate, String key) {
        String pem = certificate.contains("-----BEGIN")
                ? certificate
                : new String(base64(certificate), StandardCharsets.UTF_8);
        String keyPem = key.contains("-----BEGIN") ? key : new String(base64(key), StandardCharsets.UTF_8);
        List<Value> raw = new ArrayList<>();
        for (Pem.Block block : Pem.blocks(pem)) {
            if (block.label().equals("CERTIFICATE")) {
                Pem.certificate(block.bytes());
                raw.add(RegoString.of(Base64.getEncoder().encodeToString(block.bytes())));
            }
        }
        List<Pem.Block> keys = Pem.blocks(keyPem);
        if (raw.isEmpty() || keys.isEmpty()) {
            throw BuiltinFailure.error("tls: failed to find any PEM data");
        }
        return new RegoObject.Builder(8)
                .put("Certificate", RegoArray.of(raw))
                .put("PrivateKey", key(Pem.privateKey(keys.get(0))))
                .put("OCSPStaple", RegoNull.NULL)
                .put("SignedCertificateTimestamps", RegoNull.NULL)
                .put("SupportedSignatureAlgorithms", RegoNull.NULL)
                .put("Leaf", RegoNull.NULL)
                .build();
    }

    private static RegoObject key(PrivateKey key) {
        RegoObject.Builder out = new RegoObject.Builder(8);
        if (key instanceof RSAPrivateCrtKey rsa) {
            out.put("N", RegoNumber.of(rsa.getModulus()));
            out.put("E", RegoNumber.of(rsa.getPublicExponent()));
            out.put("D", RegoNumber.of(rsa.getPrivateExponent()));
            out.put("Primes", RegoArray.of(RegoNumber.of(rsa.getPrimeP()), RegoNumber.of(rsa.getPrimeQ())));
        } else if (key instanceof java.security.interfaces.ECPrivateKey ec) {
            out.put("D", RegoNumber.of(ec.getS()));
        }
        return out.build();
    }

    private static RegoObject jwk(PrivateKey key) {
        if (!(key instanceof RSAPrivateCrtKey rsa)) {
            throw BuiltinFailure.error("the key is no RSA key");
        }
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        RegoObject.Builder out = new RegoObject.Builder(12).put("kty", RegoString.of("RSA"));
        Map<String, BigInteger> numbers = Map.of(
                "n",
                rsa.getModulus(),
                "e",
                rsa.getPublicExponent(),
                "d",
                rsa.getPrivateExponent(),
                "p",
                rsa.getPrimeP(),
                "q",
                rsa.getPrimeQ(),
                "dp",
                rsa.getPrimeExponentP(),
                "dq",
                rsa.getPrimeExponentQ(),
                "qi",
                rsa.getCrtCoefficient());
        numbers.forEach((name, number) -> {
            byte[] bytes = number.toByteArray();
            int skip = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
            out.put(
                    name,
                    RegoString.of(encoder.encodeToString(java.util.Arrays.copyOfRange(bytes, skip, bytes.length))));
        });
        return out.build();
    }
}
