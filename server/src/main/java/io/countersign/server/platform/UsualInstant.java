package io.countersign.server.platform;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

/** Reads instants between the years 1900 and 9999: with others neither calendars nor the database can reckon. */
final class UsualInstant extends StdScalarDeserializer<Instant> {

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    UsualInstant() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
        return usual(InstantDeserializer.INSTANT.deserialize(parser, context));
    }

    /**
     * An instant of a query, such as {@code 2026-03-02T09:00:00Z}.
     *
     * @throws DateTimeParseException when it is none
     * @throws IllegalArgumentException when it lies in another year
     */
    static Instant read(String text) {
        return usual(Instant.parse(text));
    }

    private static Instant usual(Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new IllegalArgumentException("an instant lies between the years 1900 and 9999");
        }
        return instant;
    }
}
