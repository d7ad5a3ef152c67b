package io.loremesh.evaluation.curriculum;

import io.loremesh.evaluation.world.Dice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Associative recall on tokens without meaning: key, connector, value and a common stop, then keys
 * are asked for their values, drawn anew each time. The stop is what makes a value's end knowable; in a question {@code <a>} stands where the connector stood.
 *
 * @param oddConnectors share of pairs whose key and value are joined by a token of their own instead of the sequence's common one
 */
record Recall(int vocabularySize, double oddConnectors) implements SampleSource {

    private record Pair(int[] key, int[] value) {}

    @Override
    public Sample next(SplittableRandom random) {
        Dice dice = new Dice(random);
        List<Segment> segments = new ArrayList<>();
        segments.add(new Segment.Mark(Marker.CTX, 0));
        int[] common = tokens(1, dice);
        int[] stop = tokens(1, dice);
        List<Pair> pairs = new ArrayList<>();
        for (int i = dice.between(2, 7); i > 0; i--) {
            int[] connector = dice.chance(oddConnectors) ? tokens(1, dice) : common;
            Pair pair = new Pair(tokens(dice.between(1, 3), dice), tokens(dice.between(1, 4), dice));
            pairs.add(pair);
            segments.add(new Segment.Tokens(joined(joined(pair.key(), connector), joined(pair.value(), stop)), 0));
        }
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = dice.pick(pairs);
            segments.add(new Segment.Mark(Marker.Q, 0));
            segments.add(new Segment.Tokens(pair.key(), 0));
            segments.add(new Segment.Mark(Marker.A, 0));
            segments.add(new Segment.Tokens(pair.value(), 1));
            segments.add(new Segment.Mark(Marker.EOS, 1));
        }
        return new Sample(segments);
    }

    private int[] tokens(int count, Dice dice) {
        return Repetition.tokens(count, vocabularySize, dice.random());
    }

    private static int[] joined(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
