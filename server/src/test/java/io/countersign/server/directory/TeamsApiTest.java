package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TeamsApiTest {

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);

    @Test
    void keepsWhoPutWhomIntoATeamAndWhen() {
        String deputy = acme.signedIn("deputy", "admin");
        acme.person("ben");
        acme.team("payments");
        Instant before = Instant.now().minusSeconds(5);
        assertThat(acme.put("/teams/@payments/members/@ben", deputy).status()).isEqualTo(204);
        JsonNode member = acme.get("/teams/@payments/members", deputy)
                .body()
                .path("items")
                .path(0);
        assertThat(member.path("handle").asString()).isEqualTo("ben");
        assertThat(member.path("grantedBy").asString())
                .isEqualTo(acme.get("/me", deputy).body().path("id").asString());
        assertThat(Instant.parse(member.path("grantedAt").asString())).isBetween(before, before.plusSeconds(60));

        // Doing it again changes nothing, and above all not who did it.
        assertThat(acme.put("/teams/@payments/members/@ben", acme.admin()).status())
                .isEqualTo(204);
        assertThat(acme.get("/teams/@payments/members", deputy)
                        .body()
                        .path("items")
                        .path(0))
                .isEqualTo(member);
        assertThat(acme.delete("/teams/@payments/members/@ben", deputy).status())
                .isEqualTo(204);
        assertThat(acme.get("/teams/@payments/members", deputy)
                        .body()
                        .path("items")
                        .size())
                .isZero();
    }

    @Test
    void keepsWhoGaveARoleAndWhen() {
        acme.person("ben");
        assertThat(acme.put("/roles/developer/holders/@ben", acme.admin()).status())
                .isEqualTo(204);
        JsonNode holder = acme.get("/roles/developer/holders", acme.admin())
                .body()
                .path("items")
                .path(0);
        assertThat(holder.path("handle").asString()).isEqualTo("ben");
        assertThat(holder.path("grantedBy").asString()).isEqualTo(acme.adminId());
    }

    @Test
    void refusesTeamsThatContainThemselves() {
        acme.team("one");
        acme.team("two");
        acme.team("three");
        assertThat(below("one", "@two").status()).isEqualTo(200);
        assertThat(below("two", "@three").status()).isEqualTo(200);
        Answer cycle = below("three", "@one");
        assertThat(cycle.status()).isEqualTo(409);
        assertThat(cycle.code()).isEqualTo("team-cycle");
        assertThat(below("one", "@one").code()).isEqualTo("team-cycle");
        assertThat(below("one", "").status()).isEqualTo(200);
        assertThat(below("three", "@one").status()).isEqualTo(200);
    }

    private Answer below(String team, String parent) {
        return acme.patch("/teams/@" + team, acme.admin(), Map.of("parentId", parent));
    }

    @Test
    void refusesACycleOfTwoThatAreMadeAtOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            String left = "left" + round;
            String right = "right" + round;
            acme.team(left);
            acme.team(right);
            CountDownLatch ready = new CountDownLatch(1);
            try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Answer> one = both.submit(() -> {
                    ready.await();
                    return below(left, "@" + right);
                });
                Future<Answer> other = both.submit(() -> {
                    ready.await();
                    return below(right, "@" + left);
                });
                ready.countDown();
                assertThat(List.of(one.get().status(), other.get().status())).containsExactlyInAnyOrder(200, 409);
            }
        }
    }

    @Test
    void removesATeamInUseAndLetsTheTeamsBelowStandAlone() {
        acme.person("ben");
        acme.team("parent", "@ben");
        acme.team("child");
        below("child", "@parent");
        assertThat(acme.delete("/teams/@parent", acme.admin()).status()).isEqualTo(204);
        assertThat(acme.get("/teams/@parent", acme.admin()).status()).isEqualTo(404);
        assertThat(acme.get("/teams/@child", acme.admin()).body().has("parentId"))
                .isFalse();
        assertThat(acme.get("/people/@ben", acme.admin()).body().path("teams").size())
                .isZero();
        acme.team("parent");
    }

    @Test
    void addsRolesOfItsOwnAndLeavesTheBuiltInOnesAlone() {
        Answer made = acme.post("/roles", acme.admin(), Map.of("id", "tech-lead", "name", "Tech lead"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.body().path("permissions").toString())
                .contains("\"vote\"", "\"ask\"")
                .doesNotContain("write");
        assertThat(acme.post("/roles", acme.admin(), Map.of("id", "tech-lead", "name", "x"))
                        .code())
                .isEqualTo("role-exists");
        acme.person("ben", "tech-lead");
        assertThat(acme.delete("/roles/admin", acme.admin()).code()).isEqualTo("role-built-in");
        assertThat(acme.patch("/roles/viewer", acme.admin(), Map.of("name", "x"))
                        .code())
                .isEqualTo("role-built-in");
        assertThat(acme.delete("/roles/tech-lead", acme.admin()).status()).isEqualTo(204);
        assertThat(acme.get("/people/@ben", acme.admin()).body().path("roles").size())
                .isZero();
        assertThat(acme.get("/roles", acme.admin()).body().path("items").size()).isEqualTo(6);
    }
}
