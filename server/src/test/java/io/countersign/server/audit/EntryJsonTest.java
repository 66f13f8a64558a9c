package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.core.audit.Entry;
import io.countersign.core.audit.FieldChange;
import io.countersign.core.audit.PolicyEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryJsonTest {

    private static final Actor ALICE = new Actor("org_1", "per_alice", PrincipalKind.PERSON, "ses_1", "cli", "0b0c");

    @Test
    void everyKindOfEntryComesBackAsItWas() {
        for (String name : EntryTypes.names()) {
            Entry full = EntrySamples.of(EntryTypes.named(name).orElseThrow(), false);
            Entry sparse = EntrySamples.of(EntryTypes.named(name).orElseThrow(), true);
            assertThat(EntryJson.entry(body(full))).isEqualTo(full);
            assertThat(EntryJson.entry(body(sparse))).isEqualTo(sparse);
        }
    }

    @Test
    void everyBodyIsCanonical() {
        for (String name : EntryTypes.names()) {
            byte[] body = body(EntrySamples.of(EntryTypes.named(name).orElseThrow(), false));
            assertThat(text(EntryJson.canonical(EntryJson.tree(body)))).isEqualTo(text(body));
        }
    }

    @Test
    void writesTheseVeryBytes() {
        Entry vote = new ApprovalEntry.VoteCast(
                "AR-7",
                "vot_1",
                "per_alice",
                "approve",
                "größer\u0000\u2028",
                null,
                "sha256:00",
                "cli",
                "ses_1",
                List.of("r1"));
        assertThat(text(body(vote)))
                .isEqualTo("{\"actor\":{\"callId\":\"0b0c\",\"channel\":\"cli\",\"credentialId\":\"ses_1\","
                        + "\"id\":\"per_alice\",\"kind\":\"person\"},\"at\":\"2026-03-02T09:00:00.000000Z\",\"entry\":{"
                        + "\"channel\":\"cli\",\"credentialId\":\"ses_1\",\"note\":\"größer\\u0000\u2028\","
                        + "\"number\":\"AR-7\",\"payloadDigest\":\"sha256:00\",\"personId\":\"per_alice\","
                        + "\"requirements\":[\"r1\"],\"vote\":\"approve\",\"voteId\":\"vot_1\"},"
                        + "\"organizationId\":\"org_1\",\"prominent\":false,\"requestId\":\"req_1\","
                        + "\"type\":\"vote-cast\"}");
    }

    @Test
    void writesInstantsInIso8601() {
        Entry expired = new ApprovalEntry.RequestExpired("AR-7", Instant.parse("2026-03-02T09:00:00.120Z"));
        assertThat(text(body(expired))).contains("\"deadline\":\"2026-03-02T09:00:00.120Z\"");
    }

    @Test
    void readsAnEntryWhoseRecordHadMoreAndFewerFieldsOnce() {
        String body =
                "{\"entry\":{\"handle\":\"ann\",\"personId\":\"per_1\",\"shoeSize\":42},\"type\":\"person-created\"}";
        assertThat(EntryJson.entry(bytes(body)))
                .isInstanceOfSatisfying(
                        DirectoryEntry.PersonCreated.class,
                        created -> assertThat(created.handle()).isEqualTo("ann"));
    }

    @Test
    void writesWhatAnEditChangedFieldByField() {
        Entry changed = new DirectoryEntry.PersonChanged(
                "per_1",
                List.of(new FieldChange("name", "a -> b", "c"), new FieldChange("email", null, "ann@example.org")));
        assertThat(text(body(changed)))
                .contains("\"changes\":[{\"after\":\"c\",\"before\":\"a -> b\",\"field\":\"name\"},"
                        + "{\"after\":\"ann@example.org\",\"field\":\"email\"}]");
    }

    @Test
    void readsWhatEntriesOnceKeptAsWords() {
        assertThat(EntryJson.entry(bytes("""
                {"entry":{"changes":["name: Ann -> Ann B.","something else"],"personId":"per_1"},
                 "type":"person-changed"}""")))
                .isEqualTo(new DirectoryEntry.PersonChanged(
                        "per_1",
                        List.of(
                                new FieldChange("name", "Ann", "Ann B."),
                                new FieldChange("something else", null, null))));
        assertThat(EntryJson.entry(bytes("""
                {"entry":{"name":"Gate","spec":"{\\"name\\":\\"Gate\\"}","templateId":"tpl_1","version":2,
                 "warnings":[]},"type":"template-changed"}""")))
                .isInstanceOfSatisfying(
                        PolicyEntry.TemplateChanged.class,
                        changed -> assertThat(changed.version()).isEqualTo(2));
    }

    @Test
    void refusesANameItDoesNotKnow() {
        assertThatThrownBy(() -> EntryJson.entry(bytes("{\"type\":\"nonsense\"}")))
                .hasMessageContaining("nonsense");
    }

    @Test
    void whatTheBootstrapAccountDoesStandsOut() {
        Actor bootstrap = new Actor("org_1", "bootstrap", PrincipalKind.BOOTSTRAP, "bootstrap", "api", "1");
        Entry created = new DirectoryEntry.PersonCreated("per_1", "ann", "Ann");
        assertThat(EntryJson.prominent(bootstrap, created)).isTrue();
        assertThat(EntryJson.prominent(ALICE, created)).isFalse();
    }

    private static byte[] body(Entry entry) {
        EntryJson.Halves halves = EntryJson.write(ALICE, entry, "req_1");
        return bytes(text(halves.beforeTime()) + "2026-03-02T09:00:00.000000Z" + text(halves.afterTime()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
