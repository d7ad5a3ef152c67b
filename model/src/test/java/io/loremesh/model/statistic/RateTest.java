package io.loremesh.model.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateTest {

    @Test
    void eightOfTenHasWilsonsInterval() {
        Rate rate = new Rate(8, 10);

        // centre (.8 + z²/20) / (1 + z²/10) = .71674, spread z / (1 + z²/10) · √(.016 + z²/400) = .22658, z² = 3.84146
        assertThat(rate.value()).isEqualTo(.8);
        assertThat(rate.low()).isCloseTo(.4902, within(1e-4));
        assertThat(rate.high()).isCloseTo(.9433, within(1e-4));
    }

    @Test
    void allAndNoneEndAtTheirEdge() {
        // the other end is n / (n + z²): 20 / 23.84146
        assertThat(new Rate(20, 20).high()).isEqualTo(1);
        assertThat(new Rate(20, 20).low()).isCloseTo(.83888, within(1e-4));
        assertThat(new Rate(0, 20).low()).isZero();
        assertThat(new Rate(0, 20).high()).isCloseTo(.16112, within(1e-4));
    }

    @Test
    void nothingMeasuredHasNoValue() {
        assertThat(new Rate(0, 0).value()).isNaN();
        assertThat(new Rate(0, 0).measured()).isFalse();
    }

    @Test
    void moreHitsThanCasesAreRefused() {
        assertThatThrownBy(() -> new Rate(3, 2)).hasMessageContaining("3 hits of 2 cases");
    }
}
