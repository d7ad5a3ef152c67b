package io.loremesh.lab.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossPlotTest {

    private final LossPlot plot = new LossPlot();

    @Test
    void theCurveFallsAsTheLossDoes() {
        for (int i = 0; i < 8; i++) {
            plot.add("P0", i, 8 - i);
        }

        assertThat(plot.curve()).isEqualTo("█▇▆▅▄▃▂▁");
    }

    @Test
    void theCurveHoldsTheLastLossesOnly() {
        for (int i = 0; i < 100; i++) {
            plot.add("P0", i, 1);
        }

        assertThat(plot.curve()).hasSize(32).containsOnlyOnce("▁".repeat(32));
    }
}
