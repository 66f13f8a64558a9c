package io.countersign.server.audit;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Fault points that end the work under way as the death of its node would: whatever had not committed is undone. */
final class DiesAt {

    private DiesAt() {}

    /** What a fault point throws. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Died(String point) {
            super(point);
        }
    }

    /** Dies the first time the point is reached. */
    static Consumer<String> point(String name) {
        AtomicInteger deaths = new AtomicInteger();
        return point -> {
            if (point.equals(name) && deaths.incrementAndGet() == 1) {
                throw new Died(point);
            }
        };
    }

    /** Dies the first time each point is reached, and then at every so-manieth, chosen by the seed. */
    static Consumer<String> random(long seed, int oneIn) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Set<String> reached = new HashSet<>();
        return point -> {
            if (reached.add(point) || random.nextInt(oneIn) == 0) {
                throw new Died(point);
            }
        };
    }
}
