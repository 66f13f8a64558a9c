package io.countersign.server.audit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes the threads of this node that wait for news; a ring is a hint, nothing depends on hearing it. */
final class Bell {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long rings;

    void ring() {
        lock.lock();
        try {
            rings++;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often it has rung. */
    long rings() {
        lock.lock();
        try {
            return rings;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has rung more often than that, or the time is over; answers how often it has rung. */
    long await(long heard, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (rings <= heard && left > 0) {
                left = rung.awaitNanos(left);
            }
            return rings;
        } finally {
            lock.unlock();
        }
    }
}
