package io.loremesh.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.proto.trainer.v1.Hyperparameters;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSettingsTest {
    private static final RunSettings DEFAULTS = new RunSettings(8, 16, 2e-3, 400, 7);

    @Test
    void absentFieldsTakeTheDefaults() {
        assertThat(RunSettings.of(Hyperparameters.getDefaultInstance(), DEFAULTS))
                .isEqualTo(DEFAULTS);
    }

    @Test
    void anOwnRankKeepsTheStrengthOfTheUpdate() {
        assertThat(RunSettings.of(Hyperparameters.newBuilder().setRank(4).build(), DEFAULTS))
                .isEqualTo(new RunSettings(4, 8, 2e-3, 400, 7));
    }

    @Test
    void aRunGoesOnWithItsParentsRankAndAlphaUnlessAskedOtherwise() {
        RunSettings settings = DEFAULTS.goingOn(Map.of("rank", "2", "alpha", "6.0"));

        assertThat(settings).isEqualTo(new RunSettings(2, 6, 2e-3, 400, 7));
        assertThat(DEFAULTS.goingOn(Map.of("technique", "by hand"))).isEqualTo(DEFAULTS);
    }

    @Test
    void aFigureOutOfRangeIsNamedWithItsRange() {
        assertThatThrownBy(() ->
                        RunSettings.of(Hyperparameters.newBuilder().setRank(-1).build(), DEFAULTS))
                .isInstanceOf(TrainerException.InvalidRequest.class)
                .hasMessageContaining("rank is -1")
                .hasMessageContaining("1 to 256");
        assertThatThrownBy(() -> RunSettings.of(
                        Hyperparameters.newBuilder().setLearningRate(Double.NaN).build(), DEFAULTS))
                .hasMessageContaining("learning_rate");
    }
}
