package io.loremesh.generator.inference;

/** Distributions over the vocabulary, given by their logits. */
public final class Logits {
    private Logits() {}

    /** The natural log-probability of a token. */
    public static double logProbability(float[] logits, int token) {
        return logits[token] - logSumExp(logits);
    }

    /** KL(p ‖ q) = Σ p · (log p − log q), in nats; rounding never makes it negative. */
    public static double kullbackLeibler(float[] p, float[] q) {
        double normP = logSumExp(p);
        double normQ = logSumExp(q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double logP = p[i] - normP;
            sum += Math.exp(logP) * (logP - (q[i] - normQ));
        }
        return Math.max(0, sum);
    }

    /** The likeliest token; the first of equals. */
    static int argMax(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }

    private static double logSumExp(float[] logits) {
        // The greatest is taken out, or the exponentials of large logits overflow.
        double greatest = logits[argMax(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - greatest);
        }
        return greatest + Math.log(sum);
    }
}
