package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.string;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Blocks of addresses, names of hosts, HTTP. */
final class NetFunctions {

    private static final String CIDRS =
            "any<string, array[any<string, array[any]>], object[string: any<string, array[any]>],"
                    + " set[any<string, array[any]>]>";
    private static final Set<String> REQUEST_KEYS = Set.of(
            "method",
            "url",
            "body",
            "enable_redirect",
            "force_json_decode",
            "force_yaml_decode",
            "headers",
            "raw_body",
            "tls_use_system_certs",
            "tls_ca_cert",
            "tls_ca_cert_file",
            "tls_ca_cert_env_variable",
            "tls_client_cert",
            "tls_client_cert_file",
            "tls_client_cert_env_variable",
            "tls_client_key",
            "tls_client_key_file",
            "tls_client_key_env_variable",
            "tls_insecure_skip_verify",
            "tls_server_name",
            "timeout",
            "cache",
            "force_cache",
            "force_cache_duration_seconds",
            "raise_error",
            "caching_mode",
            "max_retry_attempts",
            "cache_ignored_headers");

    private NetFunctions() {}

    static void register() {
        add("net.cidr_contains", "string,string->boolean", (host, a) -> {
            Cidr block = block(string(a, 0));
            return RegoBoolean.of(block.contains(blockOrAddress(string(a, 1))));
        });
        add(
                        "net.cidr_overlap",
                        "string,string->boolean",
                        (host, a) -> RegoBoolean.of(block(string(a, 0)).contains(blockOrAddress(string(a, 1)))))
                .deprecated();
        add(
                "net.cidr_intersects",
                "string,string->boolean",
                (host, a) -> RegoBoolean.of(block(string(a, 0)).intersects(block(string(a, 1)))));
        add(
                        "net.cidr_is_valid",
                        "string->boolean",
                        (host, a) -> RegoBoolean.of(a[0] instanceof RegoString s && Cidr.parse(s.value()) != null))
                .unchecked();
        add("net.cidr_expand", "string->set[string]", (host, a) -> expand(host, block(string(a, 0))));
        add("net.cidr_merge", "any<array[any<string>], set[string]>->set[string]", (host, a) -> merge(a));
        add("net.cidr_contains_matches", CIDRS + "," + CIDRS + "->set[array<any, any>]", (host, a) -> {
            RegoSet.Builder found = new RegoSet.Builder(8);
            Map<Value, Cidr> blocks = entries(a, 0);
            Map<Value, Cidr> others = entries(a, 1);
            host.work((long) blocks.size() * others.size());
            blocks.forEach((key, block) -> others.forEach((otherKey, other) -> {
                if (block.contains(other)) {
                    found.add(RegoArray.of(key, otherKey));
                }
            }));
            return found.build();
        });
        add(
                        "net.lookup_ip_addr",
                        "string->set[string]",
                        (host, a) -> host.once("net.lookup_ip_addr", List.of(a), () -> lookup(string(a, 0))))
                .nondeterministic();
        add("http.send", "object[string: any]->object[any: any]", (host, a) -> send(host, Operands.object(a, 0), a))
                .nondeterministic();
        add("opa.runtime", "->object[string: any]", (host, a) -> host.runtime()).nondeterministic();
    }

    private static Cidr block(String text) {
        Cidr block = Cidr.parse(text);
        if (block == null) {
            throw BuiltinFailure.error("invalid CIDR address: " + text);
        }
        return block;
    }

    private static Cidr blockOrAddress(String text) {
        if (text.contains("/")) {
            return block(text);
        }
        Cidr address = Cidr.address(text);
        if (address == null) {
            throw BuiltinFailure.error("not a valid textual representation of an IP address or CIDR: " + text);
        }
        return address;
    }

    private static Value expand(Host host, Cidr block) {
        RegoSet.Builder addresses = new RegoSet.Builder(16);
        BigInteger end = block.last();
        for (BigInteger at = block.address(); at.compareTo(end) <= 0; at = at.add(BigInteger.ONE)) {
            String address = Cidr.text(at, block.size());
            host.reserve(address.length());
            host.work(1);
            addresses.add(RegoString.of(address));
        }
        return addresses.build();
    }

    private static Value merge(Value[] args) {
        List<Cidr> blocks = new ArrayList<>();
        for (Value value : Operands.elements(args, 0, "set, array")) {
            if (!(value instanceof RegoString s)) {
                throw BuiltinFailure.operand(1, "must be string but got " + value.typeName());
            }
            String text = s.value();
            if (!text.contains("/")) {
                Cidr address = Cidr.address(text);
                if (address == null) {
                    throw BuiltinFailure.error("invalid IP address: " + text);
                }
                if (address.size() == 128) {
                    throw BuiltinFailure.error("IPv6 invalid: needs prefix length");
                }
                blocks.add(new Cidr(
                        address.address().and(Cidr.mask(classBits(address.address()), 32)),
                        classBits(address.address()),
                        32));
            } else {
                blocks.add(block(text));
            }
        }
        blocks.sort(
                Comparator.comparingInt(Cidr::size).thenComparing(Cidr::address).thenComparingInt(Cidr::bits));
        RegoSet.Builder merged = new RegoSet.Builder(8);
        int at = 0;
        while (at < blocks.size()) {
            Cidr first = blocks.get(at);
            BigInteger end = first.last();
            int next = at + 1;
            while (next < blocks.size()
                    && blocks.get(next).size() == first.size()
                    && blocks.get(next).address().compareTo(end.add(BigInteger.ONE)) <= 0) {
                end = end.max(blocks.get(next).last());
                next++;
            }
            cover(first.address(), end, first.size(), merged);
            at = next;
        }
        return merged.build();
    }

    /** The length of the prefix that the class of an address implies. */
    private static int classBits(BigInteger address) {
        int first = address.shiftRight(24).intValue();
        return first < 128 ? 8 : first < 192 ? 16 : first < 224 ? 24 : 32;
    }

    /** The fewest blocks from one address to another. */
    private static void cover(BigInteger from, BigInteger to, int size, RegoSet.Builder out) {
        BigInteger at = from;
        while (at.compareTo(to) <= 0) {
            int zeros = at.signum() == 0 ? size : Math.min(size, at.getLowestSetBit());
            while (zeros > 0
                    && at.add(BigInteger.ONE.shiftLeft(zeros))
                                    .subtract(BigInteger.ONE)
                                    .compareTo(to)
                            > 0) {
                zeros--;
            }
            out.add(RegoString.of(new Cidr(at, size - zeros, size).text()));
            at = at.add(BigInteger.ONE.shiftLeft(zeros));
        }
    }

    private static Map<Value, Cidr> entries(Value[] args, int at) {
        Map<Value, Cidr> entries = new LinkedHashMap<>();
        switch (args[at]) {
            case RegoString s -> entries.put(s, blockOrAddress(s.value()));
            case RegoArray array -> {
                for (int i = 0; i < array.size(); i++) {
                    entries.put(RegoNumber.of(i), entry(array.get(i), at));
                }
            }
            case RegoSet set -> set.list().forEach(value -> entries.put(value, entry(value, at)));
            case RegoObject object -> object.entries().forEach(e -> entries.put(e.getKey(), entry(e.getValue(), at)));
            default ->
                throw BuiltinFailure.operand(
                        at + 1, "must be one of {string, array, object, set} but got " + args[at].typeName());
        }
        return entries;
    }

    private static Cidr entry(Value value, int at) {
        if (value instanceof RegoString s) {
            return blockOrAddress(s.value());
        }
        if (value instanceof RegoArray array && array.size() > 0 && array.get(0) instanceof RegoString s) {
            return blockOrAddress(s.value());
        }
        throw BuiltinFailure.operand(at + 1, "element must be string or non-empty array");
    }

    private static Value lookup(String name) {
        Cidr literal = Cidr.address(name);
        if (literal != null) {
            return RegoSet.of(List.of(RegoString.of(Cidr.text(literal.address(), literal.size()))));
        }
        if (name.contains(":") || name.contains("/")) {
            throw BuiltinFailure.error("lookup " + name + ": no such host");
        }
        try {
            Set<Value> found = new TreeSet<>();
            for (InetAddress address : InetAddress.getAllByName(name)) {
                found.add(RegoString.of(
                        Cidr.text(new BigInteger(1, address.getAddress()), address.getAddress().length * 8)));
            }
            return RegoSet.of(found);
        } catch (UnknownHostException unknown) {
            throw BuiltinFailure.error("lookup " + name + ": no such host");
        }
    }

    private static Value send(Host host, RegoObject request, Value[] args) {
        Set<Value> missing = new TreeSet<>();
        for (String key : List.of("method", "url")) {
            if (request.get(key) == null) {
                missing.add(RegoString.of(key));
            }
        }
        Set<Value> unknown = new TreeSet<>();
        request.keys().forEach(key -> {
            if (!(key instanceof RegoString s) || !REQUEST_KEYS.contains(s.value())) {
                unknown.add(key);
            }
        });
        if (!unknown.isEmpty()) {
            throw BuiltinFailure.operand(1, "invalid request parameters(s): " + RegoSet.of(unknown));
        }
        if (!missing.isEmpty()) {
            throw BuiltinFailure.operand(1, "missing required request parameters(s): " + RegoSet.of(missing));
        }
        Host.HttpAccess http = host.http();
        if (http == null) {
            throw BuiltinFailure.error("this host gives policies no access to the network");
        }
        return host.once("http.send", List.of(args), () -> http.send(request));
    }
}
