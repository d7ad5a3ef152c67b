package io.loremesh.generator.inference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Chooses the next token of one sequence from its logits. */
final class Sampler {
    /** Tokens less likely than the likeliest by a factor of e^30 are never drawn, so they need not be sorted either. */
    private static final double NEGLIGIBLE = 30;

    private final Sampling sampling;
    private final RandomGenerator random;
    private final Map<Integer, Integer> decoded = new HashMap<>();

    Sampler(Sampling sampling) {
        this.sampling = sampling;
        this.random = new SplittableRandom(sampling.seed());
    }

    /** The token's log-probability is the model's own, whatever bent the choice. */
    Token next(float[] logits) {
        float[] bent = bent(logits);
        int id = sampling.temperature() == 0 ? Logits.argMax(bent) : draw(bent);
        if (sampling.penalises()) {
            decoded.merge(id, 1, Integer::sum);
        }
        return new Token(id, Logits.logProbability(logits, id));
    }

    private float[] bent(float[] logits) {
        if (decoded.isEmpty() && sampling.bias().isEmpty()) {
            return logits;
        }
        float[] bent = logits.clone();
        sampling.bias().forEach((token, added) -> bent[token] += added.floatValue());
        decoded.forEach((token, times) ->
                bent[token] -= (float) (sampling.presencePenalty() + times * sampling.frequencyPenalty()));
        return bent;
    }

    private int draw(float[] logits) {
        double least = sampling.cuts() ? leastDrawn(logits) : Double.NEGATIVE_INFINITY;
        // Gumbel's trick: the greatest of logit/T plus Gumbel noise is a draw from the softmax.
        int best = 0;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            double noise = Math.log(-Math.log(random.nextDouble(Double.MIN_NORMAL, 1)));
            double noisy = logits[i] / sampling.temperature() - noise;
            if (logits[i] >= least && noisy > greatest) {
                greatest = noisy;
                best = i;
            }
        }
        return best;
    }

    /** The least logit among the tokens that may be drawn. */
    private double leastDrawn(float[] logits) {
        float greatest = logits[Logits.argMax(logits)];
        double floor = greatest - NEGLIGIBLE * sampling.temperature();
        if (sampling.minP() > 0) {
            floor = Math.max(floor, greatest + Math.log(sampling.minP()) * sampling.temperature());
        }
        float[] kept = new float[logits.length];
        int count = 0;
        for (float logit : logits) {
            if (logit >= floor) {
                kept[count++] = logit;
            }
        }
        Arrays.sort(kept, 0, count);
        int first = sampling.topK() > 0 ? Math.max(0, count - sampling.topK()) : 0;
        double total = 0;
        for (int i = first; i < count; i++) {
            total += Math.exp((kept[i] - greatest) / sampling.temperature());
        }
        double reached = 0;
        for (int i = count - 1; i > first; i--) {
            reached += Math.exp((kept[i] - greatest) / sampling.temperature());
            if (reached >= sampling.topP() * total) {
                return kept[i];
            }
        }
        return kept[first];
    }
}
