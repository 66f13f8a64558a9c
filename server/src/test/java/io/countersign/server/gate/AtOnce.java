package io.countersign.server.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Does several things at the same moment, each on a thread of its own. */
final class AtOnce {

    private AtOnce() {}

    /** All of them at once; answers in their order, and fails with the first that failed. */
    static <T> List<T> all(List<Callable<T>> acts) {
        return some(Integer.MAX_VALUE, acts);
    }

    /** So many at a time. */
    static <T> List<T> some(int width, List<Callable<T>> acts) {
        Semaphore room = new Semaphore(width);
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> act : acts) {
                futures.add(threads.submit(() -> {
                    start.await();
                    room.acquire();
                    try {
                        return act.call();
                    } finally {
                        room.release();
                    }
                }));
            }
            start.countDown();
            List<T> answers = new ArrayList<>();
            for (Future<T> future : futures) {
                answers.add(future.get());
            }
            return answers;
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
