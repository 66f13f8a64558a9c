package io.countersign.server.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.core.audit.Entry;
import io.countersign.core.audit.FieldChange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes an entry as the bytes that are its leaf, and reads them again: JSON without blanks, keys in the order of the
 * alphabet, absent values left out, instants in ISO 8601.
 */
final class EntryJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            // Entries outlive the records they were written from.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(new SimpleModule().addDeserializer(FieldChange.class, new FieldChangeReader()))
            .changeDefaultPropertyInclusion(inclusion -> inclusion
                    .withValueInclusion(JsonInclude.Include.NON_NULL)
                    .withContentInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private EntryJson() {}

    /**
     * What stands before and behind the instant of an entry: the database fills that in, in the statement that stores
     * it, with its own clock.
     */
    static final class Halves {
        private final byte[] beforeTime;
        private final byte[] afterTime;

        private Halves(byte[] beforeTime, byte[] afterTime) {
            this.beforeTime = beforeTime;
            this.afterTime = afterTime;
        }

        byte[] beforeTime() {
            return beforeTime;
        }

        byte[] afterTime() {
            return afterTime;
        }
    }

    static Halves write(Actor actor, Entry entry, @Nullable String requestId) {
        ByteArrayOutputStream before = new ByteArrayOutputStream(256);
        before.writeBytes(ascii("{\"actor\":"));
        before.writeBytes(JSON.writeValueAsBytes(actorMembers(actor)));
        before.writeBytes(ascii(",\"at\":\""));
        ByteArrayOutputStream after = new ByteArrayOutputStream(512);
        after.writeBytes(ascii("\",\"entry\":"));
        after.writeBytes(JSON.writeValueAsBytes(entry));
        TreeMap<String, Object> rest = new TreeMap<>();
        rest.put("organizationId", actor.organizationId());
        rest.put("prominent", prominent(actor, entry));
        if (requestId != null) {
            rest.put("requestId", requestId);
        }
        rest.put("type", EntryTypes.nameOf(entry.getClass()));
        byte[] members = JSON.writeValueAsBytes(rest);
        after.write(',');
        after.write(members, 1, members.length - 1);
        return new Halves(before.toByteArray(), after.toByteArray());
    }

    static boolean prominent(Actor actor, Entry entry) {
        return entry.prominent() || actor.prominent();
    }

    static JsonNode tree(byte[] body) {
        return JSON.readTree(body);
    }

    static JsonNode tree(Entry entry) {
        return JSON.valueToTree(entry);
    }

    /** The record again; a name that is no longer known is an error. */
    static Entry entry(byte[] body) {
        JsonNode tree = tree(body);
        String name = tree.required("type").asString();
        Class<? extends Entry> type =
                EntryTypes.named(name).orElseThrow(() -> new IllegalStateException("no entry is named `" + name + "`"));
        return JSON.treeToValue(tree.required("entry"), type);
    }

    /** The same value in the canonical form. */
    static byte[] canonical(JsonNode tree) {
        return JSON.writeValueAsBytes(JSON.treeToValue(tree, Object.class));
    }

    private static Map<String, Object> actorMembers(Actor actor) {
        return new TreeMap<>(Map.of(
                "callId", actor.callId(),
                "channel", actor.channel(),
                "credentialId", actor.credentialId(),
                "id", actor.principalId(),
                "kind", actor.kind().name().toLowerCase(Locale.ROOT)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
