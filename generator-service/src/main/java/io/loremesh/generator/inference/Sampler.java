package io.loremesh.generator.inference;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Chooses the next token from its logits. */
final class Sampler {
    private final double temperature;
    private final RandomGenerator random;

    Sampler(double temperature, long seed) {
        this.temperature = temperature;
        this.random = new SplittableRandom(seed);
    }

    Token next(float[] logits) {
        int id = temperature == 0 ? Logits.argMax(logits) : draw(logits);
        return new Token(id, Logits.logProbability(logits, id));
    }

    private int draw(float[] logits) {
        // Gumbel's trick: the greatest of logit/T plus Gumbel noise is a draw from the softmax.
        int best = 0;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            double noisy = logits[i] / temperature - Math.log(-Math.log(random.nextDouble(Double.MIN_NORMAL, 1)));
            if (noisy > greatest) {
                greatest = noisy;
                best = i;
            }
        }
        return best;
    }
}
