package io.loremesh.model.statistic;

import java.util.List;
import java.util.SplittableRandom;

/** Draws from one random stream. Not safe for concurrent use, as its stream is not. */
public record Dice(SplittableRandom random) {

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A whole number from {@code low} to {@code high}, both included. */
    public int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    public <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    public <T> void shuffle(List<T> values) {
        for (int i = values.size() - 1; i > 0; i--) {
            values.set(i, values.set(random.nextInt(i + 1), values.get(i)));
        }
    }
}
