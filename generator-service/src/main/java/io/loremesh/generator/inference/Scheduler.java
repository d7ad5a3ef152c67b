package io.loremesh.generator.inference;

import ai.onnxruntime.OrtException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The loop of the inference thread. Each tick runs one slice of one prompt, then one token of every sequence whose
 * prompt is done: new requests join the batch without stopping the others (Yu et al. 2022, Agrawal et al. 2023).
 *
 * <p>The decoding sequences hold rows 0 to n − 1 of the KV cache and the one being prefilled row n, so that every step
 * reads contiguous rows.
 */
final class Scheduler implements Runnable {
    private static final long IDLE_POLL_MILLIS = 100;

    private final Decoder decoder;
    private final EngineLimits limits;
    private final BlockingQueue<Sequence> waiting;
    private final List<Sequence> decoding = new ArrayList<>();
    private Sequence prefilling;

    private volatile long deadlineNanos;
    private volatile boolean closing;
    private volatile int running;
    private volatile long tokens;

    Scheduler(Decoder decoder, EngineLimits limits, BlockingQueue<Sequence> waiting) {
        this.decoder = decoder;
        this.limits = limits;
        this.waiting = waiting;
    }

    @Override
    public void run() {
        try (decoder) {
            while (!closing || !idle() || !waiting.isEmpty()) {
                if (closing && System.nanoTime() - deadlineNanos >= 0) {
                    cancelAll();
                } else {
                    tick();
                }
            }
        } finally {
            closing = true;
            cancelAll();
        }
    }

    private void tick() {
        admit();
        dropCancelled();
        if (prefilling != null) {
            prefillSlice();
        }
        if (!decoding.isEmpty()) {
            decodeBatch();
        }
        running = decoding.size() + (prefilling == null ? 0 : 1);
    }

    private boolean idle() {
        return decoding.isEmpty() && prefilling == null;
    }

    private void admit() {
        if (prefilling != null || decoding.size() == limits.rows()) {
            return;
        }
        try {
            prefilling = idle() ? waiting.poll(IDLE_POLL_MILLIS, TimeUnit.MILLISECONDS) : waiting.poll();
            if (prefilling != null) {
                prefilling.admitted();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(
                    "The inference thread is stopped by closing its engine, not by interrupts", e);
        }
    }

    private void dropCancelled() {
        for (int row = decoding.size() - 1; row >= 0; row--) {
            if (decoding.get(row).cancelled()) {
                decoding.get(row).end(FinishReason.CANCELLED);
                free(row);
            }
        }
        if (prefilling != null && prefilling.cancelled()) {
            prefilling.end(FinishReason.CANCELLED);
            prefilling = null;
        }
    }

    private void prefillSlice() {
        Sequence sequence = prefilling;
        int[] slice = sequence.slice(limits.prefillSlice());
        int[] wanted = sequence.wanted(slice.length);
        try {
            float[][] logits = decoder.prefill(decoding.size(), slice, sequence.cached(), wanted, sequence.adapter());
            sequence.advance(slice.length);
            tokens += slice.length;
            Optional<FinishReason> end = sequence.accept(logits);
            end.ifPresent(sequence::end);
            if (end.isPresent()) {
                prefilling = null;
            } else if (sequence.prefilled()) {
                prefilling = null;
                decoding.add(sequence);
            }
        } catch (OrtException | RuntimeException failure) {
            sequence.fail(
                    new IllegalStateException("a prompt of " + sequence.length() + " tokens: " + failure, failure));
            prefilling = null;
        }
    }

    private void decodeBatch() {
        int[] last = decoding.stream().mapToInt(Sequence::lastToken).toArray();
        int[] pasts = decoding.stream().mapToInt(Sequence::cached).toArray();
        List<LoraWeights> adapters = decoding.stream().map(Sequence::adapter).toList();
        try {
            float[][] logits = decoder.decode(last, pasts, adapters);
            tokens += last.length;
            // From the last row down, so that a row that is freed is filled by one that is dealt with.
            for (int row = decoding.size() - 1; row >= 0; row--) {
                Sequence sequence = decoding.get(row);
                sequence.advance(1);
                Optional<FinishReason> end = sequence.accept(new float[][] {logits[row]});
                end.ifPresent(sequence::end);
                if (end.isPresent()) {
                    free(row);
                }
            }
        } catch (OrtException | RuntimeException failure) {
            decoding.forEach(sequence -> sequence.fail(
                    new IllegalStateException("a batch of " + decoding.size() + ": " + failure, failure)));
            moveToRow(prefilling, decoding.size(), 0);
            decoding.clear();
        }
    }

    /** Fills the hole with the last decoding row, and that one's with the prompt that is being run. */
    private void free(int row) {
        int last = decoding.size() - 1;
        Sequence moved = decoding.removeLast();
        if (row < last) {
            moveToRow(moved, last, row);
            decoding.set(row, moved);
        }
        moveToRow(prefilling, last + 1, last);
    }

    private void moveToRow(Sequence sequence, int from, int to) {
        if (sequence != null && sequence.cached() > 0) {
            decoder.move(from, to, sequence.cached());
        }
    }

    private void cancelAll() {
        decoding.forEach(sequence -> sequence.end(FinishReason.CANCELLED));
        decoding.clear();
        if (prefilling != null) {
            prefilling.end(FinishReason.CANCELLED);
            prefilling = null;
        }
        for (Sequence left = waiting.poll(); left != null; left = waiting.poll()) {
            left.end(FinishReason.CANCELLED);
        }
        running = 0;
    }

    void close(Duration patience) {
        if (!closing) {
            deadlineNanos = System.nanoTime() + patience.toNanos();
            closing = true;
        }
    }

    boolean closing() {
        return closing;
    }

    int running() {
        return running;
    }

    long tokens() {
        return tokens;
    }
}
