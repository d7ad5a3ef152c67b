package io.loremesh.generator.inference;

import java.util.Arrays;
import java.util.Optional;

/**
 * A request in the engine: its tokens so far and how many of them the KV cache holds. First its prompt is run in
 * slices, then each token that it appends. Used by the inference thread alone, {@link #cancelled()} excepted.
 */
abstract sealed class Sequence permits GeneratingSequence, ScoringSequence {
    private final int promptLength;
    private final LoraWeights adapter;
    private int[] tokens;
    private int length;
    private int cached;

    Sequence(int[] prompt, LoraWeights adapter) {
        this.promptLength = prompt.length;
        this.adapter = adapter;
        this.tokens = prompt.clone();
        this.length = prompt.length;
    }

    LoraWeights adapter() {
        return adapter;
    }

    int cached() {
        return cached;
    }

    int length() {
        return length;
    }

    int token(int position) {
        return tokens[position];
    }

    int lastToken() {
        return tokens[length - 1];
    }

    boolean prefilled() {
        return cached >= promptLength;
    }

    /** The next tokens of the prompt, at most so many. */
    int[] slice(int most) {
        return Arrays.copyOfRange(tokens, cached, Math.min(promptLength, cached + most));
    }

    void advance(int count) {
        cached += count;
    }

    void append(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length * 2);
        }
        tokens[length++] = token;
    }

    /**
     * The positions of the next slice, of so many tokens and counted from its first, whose logits this request needs.
     */
    abstract int[] wanted(int sliceLength);

    /**
     * Takes the logits of the wanted positions of the tokens that were run last.
     *
     * @return why the request ends, or empty if it goes on
     */
    abstract Optional<FinishReason> accept(float[][] logits);

    /** It leaves the queue and its first slice is run next. */
    void admitted() {}

    /** Nobody waits for it any more. Safe to call from any thread. */
    abstract boolean cancelled();

    abstract void end(FinishReason reason);

    abstract void fail(RuntimeException failure);
}
