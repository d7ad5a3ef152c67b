package io.loremesh.registry.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {
    /** Figures of Newcombe (1998), Statistics in Medicine 17, tables of methods 3 (single) and 10 (difference). */
    @Test
    void wilsonAndNewcombeGiveThePublishedFigures() {
        Interval single = Interval.wilson(81.0 / 263, 263);
        assertThat(single.low()).isCloseTo(0.2553, within(1e-4));
        assertThat(single.high()).isCloseTo(0.3662, within(1e-4));

        Interval difference = Interval.difference(56.0 / 70, 70, 48.0 / 80, 80);
        assertThat(difference.low()).isCloseTo(0.0524, within(1e-4));
        assertThat(difference.high()).isCloseTo(0.3339, within(1e-4));
    }

    @Test
    void aPerfectRateOfAFewItemsIsNotCertain() {
        Interval interval = Interval.wilson(1, 9);
        assertThat(interval.low()).isCloseTo(0.7009, within(1e-4));
        assertThat(interval.high()).isEqualTo(1);
        assertThat(Interval.wilson(0, 18).low()).isEqualTo(0);
    }

    @Test
    void theIntervalOfAQuantileStaysWithinTheFigures() {
        assertThat(Interval.quantile(new double[] {7}, 0.95)).isEqualTo(new Interval(7, 7));
        double[] hundred =
                java.util.stream.IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
        Interval p95 = Interval.quantile(hundred, 0.95);
        assertThat(p95.low()).isBetween(88.0, 94.0);
        assertThat(p95.high()).isBetween(96.0, 100.0);
    }
}
