package io.countersign.rego.builtin;

import io.countersign.rego.Answers;
import org.junit.jupiter.api.Test;

/** Time, units, addresses, versions, encodings, digests and tokens. */
class WorldTest {

    @Test
    void knowsTime() {
        Answers.hold("""
            time.parse_rfc3339_ns("2020-01-01T00:00:00Z") => 1577836800000000000
            time.parse_rfc3339_ns("2020-01-01T01:00:00.5+01:00") => 1577836800500000000
            time.parse_rfc3339_ns("2020-01-01") => error eval_builtin_error: time.parse_rfc3339_ns
            time.parse_ns("2006-01-02", "2020-01-01") => 1577836800000000000
            time.parse_ns("RFC822", "01 Jan 20 00:00 UTC") => 1577836800000000000
            time.date(1577836800000000000) => [2020, 1, 1]
            time.date([1577836800000000000, "America/New_York"]) => [2019, 12, 31]
            time.clock([1577836800000000000, "America/New_York"]) => [19, 0, 0]
            time.weekday(1577836800000000000) => "Wednesday"
            time.add_date(1577836800000000000, 0, 1, 30) => 1583107200000000000
            time.diff(1577836800000000000, 1580601600000000000) => [0, 1, 1, 0, 0, 0]
            time.format(1577836800000000000) => "2020-01-01T00:00:00Z"
            time.format([1577836800000000000, "UTC", "2006/01/02 15:04"]) => "2020/01/01 00:00"
            time.format([1577836800000000000, "Asia/Tokyo", "RFC1123"]) => "Wed, 01 Jan 2020 09:00:00 JST"
            time.parse_duration_ns("1h30m") => 5400000000000
            time.parse_duration_ns("-1.5s") => -1500000000
            time.parse_duration_ns("1d12h") => 129600000000000
            time.parse_duration_ns("1x") => error eval_builtin_error: time.parse_duration_ns
            time.date([1577836800000000000, "Nowhere/Land"]) => error eval_builtin_error: time.date
            time.add_date(9223372036854775807, 1, 0, 0) => error eval_builtin_error: time.add_date
            time.now_ns() == time.now_ns() => true
            """);
    }

    @Test
    void knowsUnits() {
        Answers.hold("""
            units.parse("1K") => 1000
            units.parse("1Ki") => 1024
            units.parse("10m") => 0.01
            units.parse("1.5M") => 1500000
            units.parse_bytes("1KB") => 1000
            units.parse_bytes("1KiB") => 1024
            units.parse_bytes("10") => 10
            units.parse_bytes("1.5mb") => 1500000
            units.parse("") => error units.parse: no amount provided
            units.parse("K") => error units.parse: no amount provided
            units.parse("1Z") => error units.parse: unit Z not recognized
            units.parse("1 K") => error units.parse: spaces not allowed in resource strings
            """);
    }

    @Test
    void knowsAddresses() {
        Answers.hold("""
            net.cidr_contains("10.0.0.0/8", "10.1.2.3") => true
            net.cidr_contains("10.0.0.0/8", "10.1.0.0/16") => true
            net.cidr_contains("10.0.0.0/8", "::ffff:10.0.0.1") => true
            net.cidr_contains("10.0.0.0/8", "::ffff:11.0.0.1") => false
            net.cidr_contains("::ffff:10.0.0.0/104", "10.1.2.3") => true
            net.cidr_contains("::/0", "10.1.2.3") => false
            net.cidr_expand("::ffff:10.0.0.0/127") => {"10.0.0.0", "10.0.0.1"}
            net.cidr_contains("10.0.0.0/8", "11.1.0.0/16") => false
            net.cidr_contains("2001:db8::/32", "2001:db8::1") => true
            net.cidr_intersects("10.0.0.0/8", "10.1.0.0/16") => true
            net.cidr_is_valid("10.0.0.0/33") => false
            net.cidr_is_valid("::/0") => true
            net.cidr_merge(["192.0.128.0/24", "192.0.129.0/24"]) => {"192.0.128.0/23"}
            net.cidr_merge(["10.0.0.1"]) => {"10.0.0.0/8"}
            net.cidr_expand("10.0.0.0/30") => {"10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3"}
            net.cidr_contains_matches("1.1.1.0/24", "1.1.1.128") => {["1.1.1.0/24", "1.1.1.128"]}
            net.cidr_contains_matches(["1.1.0.0/16", "2.2.0.0/16"], {"x": "1.1.1.1"}) => {[0, "x"]}
            net.cidr_contains("nothing", "1.1.1.1") => error eval_builtin_error: net.cidr_contains
            """);
    }

    @Test
    void comparesVersions() {
        Answers.hold("""
            semver.compare("1.0.0-alpha", "1.0.0") => -1
            semver.compare("1.10.0", "1.9.0") => 1
            semver.compare("1.0.0+a", "1.0.0+b") => 0
            semver.compare("1.0.0-alpha.2", "1.0.0-alpha.10") => -1
            semver.is_valid("1.0") => false
            semver.is_valid("1.0.0-rc.1+b") => true
            semver.is_valid(1) => false
            semver.compare("1", "2.0.0") => error eval_builtin_error: semver.compare: operand 1: string "1" is not a valid SemVer
            """);
    }

    @Test
    void encodesAndDecodes() {
        Answers.hold("""
            base64.encode("a?>") => "YT8+"
            base64.decode("YT8+") => "a?>"
            base64.is_valid("YQ") => false
            base64url.encode("a?>b") => "YT8-Yg=="
            base64url.encode_no_pad("a?>b") => "YT8-Yg"
            base64url.decode("YT8-Yg") => "a?>b"
            hex.encode("ab") => "6162"
            hex.decode("6162") => "ab"
            hex.decode("6") => error eval_builtin_error: hex.decode
            urlquery.encode("a b&c") => "a+b%26c"
            urlquery.decode("a+b%26c") => "a b&c"
            urlquery.encode_object({"b": "x y", "a": ["1", "2"]}) => "a=1&a=2&b=x+y"
            urlquery.decode_object("a=1&a=2&b") => {"a": ["1", "2"], "b": [""]}
            """);
    }

    @Test
    void digests() {
        Answers.hold("""
            crypto.md5("a") => "0cc175b9c0f1b6a831c399e269772661"
            crypto.sha1("a") => "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"
            crypto.sha256("") => "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            crypto.hmac.sha256("what do ya want for nothing?", "Jefe") => "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            crypto.hmac.equal("a", "a") => true
            count(uuid.rfc4122("x")) => 36
            uuid.rfc4122("x") == uuid.rfc4122("x") => true
            uuid.parse("nothing") => undefined
            """);
    }

    @Test
    void signsAndVerifiesTokens() {
        Answers.hold("""
            io.jwt.encode_sign({"alg": "HS256", "typ": "JWT"}, {"sub": "a"}, {"kty": "oct", "k": "c2VjcmV0"}) => "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhIn0.qBdA9L_PTGPhu7ipY7Xs4Eol-m79U_HNIifGEFJXeJQ"
            io.jwt.verify_hs256(io.jwt.encode_sign({"alg": "HS256"}, {"sub": "a"}, {"kty": "oct", "k": "c2VjcmV0"}), "secret") => true
            io.jwt.verify_hs256(io.jwt.encode_sign({"alg": "HS256"}, {"sub": "a"}, {"kty": "oct", "k": "c2VjcmV0"}), "other") => false
            io.jwt.decode(io.jwt.encode_sign({"alg": "HS256"}, {"sub": "a"}, {"kty": "oct", "k": "c2VjcmV0"}))[1] => {"sub": "a"}
            io.jwt.decode_verify(io.jwt.encode_sign({"alg": "HS256"}, {"exp": 5}, {"kty": "oct", "k": "c2VjcmV0"}), {"secret": "secret", "time": 4000000000})[0] => true
            io.jwt.decode_verify(io.jwt.encode_sign({"alg": "HS256"}, {"exp": 5}, {"kty": "oct", "k": "c2VjcmV0"}), {"secret": "secret", "time": 6000000000})[0] => false
            io.jwt.decode_verify(io.jwt.encode_sign({"alg": "HS256"}, {"aud": "x"}, {"kty": "oct", "k": "c2VjcmV0"}), {"secret": "secret"})[0] => false
            io.jwt.decode_verify(io.jwt.encode_sign({"alg": "HS256"}, {"iss": "x"}, {"kty": "oct", "k": "c2VjcmV0"}), {"secret": "secret", "iss": "y"})[0] => false
            io.jwt.decode("a.b") => error eval_builtin_error: io.jwt.decode
            """);
    }
}
