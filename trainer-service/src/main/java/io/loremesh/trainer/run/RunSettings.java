package io.loremesh.trainer.run;

import io.loremesh.proto.trainer.v1.Hyperparameters;
import java.util.Map;

/**
 * How a run trains: LoRA (Hu et al., 2021) with these figures.
 *
 * @param rank rank r of the adapter
 * @param alpha scale; the update is alpha / rank · B·A
 * @param learningRate peak rate, after warm-up
 * @param maxSteps optimiser steps at most
 * @param seed of data order and initial weights
 */
public record RunSettings(int rank, double alpha, double learningRate, int maxSteps, long seed) {
    /** Keys of a version's training summary. */
    static final String RANK = "rank";

    static final String ALPHA = "alpha";
    private static final int MAX_RANK = 256;
    private static final int MAX_STEPS = 100_000;

    public RunSettings {
        require(rank >= 1 && rank <= MAX_RANK, "rank", rank, "1 to " + MAX_RANK);
        require(alpha > 0 && Double.isFinite(alpha), "alpha", alpha, "above 0");
        require(learningRate > 0 && learningRate < 1, "learning_rate", learningRate, "between 0 and 1");
        require(maxSteps >= 1 && maxSteps <= MAX_STEPS, "max_steps", maxSteps, "1 to " + MAX_STEPS);
    }

    /** What is asked for, with the trainer's defaults in place of absent (zero) fields. */
    static RunSettings of(Hyperparameters asked, RunSettings defaults) {
        int rank = asked.getRank() == 0 ? defaults.rank : asked.getRank();
        // An own rank without an own alpha keeps the strength of the update (alpha / rank) as the defaults have it.
        double alpha = asked.getAlpha() == 0 ? defaults.alpha / defaults.rank * rank : asked.getAlpha();
        return new RunSettings(
                rank,
                alpha,
                asked.getLearningRate() == 0 ? defaults.learningRate : asked.getLearningRate(),
                asked.getMaxSteps() == 0 ? defaults.maxSteps : asked.getMaxSteps(),
                asked.getSeed() == 0 ? defaults.seed : asked.getSeed());
    }

    /** These defaults with the rank and alpha of a parent version, which a run that goes on from it cannot change. */
    RunSettings goingOn(Map<String, String> training) {
        return training.containsKey(RANK) && training.containsKey(ALPHA)
                ? new RunSettings(
                        Integer.parseInt(training.get(RANK)),
                        Double.parseDouble(training.get(ALPHA)),
                        learningRate,
                        maxSteps,
                        seed)
                : this;
    }

    private static void require(boolean holds, String name, Number value, String range) {
        if (!holds) {
            throw new TrainerException.InvalidRequest(
                    "hyperparameter %s is %s; it must be %s, or 0 for the trainer's default"
                            .formatted(name, value, range));
        }
    }
}
