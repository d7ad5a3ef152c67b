package io.loremesh.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread is about to do. */
public final class Eventually {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private Eventually() {}

    /** Repeats an assertion until it holds; after half a minute its failure is the test's. */
    public static void holds(Runnable assertion) {
        within(LONGEST, assertion);
    }

    /** As {@link #holds}, for what takes longer on a machine that others use too. */
    public static void within(Duration longest, Runnable assertion) {
        Instant end = Instant.now().plus(longest);
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError | RuntimeException failure) {
                if (Instant.now().isAfter(end)) {
                    throw failure;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
