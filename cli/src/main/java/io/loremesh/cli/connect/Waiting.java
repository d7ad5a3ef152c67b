package io.loremesh.cli.connect;

import io.loremesh.cli.terminal.Failure;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until another process has got to a state that it does not announce. */
public final class Waiting {
    private static final Duration POLL = Duration.ofMillis(25);

    private Waiting() {}

    /**
     * Returns once the condition holds.
     *
     * @param what what is waited for, as in "the retriever to index 12 events"
     * @throws Failure if it does not hold in time
     */
    public static void until(String what, Duration patience, BooleanSupplier condition) {
        if (!within(patience, POLL, condition)) {
            throw new Failure(
                    "waited %d s in vain for %s; the services' logs tell why".formatted(patience.toSeconds(), what));
        }
    }

    /** Looks from time to time; whether the condition came to hold in time. */
    public static boolean within(Duration patience, Duration poll, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(poll.toNanos());
        }
        return true;
    }
}
