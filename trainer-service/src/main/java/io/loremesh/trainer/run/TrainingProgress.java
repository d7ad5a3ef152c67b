package io.loremesh.trainer.run;

import java.time.Duration;

/**
 * How far the training process has come.
 *
 * @param step optimiser steps done, from 1
 * @param totalSteps optimiser steps at most; an early stop ends before
 * @param loss mean cross-entropy of the step, nats per supervised token
 * @param tokensPerSecond tokens trained on per second, replay and refusals included
 * @param eta time to the last step at this speed
 */
public record TrainingProgress(int step, int totalSteps, double loss, double tokensPerSecond, Duration eta) {
    public TrainingProgress {
        if (step < 0 || totalSteps < step || eta.isNegative()) {
            throw new IllegalArgumentException(
                    "Progress of step %d of %d with %s to go cannot be".formatted(step, totalSteps, eta));
        }
    }
}
