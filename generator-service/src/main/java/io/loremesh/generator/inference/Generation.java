package io.loremesh.generator.inference;

import java.util.Objects;
import java.util.Set;

/**
 * What to decode.
 *
 * @param prompt token ids, at least one
 * @param maxTokens tokens to decode at most
 * @param sampling how each token is chosen
 * @param stopTokens tokens that end the decoding and are not delivered
 * @param adapter {@link LoraWeights#NONE} for the bare base
 * @param watched tokens of which {@link TokenStream#watchedProbability()} tells how likely one of them was to come
 *     first instead
 */
public record Generation(
        int[] prompt,
        int maxTokens,
        Sampling sampling,
        Set<Integer> stopTokens,
        LoraWeights adapter,
        Set<Integer> watched) {
    public Generation {
        if (prompt.length == 0) {
            throw new IllegalArgumentException("The prompt has no tokens; write at least one");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("max_tokens is " + maxTokens + "; ask for at least 1");
        }
        stopTokens = Set.copyOf(stopTokens);
        Objects.requireNonNull(adapter);
        watched = Set.copyOf(watched);
    }

    public Generation(
            int[] prompt, int maxTokens, double temperature, long seed, Set<Integer> stopTokens, LoraWeights adapter) {
        this(prompt, maxTokens, Sampling.of(temperature, seed), stopTokens, adapter, Set.of());
    }

    /** Greedy decoding. */
    public static Generation greedy(int[] prompt, int maxTokens, Set<Integer> stopTokens, LoraWeights adapter) {
        return new Generation(prompt, maxTokens, 0, 0, stopTokens, adapter);
    }

    /** The same with these tokens watched. */
    public Generation watching(Set<Integer> tokens) {
        return new Generation(prompt, maxTokens, sampling, stopTokens, adapter, tokens);
    }
}
