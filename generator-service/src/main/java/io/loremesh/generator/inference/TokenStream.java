package io.loremesh.generator.inference;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The tokens of one generation as they are decoded. One thread reads it; closing it before its end frees its place in
 * the batch at the next step.
 */
public final class TokenStream implements AutoCloseable {
    private sealed interface Event {
        record Decoded(Token token) implements Event {}

        record Finished(FinishReason reason) implements Event {}

        record Failed(RuntimeException failure) implements Event {}
    }

    // Bounded by the generation's maxTokens, so the inference thread never waits for a slow reader.
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final long enqueuedNanos = System.nanoTime();
    private volatile long admittedNanos = enqueuedNanos;
    private volatile boolean closed;
    private volatile Token stop;
    private volatile double watched;
    private FinishReason finish;

    TokenStream() {}

    /**
     * Waits for the next token.
     *
     * @return empty at the end, where {@link #finishReason()} tells why
     * @throws IllegalStateException if the engine failed
     */
    public Optional<Token> next() throws InterruptedException {
        if (finish != null) {
            return Optional.empty();
        }
        return switch (events.take()) {
            case Event.Decoded(Token token) -> Optional.of(token);
            case Event.Finished(FinishReason reason) -> {
                finish = reason;
                yield Optional.empty();
            }
            case Event.Failed(RuntimeException failure) ->
                throw new IllegalStateException("Decoding failed: " + failure.getMessage(), failure);
        };
    }

    /** Why it ended; only after {@link #next()} told the end. */
    public FinishReason finishReason() {
        if (finish == null) {
            throw new IllegalStateException("The generation goes on; read next() to its end first");
        }
        return finish;
    }

    /** The token that ended the generation, which was not delivered; empty unless it ended with one. */
    public Optional<Token> stopToken() {
        return Optional.ofNullable(stop);
    }

    /**
     * How likely one of the generation's watched tokens was to come first, if it did not; 0 to 1, exact once the first
     * token is there.
     */
    public double watchedProbability() {
        return watched;
    }

    /** How long the generation waited for a place in the batch; exact once its first token is there. */
    public Duration queueTime() {
        return Duration.ofNanos(admittedNanos - enqueuedNanos);
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    void admitted() {
        admittedNanos = System.nanoTime();
    }

    void watched(double probability) {
        watched = probability;
    }

    void deliver(Token token) {
        events.add(new Event.Decoded(token));
    }

    void ended(Token token) {
        stop = token;
    }

    void finish(FinishReason reason) {
        events.add(new Event.Finished(reason));
    }

    void fail(RuntimeException failure) {
        events.add(new Event.Failed(failure));
    }
}
