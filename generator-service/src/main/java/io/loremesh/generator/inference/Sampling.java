package io.loremesh.generator.inference;

import java.util.Map;

/**
 * How the next token is chosen from its logits.
 *
 * @param temperature 0 takes the likeliest token; above, up to 2, tokens are drawn from the tempered distribution
 * @param topP only the likeliest tokens that reach this share together are drawn, above 0 to 1 (Holtzman et al. 2020)
 * @param topK only so many of the likeliest tokens are drawn; 0 for all
 * @param minP only tokens at least this share as likely as the likeliest are drawn, 0 to 1
 * @param presencePenalty taken off the logit of a token that was decoded already, -2 to 2
 * @param frequencyPenalty taken off it for each time, -2 to 2
 * @param bias added to the logits of tokens, -100 to 100
 * @param seed of the draws
 */
public record Sampling(
        double temperature,
        double topP,
        int topK,
        double minP,
        double presencePenalty,
        double frequencyPenalty,
        Map<Integer, Double> bias,
        long seed) {
    public static final Sampling GREEDY = of(0, 0);

    public Sampling {
        within("temperature", temperature, 0, 2);
        within("top_p", topP, Double.MIN_VALUE, 1);
        within("top_k", topK, 0, Integer.MAX_VALUE);
        within("min_p", minP, 0, 1);
        within("presence_penalty", presencePenalty, -2, 2);
        within("frequency_penalty", frequencyPenalty, -2, 2);
        bias = Map.copyOf(bias);
        bias.forEach((token, added) -> within("logit_bias of token " + token, added, -100, 100));
    }

    public static Sampling of(double temperature, long seed) {
        return new Sampling(temperature, 1, 0, 0, 0, 0, Map.of(), seed);
    }

    public Sampling seeded(long other) {
        return new Sampling(temperature, topP, topK, minP, presencePenalty, frequencyPenalty, bias, other);
    }

    boolean penalises() {
        return presencePenalty != 0 || frequencyPenalty != 0;
    }

    boolean cuts() {
        return topP < 1 || topK > 0 || minP > 0;
    }

    private static void within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException("%s is %s; it lies between %s and %s"
                    .formatted(name, value, least == Double.MIN_VALUE ? "0 (excluded)" : plain(least), plain(most)));
        }
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
    }
}
