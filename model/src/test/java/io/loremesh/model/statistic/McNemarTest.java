package io.loremesh.model.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class McNemarTest {

    @Test
    void isTheTwoSidedBinomialTail() {
        // (C(6,0) + C(6,1)) / 2^6 · 2 = 14 / 64, and C(5,0) / 2^5 · 2 = 2 / 32
        assertThat(McNemar.exact(1, 5)).isCloseTo(.21875, within(1e-12));
        assertThat(McNemar.exact(5, 1)).isCloseTo(.21875, within(1e-12));
        assertThat(McNemar.exact(0, 5)).isCloseTo(.0625, within(1e-12));
    }

    @Test
    void isOneWhereNeitherIsBetter() {
        assertThat(McNemar.exact(0, 0)).isOne();
        assertThat(McNemar.exact(3, 3)).isOne();
    }

    @Test
    void staysExactForThousandsOfQuestions() {
        // z = 200 / √2000 = 4.47 standard deviations
        assertThat(McNemar.exact(900, 1100)).isBetween(5e-6, 1e-5);
    }
}
