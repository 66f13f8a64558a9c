package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.core.audit.Entry;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntryJsonTest {

    private static final Actor ALICE = new Actor("org_1", "per_alice", PrincipalKind.PERSON, "ses_1", "cli", "0b0c");

    @Test
    void everyKindOfEntryComesBackAsItWas() throws ReflectiveOperationException {
        for (String name : EntryTypes.names()) {
            Entry full = sample(EntryTypes.named(name).orElseThrow(), false);
            Entry sparse = sample(EntryTypes.named(name).orElseThrow(), true);
            assertThat(EntryJson.entry(body(full))).isEqualTo(full);
            assertThat(EntryJson.entry(body(sparse))).isEqualTo(sparse);
        }
    }

    @Test
    void everyBodyIsCanonical() throws ReflectiveOperationException {
        for (String name : EntryTypes.names()) {
            byte[] body = body(sample(EntryTypes.named(name).orElseThrow(), false));
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
        assertThat(EntryJson.entry(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        DirectoryEntry.PersonCreated.class,
                        created -> assertThat(created.handle()).isEqualTo("ann"));
    }

    @Test
    void refusesANameItDoesNotKnow() {
        assertThatThrownBy(() -> EntryJson.entry("{\"type\":\"nonsense\"}".getBytes(StandardCharsets.UTF_8)))
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
        return (text(halves.beforeTime()) + "2026-03-02T09:00:00.000000Z" + text(halves.afterTime()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static <T> T sample(Class<T> type, boolean sparse) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean absent = sparse && components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            values[i] = absent ? null : value(components[i].getGenericType(), sparse);
        }
        Constructor<T> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        return constructor.newInstance(values);
    }

    private static Object value(Type type, boolean sparse) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return sparse ? List.of() : List.of(value(list.getActualTypeArguments()[0], false));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return "AR-\"1\"\n\u20ac";
        } else if (plain == int.class || plain == Integer.class) {
            return 3;
        } else if (plain == long.class || plain == Long.class) {
            return 1L << 60;
        } else if (plain == boolean.class || plain == Boolean.class) {
            return true;
        } else if (plain == Instant.class) {
            return Instant.parse("2026-03-02T09:00:00.123456Z");
        } else if (plain == LocalDate.class) {
            return LocalDate.of(2026, 3, 2);
        } else if (plain.isRecord()) {
            return sample(plain, sparse);
        }
        throw new IllegalStateException("an entry holds plain values, not " + plain);
    }
}
