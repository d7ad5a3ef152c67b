package io.loremesh.generator.inference;

import java.util.Optional;

/** A sequence that appends what it samples and delivers it to a {@link TokenStream}. */
final class GeneratingSequence extends Sequence {
    private final Generation generation;
    private final TokenStream stream;
    private final Sampler sampler;
    private final int maxLength;

    /** @param context tokens that fit, prompt and answer together */
    GeneratingSequence(Generation generation, TokenStream stream, int context) {
        super(generation.prompt(), generation.adapter());
        this.generation = generation;
        this.stream = stream;
        this.sampler = new Sampler(generation.sampling());
        this.maxLength = (int) Math.min(context, (long) generation.prompt().length + generation.maxTokens());
    }

    @Override
    int[] wanted(int sliceLength) {
        boolean last = cached() + sliceLength == generation.prompt().length;
        return last ? new int[] {sliceLength - 1} : new int[0];
    }

    @Override
    Optional<FinishReason> accept(float[][] logits) {
        if (logits.length == 0) {
            return Optional.empty();
        }
        Token token = sampler.next(logits[0]);
        if (length() == generation.prompt().length) {
            stream.watched(generation.watched().stream()
                    .filter(id -> id != token.id())
                    .mapToDouble(id -> Math.exp(Logits.logProbability(logits[0], id)))
                    .sum());
        }
        if (generation.stopTokens().contains(token.id())) {
            stream.ended(token);
            return Optional.of(FinishReason.STOP);
        }
        append(token.id());
        stream.deliver(token);
        return length() >= maxLength ? Optional.of(FinishReason.LENGTH) : Optional.empty();
    }

    @Override
    void admitted() {
        stream.admitted();
    }

    @Override
    boolean cancelled() {
        return stream.closed();
    }

    @Override
    void end(FinishReason reason) {
        stream.finish(reason);
    }

    @Override
    void fail(RuntimeException failure) {
        stream.fail(failure);
    }
}
