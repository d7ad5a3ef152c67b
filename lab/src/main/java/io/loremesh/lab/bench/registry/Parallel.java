package io.loremesh.lab.bench.registry;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The same thing many times, by several clients at once, each of which waits for its answer before it asks again. */
final class Parallel {
    private Parallel() {}

    /** @throws IllegalStateException as soon as it is known that one of them failed */
    static void run(int clients, int times, Runnable task) throws InterruptedException {
        var left = new AtomicInteger(times);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < clients; i++) {
                all.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        task.run();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
