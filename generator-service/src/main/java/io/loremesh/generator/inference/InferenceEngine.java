package io.loremesh.generator.inference;

import ai.onnxruntime.OrtException;
import io.loremesh.model.checkpoint.Checkpoint;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Decodes many requests at a time on one thread of its own, the only one that enters native code. Requests wait in a
 * bounded queue: a full one refuses at once, so that load shows where it arises. Safe for concurrent use.
 */
public final class InferenceEngine implements AutoCloseable {
    private final EngineLimits limits;
    private final int vocabulary;
    private final BlockingQueue<Sequence> waiting;
    private final Scheduler scheduler;
    private final Thread thread;

    /**
     * Loads the weights and starts the thread.
     *
     * @param checkpoint must stay open until this engine is closed
     * @throws IllegalStateException if ONNX Runtime refuses the model
     */
    public InferenceEngine(Checkpoint checkpoint, EngineLimits limits) {
        this.limits = limits;
        this.vocabulary = checkpoint.config().vocabSize();
        this.waiting = new ArrayBlockingQueue<>(limits.queue());
        try {
            Decoder decoder = new Decoder(checkpoint, limits.rows(), limits.context(), limits.threads());
            this.scheduler = new Scheduler(decoder, limits, waiting);
        } catch (OrtException refused) {
            throw new IllegalStateException(
                    "ONNX Runtime cannot load " + checkpoint.dir() + ": " + refused.getMessage(), refused);
        }
        this.thread = Thread.ofPlatform().name("inference").start(scheduler);
    }

    /**
     * Starts a generation.
     *
     * @throws EngineBusyException if the queue is full or the engine closes
     * @throws PromptTooLongException if prompt and one token do not fit the context
     */
    public TokenStream generate(Generation generation) {
        requireKnown(generation.prompt());
        requireKnown(generation.sampling().bias().keySet().stream()
                .mapToInt(Integer::intValue)
                .toArray());
        requireRoom(generation.prompt());
        TokenStream stream = new TokenStream();
        enqueue(new GeneratingSequence(generation, stream, limits.context()));
        return stream;
    }

    /**
     * Scores a text: the natural log-probability of each of its tokens, given the context and the tokens before it.
     *
     * @param context at least one token
     * @throws EngineBusyException if the queue is full or the engine closes
     * @throws PromptTooLongException if context and text do not fit
     */
    public CompletableFuture<double[]> score(int[] context, int[] text, LoraWeights adapter) {
        double[] scores = new double[text.length];
        return observe(
                        context,
                        text,
                        adapter,
                        (index, token, logits) -> scores[index] = Logits.logProbability(logits, token))
                .thenApply(done -> scores);
    }

    /** As {@link #score}, but all logits: [text][vocabulary]. They are large; keep the text short. */
    public CompletableFuture<float[][]> logits(int[] context, int[] text, LoraWeights adapter) {
        float[][] rows = new float[text.length][];
        return observe(context, text, adapter, (index, token, logits) -> rows[index] = logits)
                .thenApply(done -> rows);
    }

    /** @throws PromptTooLongException if the prompt and one token do not fit the context */
    public void requireRoom(int[] prompt) {
        if (prompt.length >= limits.context()) {
            throw new PromptTooLongException(prompt.length, limits.context() - 1);
        }
    }

    private CompletableFuture<Void> observe(
            int[] context, int[] text, LoraWeights adapter, ScoringSequence.Listener listener) {
        if (context.length == 0 || text.length == 0) {
            throw new IllegalArgumentException("There is nothing to score: context and text need a token each");
        }
        int[] tokens =
                IntStream.concat(IntStream.of(context), IntStream.of(text)).toArray();
        requireKnown(tokens);
        if (tokens.length > limits.context()) {
            throw new PromptTooLongException(tokens.length, limits.context());
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        enqueue(new ScoringSequence(tokens, context.length, adapter, listener, done));
        return done;
    }

    /** Runs a few tokens, so that the first request does not pay for what only the first one does. Blocks. */
    public void warmUp() throws InterruptedException {
        int[] prompt = {0};
        try (TokenStream stream = generate(Generation.greedy(prompt, 2, Set.of(), LoraWeights.NONE))) {
            while (stream.next().isPresent()) {
                // What it says does not matter.
            }
        }
    }

    private void requireKnown(int[] tokens) {
        for (int token : tokens) {
            if (token < 0 || token >= vocabulary) {
                throw new IllegalArgumentException("Token " + token + " is not in the vocabulary of " + vocabulary
                        + "; tokenise the text with this model's own tokenizer");
            }
        }
    }

    private void enqueue(Sequence sequence) {
        if (scheduler.closing()) {
            throw new EngineBusyException(
                    "The engine is draining and takes no new requests; ask another replica", true);
        }
        if (!waiting.offer(sequence)) {
            throw new EngineBusyException(
                    "All " + limits.queue() + " places of the queue are taken; try again in a moment", false);
        }
        // The thread may have looked into the queue for the last time between the two steps above.
        if (scheduler.closing() && waiting.remove(sequence)) {
            throw draining();
        }
    }

    private static EngineBusyException draining() {
        return new EngineBusyException("The engine is draining and takes no new requests; ask another replica", true);
    }

    public EngineLimits limits() {
        return limits;
    }

    /** Requests that wait for a row now. */
    public int queueDepth() {
        return waiting.size();
    }

    /** Sequences in the batch now. */
    public int running() {
        return scheduler.running();
    }

    /** Tokens run since the start, prompts included. */
    public long tokens() {
        return scheduler.tokens();
    }

    /**
     * Refuses new requests, lets the running and waiting ones end for at most {@code patience}, cancels the rest and
     * frees the native memory. The process must not exit before: ONNX Runtime crashes if it is torn down while it runs.
     */
    public void close(Duration patience) {
        scheduler.close(patience);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
