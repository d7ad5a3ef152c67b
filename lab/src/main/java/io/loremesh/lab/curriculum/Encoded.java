package io.loremesh.lab.curriculum;

/**
 * A sample in tokens.
 *
 * @param ids token ids
 * @param weights loss weight of predicting {@code ids[i]} from what precedes it; {@code weights[0]} is 0
 * @param questions number of the question, from 1, that {@code ids[i]} belongs to; 0 for the passages, which every
 *     question sees
 */
public record Encoded(int[] ids, float[] weights, int[] questions) {

    public Encoded {
        if (ids.length != weights.length || ids.length != questions.length) {
            throw new IllegalArgumentException("%d ids but %d weights and %d question numbers"
                    .formatted(ids.length, weights.length, questions.length));
        }
    }

    public int length() {
        return ids.length;
    }
}
