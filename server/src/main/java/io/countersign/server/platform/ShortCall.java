package io.countersign.server.platform;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;

/**
 * A call on a {@link ShortRoute}.
 *
 * @param id what the path has in the id's place, empty where it has none
 * @param key the caller's, or none; looked at by routes that heed one, and refused there when it is none
 */
@SuppressWarnings("ArrayRecordComponent") // a body on its way in; never compared
public record ShortCall(Caller caller, Origin origin, String id, byte[] body, Supplier<Optional<IdempotencyKey>> key) {

    /**
     * The body, as the form that it is read as.
     *
     * @throws ProblemException 400 {@code body-required} where it says {@code null}
     */
    public <T> T read(ObjectReader reader, Class<T> form) {
        @Nullable Object read = reader.readValue(body);
        if (read == null) {
            throw ProblemException.noBody();
        }
        return form.cast(read);
    }
}
