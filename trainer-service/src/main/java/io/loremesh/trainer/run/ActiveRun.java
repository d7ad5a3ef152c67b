package io.loremesh.trainer.run;

import java.time.Duration;

/**
 * The run at work, as those see it who want to stop it. The flow passes {@link #checkpoint} between its steps; a
 * training process is stopped in the middle of its own.
 */
final class ActiveRun {
    /** Why a run is stopped before its end. */
    enum Stop {
        CANCELLED,
        SERVICE_STOPS
    }

    /** Carries a stop up to the flow's end. */
    static final class StoppedException extends Exception {
        private final Stop stop;

        private StoppedException(Stop stop) {
            super(stop.name());
            this.stop = stop;
        }

        Stop stop() {
            return stop;
        }
    }

    private final String name;
    private final Duration grace;
    private Stop stop;
    private TrainingProcess process;

    ActiveRun(String name, Duration grace) {
        this.name = name;
        this.grace = grace;
    }

    String name() {
        return name;
    }

    /** Stops the run as soon as it can be; the first reason holds. */
    synchronized void stop(Stop why) {
        if (stop == null) {
            stop = why;
        }
        if (process != null) {
            process.stop(grace);
        }
    }

    /** Makes a process part of the run, and stops it where the run was stopped while it started. */
    synchronized TrainingProcess attach(TrainingProcess started) {
        process = started;
        if (stop != null) {
            process.stop(grace);
        }
        return started;
    }

    /** @throws StoppedException where the run has been stopped */
    synchronized void checkpoint() throws StoppedException {
        if (stop != null) {
            throw new StoppedException(stop);
        }
    }
}
