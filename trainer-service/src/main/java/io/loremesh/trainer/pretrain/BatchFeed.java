package io.loremesh.trainer.pretrain;

import io.loremesh.evaluation.curriculum.Encoded;
import io.loremesh.evaluation.curriculum.SampleEncoder;
import io.loremesh.evaluation.curriculum.SampleSource;
import io.loremesh.trainer.objective.Batch;
import io.loremesh.trainer.objective.TokenSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Samples, tokenises and pads a few steps ahead on a thread of its own, so that a step never waits for data. The order is
 * that of the seed alone.
 */
final class BatchFeed implements AutoCloseable {

    private static final int STEPS_AHEAD = 6;

    private final SampleSource source;
    private final SampleEncoder encoder;
    private final SplittableRandom random;
    private final int longest;
    private final BlockingQueue<List<Batch>> ready = new ArrayBlockingQueue<>(STEPS_AHEAD);
    private final Thread thread;
    private volatile RuntimeException failure;

    /** @param longest sequences of more tokens are skipped */
    BatchFeed(SampleSource source, SampleEncoder encoder, long seed, int longest) {
        this.source = source;
        this.encoder = encoder;
        this.random = new SplittableRandom(seed);
        this.longest = longest;
        this.thread = Thread.ofPlatform().name("batch-feed").daemon().start(this::fill);
    }

    /** The parts of the next step, the longest sequences first. */
    List<Batch> next() throws InterruptedException {
        List<Batch> parts = ready.take();
        if (failure != null) {
            throw failure;
        }
        return parts;
    }

    /** {@code count} samples of {@code source} as parts of a step's size, sorted by length. */
    static List<Batch> draw(SampleSource source, SampleEncoder encoder, long seed, int count, int longest) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TokenSequence> sequences = new ArrayList<>();
        while (sequences.size() < count) {
            TokenSequence sequence = sequence(encoder.encode(source.next(random)));
            if (sequence.length() <= longest) {
                sequences.add(sequence);
            }
        }
        int tokens = sequences.stream().mapToInt(TokenSequence::length).sum();
        return parts(sequences, Math.max(1, tokens / (DemoRecipe.STEP_TOKENS / DemoRecipe.PARTS)));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void fill() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                ready.put(step());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody waits for the next step
        } catch (RuntimeException e) {
            failure = e; // told to the training thread, which would otherwise wait for ever
            ready.clear();
            ready.add(List.of());
        }
    }

    private List<Batch> step() {
        List<TokenSequence> sequences = new ArrayList<>();
        int tokens = 0;
        while (tokens < DemoRecipe.STEP_TOKENS) {
            TokenSequence sequence = sequence(encoder.encode(source.next(random)));
            if (sequence.length() <= longest && sequence.targetCount() > 0) {
                sequences.add(sequence);
                tokens += sequence.length();
            }
        }
        return parts(sequences, DemoRecipe.PARTS);
    }

    /** Cuts the sequences, longest first, into parts of about equal padded size. */
    private static List<Batch> parts(List<TokenSequence> sequences, int count) {
        List<TokenSequence> sorted = new ArrayList<>(sequences);
        sorted.sort(Comparator.comparingInt(TokenSequence::length).reversed());
        int size = sorted.stream().mapToInt(TokenSequence::length).sum() / count + 1;
        List<Batch> parts = new ArrayList<>();
        int from = 0;
        while (from < sorted.size()) {
            int width = sorted.get(from).length();
            int to = Math.min(sorted.size(), from + Math.max(1, Math.round((float) size / width)));
            parts.add(Batch.of(sorted.subList(from, to)));
            from = to;
        }
        return parts;
    }

    private static TokenSequence sequence(Encoded encoded) {
        return new TokenSequence(encoded.ids(), encoded.weights());
    }
}
