package io.loremesh.evaluation.curriculum;

/**
 * A sample in tokens.
 *
 * @param ids token ids
 * @param weights loss weight of predicting {@code ids[i]} from what precedes it; {@code weights[0]} is 0
 */
public record Encoded(int[] ids, float[] weights) {

    public Encoded {
        if (ids.length != weights.length) {
            throw new IllegalArgumentException("%d ids but %d weights".formatted(ids.length, weights.length));
        }
    }

    public int length() {
        return ids.length;
    }
}
