package io.loremesh.generator.inference;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** A sequence whose tokens are all given; it delivers the logits that predict each token of the continuation. */
final class ScoringSequence extends Sequence {
    /** Takes the logits that predict one token; called by the inference thread, so it must be quick. */
    @FunctionalInterface
    interface Listener {
        void predicted(int index, int token, float[] logits);
    }

    private final int first;
    private final Listener listener;
    private final CompletableFuture<Void> done;
    private int delivered;

    /**
     * @param tokens context and continuation
     * @param first position of the continuation's first token, at least 1
     */
    ScoringSequence(int[] tokens, int first, LoraWeights adapter, Listener listener, CompletableFuture<Void> done) {
        super(tokens, adapter);
        this.first = first;
        this.listener = listener;
        this.done = done;
    }

    @Override
    int[] wanted(int sliceLength) {
        // The logits at a position predict the token after it; those at the last position predict nothing given.
        int from = Math.max(first - 1, cached());
        int to = Math.min(length() - 1, cached() + sliceLength);
        return IntStream.range(from, to).map(position -> position - cached()).toArray();
    }

    @Override
    Optional<FinishReason> accept(float[][] logits) {
        for (float[] row : logits) {
            listener.predicted(delivered, token(first + delivered), row);
            delivered++;
        }
        return prefilled() ? Optional.of(FinishReason.STOP) : Optional.empty();
    }

    @Override
    boolean cancelled() {
        return done.isDone();
    }

    @Override
    void end(FinishReason reason) {
        switch (reason) {
            case STOP, LENGTH -> done.complete(null);
            case CANCELLED -> done.cancel(false);
        }
    }

    @Override
    void fail(RuntimeException failure) {
        done.completeExceptionally(failure);
    }
}
