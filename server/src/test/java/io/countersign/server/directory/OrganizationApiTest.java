package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OrganizationApiTest {

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);

    @Test
    void tellsItsSettingsWithTheirDefaults() {
        JsonNode organization = acme.get("/organization", acme.admin()).body();
        assertThat(organization.path("zone").asString()).isEqualTo("UTC");
        assertThat(organization.path("staleAfter").asString()).isEqualTo("PT24H");
        assertThat(organization.path("denialMemory").asString()).isEqualTo("PT24H");
        assertThat(organization.path("ownChangeWindow").asString()).isEqualTo("PT24H");
        assertThat(organization.path("voteReasonRequired").asString()).isEqualTo("never");
        assertThat(organization.path("asksPerMinute").asInt()).isEqualTo(120);
        assertThat(organization.path("payloadLimit").asLong()).isEqualTo(16L << 20);
        assertThat(organization.path("outcomeAfter").asString()).isEqualTo("PT1H");
    }

    @Test
    void hasEachSettingWithItsDefaultInTheOperationsGuide() throws IOException {
        JsonNode organization = acme.get("/organization", acme.admin()).body();
        Path guide = Path.of(Objects.requireNonNull(System.getProperty("house.root")), "docs", "operations.md");
        List<String> rows = Files.readAllLines(guide).stream()
                .dropWhile(line -> !line.equals("### What an organization decides for itself"))
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceFirst("^(\\| `\\w+` \\|( `[^`]+`)? \\|).*", "$1"))
                .toList();
        assertThat(rows)
                .as("docs/operations.md: a row for everything that an organization can change")
                .containsExactlyElementsOf(Stream.of(OrganizationChanges.SettingsEdit.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .filter(name -> !name.equals("setUp"))
                        .map(name -> "| `" + name + "` |"
                                + (name.equals("name")
                                        ? ""
                                        : " `" + organization.path(name).asString() + "`")
                                + " |")
                        .toList());
    }

    @Test
    void changesSettingsWithinTheirBounds() {
        Answer changed = acme.patch(
                "/organization",
                acme.admin(),
                Map.of("zone", "Europe/Istanbul", "ownChangeWindow", "P30D", "voteReasonRequired", "on-deny"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.body().path("zone").asString()).isEqualTo("Europe/Istanbul");
        Settings settings = server.bean(Directory.class).fresh(acme.id()).settings();
        assertThat(settings.ownChangeWindow()).isEqualTo(Duration.ofDays(30));
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("zone", "+02:00"),
                Map.of("zone", "europe/istanbul"),
                Map.of("ownChangeWindow", "P31D"),
                Map.of("ownChangeWindow", "PT0S"),
                Map.of("voteReasonRequired", "sometimes"),
                Map.of("asksPerMinute", 0),
                Map.of("payloadLimit", (16L << 20) + 1),
                Map.of("staleAfter", "-PT1H"),
                Map.of("setUp", "begun"),
                Map.of("name", ""))) {
            Answer refused = acme.patch("/organization", acme.admin(), wrong);
            assertThat(refused.status()).as(wrong + refused.text()).isEqualTo(400);
            assertThat(refused.body().path("violations").path(0).path("field").asString())
                    .isEqualTo(wrong.keySet().iterator().next());
        }
    }

    @Test
    void endsItsSetUpAtAnAdministratorsWord() {
        JsonNode before =
                acme.get("/me", acme.admin()).body().path("organization").path("setUp");
        assertThat(before.path("active").asBoolean()).isTrue();
        Instant created = Instant.parse(
                acme.get("/organization", acme.admin()).body().path("createdAt").asString());
        assertThat(Instant.parse(before.path("endsAt").asString())).isEqualTo(created.plus(Duration.ofDays(7)));
        assertThat(acme.patch("/organization", acme.admin(), Map.of("setUp", "ended"))
                        .status())
                .isEqualTo(200);
        JsonNode after =
                acme.get("/me", acme.admin()).body().path("organization").path("setUp");
        assertThat(after.path("active").asBoolean()).isFalse();
        assertThat(after.path("endedWhy").asString()).isEqualTo("admin");
        assertThat(acme.patch("/organization", acme.admin(), Map.of("setUp", "ended"))
                        .status())
                .isEqualTo(200);
        assertThat(acme.get("/me", acme.admin()).body().path("organization").path("setUp"))
                .isEqualTo(after);
    }

    @Test
    void isMadeByTheAdministrationTokenAndByNothingElse() {
        Map<String, Object> wish =
                Map.of("handle", "another", "name", "x", "admin", Map.of("handle", "a", "name", "A"));
        assertThat(acme.post("/organizations", acme.admin(), wish).status()).isEqualTo(403);
        assertThat(acme.post("/organizations", null, wish).status()).isEqualTo(401);
        assertThat(acme.post(
                                "/organizations",
                                TestServer.ADMIN_TOKEN,
                                Map.of(
                                        "handle",
                                        acme.handle(),
                                        "name",
                                        "x",
                                        "admin",
                                        Map.of("handle", "a", "name", "A")))
                        .code())
                .isEqualTo("handle-taken");
    }

    @Test
    void letsTheAdministrationTokenActInOneOrganizationAtATime() {
        JsonNode me = acme.get("/me", acme.bootstrap()).body();
        assertThat(me.path("organization").path("handle").asString()).isEqualTo(acme.handle());
        assertThat(acme.get("/me", TestServer.ADMIN_TOKEN + "@nowhere").status())
                .isEqualTo(401);
        assertThat(acme.get("/me", TestServer.ADMIN_TOKEN + "@").status()).isEqualTo(401);
        assertThat(acme.get("/me", TestServer.ADMIN_TOKEN + "x").status()).isEqualTo(401);
    }
}
