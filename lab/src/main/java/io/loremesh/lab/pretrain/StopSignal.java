package io.loremesh.lab.pretrain;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * SIGTERM and SIGINT as a question that the training loop asks after each step; the process ends once the loop has
 * saved.
 */
final class StopSignal implements BooleanSupplier, AutoCloseable {

    private static final int LONGEST_STEP_SECONDS = 60;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean raised;

    private StopSignal() {}

    static StopSignal listen() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::raise, "stop-signal"));
        return signal;
    }

    /** Whether the run was asked to stop. */
    @Override
    public boolean getAsBoolean() {
        return raised;
    }

    /** The loop has ended, nothing is left to wait for. */
    @Override
    public void close() {
        finished.countDown();
    }

    private void raise() {
        raised = true;
        try {
            if (!finished.await(LONGEST_STEP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The step did not end in " + LONGEST_STEP_SECONDS
                        + " s; the run goes on from what was saved last");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the process is ending in any case
        }
    }
}
