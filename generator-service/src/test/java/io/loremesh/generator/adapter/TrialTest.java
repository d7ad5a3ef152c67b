package io.loremesh.generator.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialTest {
    private static final int KEYS = 20_000;

    private static Trial trial(long move, double share) {
        return new Trial(move, "models/demo/versions/3", share, false);
    }

    private static List<String> keys() {
        var random = new Random(7);
        return Stream.generate(() -> "%016x%016x".formatted(random.nextLong(), random.nextLong()))
                .limit(KEYS)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.5, 1})
    void theShareIsKept(double share) {
        double drawn = (double) keys().stream().filter(trial(17, share)::draws).count() / KEYS;
        // Four standard deviations of a fair draw.
        assertThat(drawn).isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / KEYS) + 1e-12));
    }

    @Test
    void aLargerShareKeepsWhomASmallerOneDrew() {
        assertThat(keys().stream().filter(trial(17, 0.1)::draws)).allMatch(trial(17, 0.2)::draws);
    }

    @Test
    void everyReplicaDrawsTheSameAndEveryTrialOthers() {
        List<String> first = keys().stream().filter(trial(17, 0.1)::draws).toList();
        assertThat(keys().stream().filter(trial(17, 0.1)::draws)).isEqualTo(first);
        double again = (double) first.stream().filter(trial(18, 0.1)::draws).count() / first.size();
        assertThat(again).isCloseTo(0.1, within(0.03));
    }

    @Test
    void keysThatLookAlikeAreDrawnAsFairly() {
        long drawn = LongStream.range(0, KEYS)
                .filter(i -> trial(17, 0.1).draws("Wer wohnt in Haus " + i + "?"))
                .count();
        assertThat((double) drawn / KEYS).isCloseTo(0.1, within(0.01));
    }

    @Test
    void aShareThatIsNoneIsRefused() {
        assertThatThrownBy(() -> trial(1, 0)).hasMessageContaining("share of 0.0");
        assertThatThrownBy(() -> trial(1, Double.NaN)).hasMessageContaining("share of NaN");
    }
}
