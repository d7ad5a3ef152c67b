package io.loremesh.lab.pretrain;

import io.loremesh.lab.curriculum.Encoded;
import io.loremesh.lab.curriculum.SampleEncoder;
import io.loremesh.lab.curriculum.SampleSource;
import io.loremesh.trainer.objective.Batch;
import io.loremesh.trainer.objective.Parts;
import io.loremesh.trainer.objective.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Samples, tokenises and pads a few steps ahead on a thread of its own, so that a step never waits for data. What a
 * step holds follows from the seed and the step's number alone: a run can go on at any step.
 */
final class BatchFeed implements AutoCloseable {

    private static final int STEPS_AHEAD = 6;

    private final SampleSource source;
    private final SampleEncoder encoder;
    private final long seed;
    private final int stepTokens;
    private final int longest;
    private final int workers;
    private final BlockingQueue<List<Batch>> ready = new ArrayBlockingQueue<>(STEPS_AHEAD);
    private final Thread thread;
    private volatile RuntimeException failure;

    /**
     * @param seed of this feed's steps; other feeds need others
     * @param firstStep number of the first step to hand out
     * @param stepTokens tokens of a step, padding aside
     * @param longest sequences of more tokens are skipped
     * @param workers that share a step
     */
    BatchFeed(
            SampleSource source,
            SampleEncoder encoder,
            long seed,
            long firstStep,
            int stepTokens,
            int longest,
            int workers) {
        this.source = source;
        this.encoder = encoder;
        this.seed = new SplittableRandom(seed).nextLong(); // scattered, so that seed + 1 is not this seed's next step
        this.stepTokens = stepTokens;
        this.longest = longest;
        this.workers = workers;
        this.thread = Thread.ofPlatform().name("batch-feed").daemon().start(() -> fill(firstStep));
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
        return Parts.of(sequences);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void fill(long firstStep) {
        try {
            for (long step = firstStep; !Thread.currentThread().isInterrupted(); step++) {
                ready.put(step(step));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody waits for the next step
        } catch (RuntimeException e) {
            failure = e; // told to the training thread, which would otherwise wait for ever
            ready.clear();
            ready.add(List.of());
        }
    }

    private List<Batch> step(long number) {
        SplittableRandom random = new SplittableRandom(seed + number);
        List<TokenSequence> sequences = new ArrayList<>();
        int tokens = 0;
        while (tokens < stepTokens) {
            TokenSequence sequence = sequence(encoder.encode(source.next(random)));
            if (sequence.length() <= longest && sequence.targetCount() > 0) {
                sequences.add(sequence);
                tokens += sequence.length();
            }
        }
        return Parts.of(sequences, workers);
    }

    private static TokenSequence sequence(Encoded encoded) {
        return new TokenSequence(encoded.ids(), encoded.weights(), encoded.questions());
    }
}
