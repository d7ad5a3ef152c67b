package io.loremesh.registry.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.registry.evaluation.Interval;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyRanksTest {
    /** What PostgreSQL does: the first value whose share of the values up to it reaches the fraction. */
    private static double discrete(double[] sorted, double fraction) {
        return IntStream.range(0, sorted.length)
                .filter(i -> (i + 1.0) / sorted.length >= fraction)
                .mapToDouble(i -> sorted[i])
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 19, 20, 50, 100, 333, 10_000})
    void theBoundsAreThoseOfTheIntervalOfAQuantile(int n) {
        double[] sorted = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
        Double[] fractions = LatencyRanks.of(n);
        Interval interval = Interval.quantile(sorted, 0.95);

        assertThat(discrete(sorted, fractions[2])).isEqualTo(interval.low());
        assertThat(discrete(sorted, fractions[3])).isEqualTo(interval.high());
        assertThat(discrete(sorted, fractions[0])).isEqualTo(Math.ceil(n * 0.5));
        assertThat(discrete(sorted, fractions[1])).isEqualTo(Math.ceil(n * 0.95));
    }
}
