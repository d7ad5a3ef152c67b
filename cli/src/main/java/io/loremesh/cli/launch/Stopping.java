package io.loremesh.cli.launch;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process: first it is asked, then it is killed. */
final class Stopping {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration KILL = Duration.ofSeconds(5);

    private Stopping() {}

    /** Returns when the process has ended. */
    static void stop(ProcessHandle process) throws InterruptedException {
        process.destroy();
        if (!endsWithin(GRACE, process)) {
            process.destroyForcibly();
            // Past this it can only be a zombie that nobody collects, which holds nothing.
            endsWithin(KILL, process);
        }
    }

    private static boolean endsWithin(Duration patience, ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(patience.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + process.pid(), e);
        }
    }
}
