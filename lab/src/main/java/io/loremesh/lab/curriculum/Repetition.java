package io.loremesh.lab.curriculum;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Tokens without meaning, twice in a row: the second time each can be copied. The simplest task that calls for an
 * induction head.
 */
record Repetition(int vocabularySize) implements SampleSource {

    @Override
    public Sample next(SplittableRandom random) {
        int[] tokens = tokens(random.nextInt(6, 41), vocabularySize, random);
        return new Sample(List.of(
                new Segment.Mark(Marker.CTX, 0),
                new Segment.Tokens(tokens, 0),
                new Segment.Tokens(new int[] {tokens[0]}, 0),
                new Segment.Tokens(java.util.Arrays.copyOfRange(tokens, 1, tokens.length), 1)));
    }

    static int[] tokens(int count, int vocabularySize, SplittableRandom random) {
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = random.nextInt(Marker.FIRST_FREE_ID, vocabularySize);
        }
        return tokens;
    }
}
