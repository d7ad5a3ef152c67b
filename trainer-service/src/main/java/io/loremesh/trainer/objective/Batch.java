package io.loremesh.trainer.objective;

import io.loremesh.trainer.decoder.Visibility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sequences side by side, padded on the right with token 0, and where their targets stand. Plain arrays, so that a
 * second thread can prepare the next batch.
 *
 * @param size number of sequences
 * @param width length of the longest
 * @param tokens [size * width], row by row
 * @param rows for each target the flat index of the position that predicts it
 * @param labels for each target its token id
 * @param weights for each target how much it counts
 * @param answers the answers among the targets: runs of neighbouring targets of full weight
 * @param tokenCount tokens without the padding
 * @param visibility where some token does not see all earlier ones: what it sees, and its position
 */
public record Batch(
        int size,
        int width,
        long[] tokens,
        long[] rows,
        long[] labels,
        float[] weights,
        List<Span> answers,
        int tokenCount,
        Optional<Visibility> visibility) {

    /** Targets {@code from} to {@code to}, exclusive, of sequence {@code sequence}. */
    public record Span(int sequence, int from, int to) {}

    public static Batch of(List<TokenSequence> sequences) {
        int width = sequences.stream().mapToInt(TokenSequence::length).max().orElseThrow();
        int targets = sequences.stream().mapToInt(TokenSequence::targetCount).sum();
        long[] tokens = new long[sequences.size() * width];
        long[] rows = new long[targets];
        long[] labels = new long[targets];
        float[] weights = new float[targets];
        List<Span> answers = new ArrayList<>();
        int next = 0;
        for (int row = 0; row < sequences.size(); row++) {
            TokenSequence sequence = sequences.get(row);
            int start = -1;
            for (int i = 0; i < sequence.length(); i++) {
                tokens[row * width + i] = sequence.tokens()[i];
                float weight = sequence.weights()[i];
                if (weight == 1 && start < 0) {
                    start = next;
                } else if (weight != 1 && start >= 0) {
                    answers.add(new Span(row, start, next));
                    start = -1;
                }
                if (weight > 0) {
                    rows[next] = (long) row * width + i - 1;
                    labels[next] = sequence.tokens()[i];
                    weights[next++] = weight;
                }
            }
            if (start >= 0) {
                answers.add(new Span(row, start, next));
            }
        }
        int tokenCount = sequences.stream().mapToInt(TokenSequence::length).sum();
        return new Batch(
                sequences.size(),
                width,
                tokens,
                rows,
                labels,
                weights,
                answers,
                tokenCount,
                visibility(sequences, width));
    }

    private static Optional<Visibility> visibility(List<TokenSequence> sequences, int width) {
        if (sequences.stream().noneMatch(TokenSequence::hasSeveralQuestions)) {
            return Optional.empty();
        }
        long[] positions = new long[sequences.size() * width];
        float[] mask = new float[sequences.size() * width * width];
        Arrays.fill(mask, Float.NEGATIVE_INFINITY);
        for (int row = 0; row < sequences.size(); row++) {
            int[] questions = Arrays.copyOf(sequences.get(row).questions(), width);
            int shared = 0; // tokens that every question sees
            int begin = 0; // of the question under way
            for (int i = 0; i < width; i++) {
                if (i == 0 || questions[i] != questions[i - 1]) {
                    begin = i;
                    shared = questions[i] == 1 ? i : shared;
                }
                positions[row * width + i] = questions[i] == 0 ? i : shared + i - begin;
                int scores = (row * width + i) * width;
                Arrays.fill(mask, scores, scores + (questions[i] == 0 ? i + 1 : shared), 0);
                Arrays.fill(mask, scores + begin, scores + i + 1, 0);
            }
        }
        return Optional.of(new Visibility(positions, mask));
    }

    /** Tokens with the padding: what a pass over the batch costs. */
    public int paddedTokens() {
        return size * width;
    }

    /** The sum of the targets' weights. */
    public double totalWeight() {
        double total = 0;
        for (float weight : weights) {
            total += weight;
        }
        return total;
    }
}
