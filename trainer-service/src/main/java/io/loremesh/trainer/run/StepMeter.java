package io.loremesh.trainer.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * The time of an optimiser step, as the training process's progress lets it be seen. Used by the run's thread alone.
 */
public final class StepMeter {
    private final Timer timer;
    private int lastStep;
    private long lastNanos;

    public StepMeter(MeterRegistry metrics) {
        timer = Timer.builder("loremesh.run.step")
                .description("Time of one optimiser step")
                .register(metrics);
    }

    void step(TrainingProgress progress) {
        long now = System.nanoTime();
        int steps = progress.step() - lastStep;
        // The first sight of a run tells no time: it includes the start of the process.
        if (lastStep > 0 && steps > 0) {
            timer.record(Duration.ofNanos((now - lastNanos) / steps));
        }
        lastStep = progress.step();
        lastNanos = now;
    }
}
