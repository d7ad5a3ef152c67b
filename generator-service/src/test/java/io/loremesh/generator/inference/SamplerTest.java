package io.loremesh.generator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SamplerTest {
    /** Probabilities .5, .3, .15 and .05. */
    private static final float[] LOGITS = {
        (float) Math.log(.5), (float) Math.log(.3), (float) Math.log(.15), (float) Math.log(.05)
    };

    @Test
    void onlyTheLikeliestTokensAreDrawnAsFarAsEachLimitReaches() {
        assertThat(drawn(new Sampling(1, 1, 0, 0, 0, 0, Map.of(), 3))).containsExactly(0, 1, 2, 3);
        assertThat(drawn(new Sampling(1, .7, 0, 0, 0, 0, Map.of(), 3))).containsExactly(0, 1);
        assertThat(drawn(new Sampling(1, 1, 3, 0, 0, 0, Map.of(), 3))).containsExactly(0, 1, 2);
        assertThat(drawn(new Sampling(1, 1, 0, .5, 0, 0, Map.of(), 3))).containsExactly(0, 1);
        assertThat(drawn(new Sampling(1, 1, 1, 0, 0, 0, Map.of(), 3))).containsExactly(0);
    }

    @Test
    void aBiasAndAPenaltyBendTheChoiceAndNotWhatItsProbabilityWas() {
        Sampler biased = new Sampler(new Sampling(0, 1, 0, 0, 0, 0, Map.of(3, 100.0), 1));
        Sampler penalised = new Sampler(new Sampling(0, 1, 0, 0, 2, 0, Map.of(), 1));

        assertThat(biased.next(LOGITS).id()).isEqualTo(3);
        assertThat(Math.exp(biased.next(LOGITS).logProbability())).isBetween(.049, .051);
        assertThat(penalised.next(LOGITS).id()).isZero();
        assertThat(penalised.next(LOGITS).id()).isEqualTo(1);
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> Sampling.of(Double.NaN, 1)).hasMessageContaining("temperature is NaN");
        assertThatThrownBy(() -> new Sampling(0, 0, 0, 0, 0, 0, Map.of(), 1)).hasMessageContaining("top_p");
    }

    private static Set<Integer> drawn(Sampling sampling) {
        Sampler sampler = new Sampler(sampling);
        Set<Integer> ids = new TreeSet<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(sampler.next(LOGITS).id());
        }
        return ids;
    }
}
