package io.countersign.server.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.notify.EgressGuard.NoWay;
import io.countersign.server.notify.EgressGuard.Way;
import io.countersign.server.platform.StartRefused;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where webhooks lead and where they do not, by every trick that is known to us. */
class EgressGuardTest {

    private final EgressGuard guard = new EgressGuard(new WebhookSettings("", false));

    private static EgressGuard allowing(String networks, boolean plainHttp, Map<String, List<String>> names) {
        return new EgressGuard(new WebhookSettings(networks, plainHttp), host -> {
            List<String> found = names.get(host);
            if (found == null) {
                throw new UnknownHostException(host);
            }
            return found.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.9",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "169.254.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:a9fe:a9fe",
                "64:ff9b::7f00:1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2002:c0a8:1::1",
                "3fff::1",
                "4000::1",
                "fc00::1",
                "fd00:ec2::254",
                "fdff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1"
            })
    void noAddressWithinIsReached(String address) throws UnknownHostException {
        assertThat(guard.mayReach(InetAddress.getByName(address))).as(address).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.1",
                "93.184.216.34",
                "100.63.255.255",
                "100.128.0.1",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "192.167.255.255",
                "192.169.0.1",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001:82a::200e",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1"
            })
    void publicAddressesAre(String address) throws UnknownHostException {
        assertThat(guard.mayReach(InetAddress.getByName(address))).as(address).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://example.com/",
                "//example.com/",
                "https:example.com",
                "https://",
                "https:///path",
                "https://user@example.com/",
                "https://user:secret@example.com/",
                "https://example.com/#part",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://exa mple.com/",
                "https://example.com/\r\nHost: x",
                "",
                "javascript:alert(1)",
                "https://[::1",
                "https://ex_ample.com/",
                "https://example.com\\@evil.example/",
                "https://\u24d4xample.com/"
            })
    void refusesWhatIsNoAddressToSendTo(String url) {
        assertThatThrownBy(() -> guard.checked(url)).isInstanceOf(NoWay.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://0/",
                "https://localhost/",
                "https://localhost./",
                "https://LOCALHOST/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[0:0:0:0:0:ffff:7f00:0001]/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[fe80::1]/",
                "https://[fd00:ec2::254]/"
            })
    void noSpellingOfALocalAddressLeadsThere(String url) {
        assertThatThrownBy(() -> guard.way(url)).isInstanceOf(NoWay.class);
    }

    @Test
    void oneAddressWithinIsEnoughToRefuseAName() {
        EgressGuard mixed = allowing("", false, Map.of("hook.example", List.of("93.184.216.34", "10.0.0.7")));
        assertThatThrownBy(() -> mixed.way("https://hook.example/"))
                .isInstanceOf(NoWay.class)
                .hasMessageContaining("network that webhooks may not reach");
    }

    @Test
    void connectsToTheAddressThatWasLookedAtAndLooksEachTime() throws NoWay {
        Deque<String> answers = new ArrayDeque<>(List.of("93.184.216.34", "127.0.0.1"));
        EgressGuard rebinding = new EgressGuard(
                new WebhookSettings("", false), _ -> new InetAddress[] {InetAddress.ofLiteral(answers.removeFirst())});
        Way way = rebinding.way("https://hook.example:8443/in?x=1");
        assertThat(way.address().getHostAddress()).isEqualTo("93.184.216.34");
        assertThat(way.host()).isEqualTo("hook.example");
        assertThat(way.authority()).isEqualTo("hook.example:8443");
        assertThat(way.path()).isEqualTo("/in?x=1");
        assertThat(answers).hasSize(1);
        assertThatThrownBy(() -> rebinding.way("https://hook.example:8443/in?x=1"))
                .isInstanceOf(NoWay.class);
    }

    @Test
    void theOperatorAllowsNetworksOneByOne() throws NoWay {
        EgressGuard wide = allowing(
                "10.1.2.0/24, fd00::/8",
                true,
                Map.of(
                        "in.example", List.of("10.1.2.9"),
                        "next.example", List.of("10.1.3.9"),
                        "six.example", List.of("fd12::9")));
        assertThat(wide.way("http://in.example/").address().getHostAddress()).isEqualTo("10.1.2.9");
        assertThat(wide.way("https://six.example").path()).isEqualTo("/");
        assertThatThrownBy(() -> wide.way("http://next.example/")).isInstanceOf(NoWay.class);
        assertThatThrownBy(() -> wide.way("https://unknown.example/"))
                .isInstanceOf(NoWay.class)
                .hasMessageContaining("no address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0/8", "example.com", "10.0.0.0/-1", "10.0.0.0/8/8", "fd00::/129", "/8"})
    void refusesToStartOnWhatIsNoNetwork(String network) {
        assertThatThrownBy(() -> new EgressGuard(new WebhookSettings(network, false)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("allowed-networks");
    }
}
