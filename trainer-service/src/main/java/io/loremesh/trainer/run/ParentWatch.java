package io.loremesh.trainer.run;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends a training process with the service that started it. The service holds the other end of standard input and never
 * writes to it; the kernel closes that end however the service dies, {@code kill -9} included, and no orphan trains on.
 */
public final class ParentWatch {
    /** Exit status of a process whose parent is gone. */
    public static final int PARENT_GONE = 3;

    private ParentWatch() {}

    /** Watches from a daemon thread from now on; call it first in {@code main}. */
    public static void start() {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> awaitEnd(System.in));
    }

    private static void awaitEnd(InputStream in) {
        try {
            while (in.read() >= 0) {
                // What arrives is of no meaning; only the end is.
            }
        } catch (IOException e) {
            System.err.println(
                    "Standard input broke (" + e.getMessage() + "), so the trainer-service is taken as gone");
        }
        // halt, not exit: native code may hold a lock that a shutdown hook would wait for.
        Runtime.getRuntime().halt(PARENT_GONE);
    }
}
