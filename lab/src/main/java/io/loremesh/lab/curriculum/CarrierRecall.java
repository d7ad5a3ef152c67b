package io.loremesh.lab.curriculum;

import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Associative recall across carrier sentences of tokens without meaning: passages of one pattern, in which a key and
 * its value stand apart, and questions of another pattern that name a key. It teaches what reading several passages
 * takes first: to whom a value belongs, wherever in the sentence the two stand. Learned from real sentences alone,
 * picking the right subject stays at chance for millions of tokens.
 *
 * @param similar share of samples whose keys have tokens in common
 */
record CarrierRecall(int vocabularySize, double similar) implements SampleSource {

    private static final int FEWEST = 2;
    private static final int MOST = 5;
    private static final int LONGEST_GAP = 5;
    private static final int[] VALUE = {5}; // a spare mark: where the value stands is not the question

    private static final double VALUE_FIRST = .2;

    private record Passage(int[] key, int[] value) {}

    @Override
    public Sample next(SplittableRandom random) {
        Dice dice = new Dice(random);
        int[] before = tokens(dice.between(0, 2), dice);
        int[] between = tokens(dice.between(1, LONGEST_GAP), dice);
        int[] after = tokens(dice.between(1, 3), dice);
        int[] asking = tokens(dice.between(0, 2), dice);
        int[] asked = tokens(dice.between(0, LONGEST_GAP), dice);
        boolean valueFirst = dice.chance(VALUE_FIRST);
        List<Passage> passages = passages(dice);
        Passage wanted = dice.pick(passages);
        List<Segment> segments = new ArrayList<>();
        segments.add(new Segment.Mark(Marker.Q, 0));
        segments.add(new Segment.Tokens(joined(asking, wanted.key(), asked), 0));
        for (Passage passage : passages) {
            int[] value = joined(VALUE, passage.value());
            int[] first = valueFirst ? value : passage.key();
            int[] second = valueFirst ? passage.key() : value;
            segments.add(new Segment.Mark(Marker.CTX, 0));
            segments.add(new Segment.Tokens(joined(before, first, between, second, after), 0));
        }
        segments.add(new Segment.Mark(Marker.A, 0));
        segments.add(new Segment.Tokens(wanted.value(), 1));
        segments.add(new Segment.Mark(Marker.EOS, 1));
        return new Sample(segments);
    }

    private List<Passage> passages(Dice dice) {
        boolean alike = dice.chance(similar);
        List<Passage> passages = new ArrayList<>();
        for (int i = dice.between(FEWEST, MOST); i > 0; i--) {
            int[] key = alike && !passages.isEmpty()
                    ? changed(dice.pick(passages).key(), dice)
                    : tokens(dice.between(1, 3), dice);
            if (passages.stream().noneMatch(passage -> Arrays.equals(passage.key(), key))) {
                passages.add(new Passage(key, tokens(dice.between(1, 3), dice)));
            }
        }
        return passages;
    }

    /** The key with another token in one place; one of a single token gets a second. */
    private int[] changed(int[] key, Dice dice) {
        if (key.length == 1) {
            return joined(key, tokens(1, dice));
        }
        int[] changed = key.clone();
        changed[dice.between(0, key.length - 1)] = tokens(1, dice)[0];
        return changed;
    }

    private int[] tokens(int count, Dice dice) {
        return Repetition.tokens(count, vocabularySize, dice.random());
    }

    private static int[] joined(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
    }
}
