package io.countersign.server.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one attempt to tell somebody ended. */
sealed interface Attempt {

    /** In one word or two, for people: never what the other side answered beyond its status. */
    String result();

    /** The other side took it. */
    record Arrived(String result) implements Attempt {}

    /**
     * It did not arrive and may another time.
     *
     * @param notBefore how long the other side asks to be left alone, or none
     */
    record Missed(String result, @Nullable Duration notBefore) implements Attempt {

        static Missed because(String result) {
            return new Missed(result, null);
        }
    }

    /** It will never arrive, and nothing is wrong with the destination as such. */
    record Refused(String result) implements Attempt {}

    /** The destination says that it is gone for good. */
    record Gone(String result) implements Attempt {}
}
