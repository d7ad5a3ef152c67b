package io.loremesh.trainer.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartsTest {

    @Test
    void everySequenceIsInOnePartBesideThoseOfItsLength() {
        List<TokenSequence> sequences = IntStream.of(20, 150, 22, 140, 21, 20)
                .mapToObj(PartsTest::sequence)
                .toList();

        List<Batch> parts = Parts.of(sequences, 2);

        assertThat(parts).extracting(Batch::size).containsExactly(2, 4);
        assertThat(parts).extracting(Batch::width).containsExactly(150, 22);
        assertThat(parts.stream().mapToInt(Batch::tokenCount).sum())
                .isEqualTo(sequences.stream().mapToInt(TokenSequence::length).sum());
    }

    @Test
    void everyWorkerGetsAsManyParts() {
        List<TokenSequence> sequences =
                IntStream.range(0, 150).mapToObj(i -> sequence(20 + i % 20)).toList();

        assertThat(Parts.of(sequences)).hasSize(9);
        assertThat(Parts.of(sequences, 2)).hasSize(8);
        assertThat(Parts.of(sequences, 5)).hasSize(10);
    }

    @Test
    void manySequencesMakePartsOfAFewHundredTokens() {
        List<TokenSequence> sequences =
                IntStream.range(0, 270).mapToObj(i -> sequence(15 + i % 10)).toList();

        List<Batch> parts = Parts.of(sequences);

        assertThat(parts.stream().mapToInt(Batch::size).sum()).isEqualTo(270);
        assertThat(parts).allSatisfy(part -> assertThat(part.paddedTokens()).isBetween(250, 750));
    }

    private static TokenSequence sequence(int length) {
        float[] weights = new float[length];
        weights[length - 1] = 1;
        return new TokenSequence(new int[length], weights);
    }
}
